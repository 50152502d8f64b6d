//! The database file alone.

use crate::support::{Setup, WAVE, files_under, open_wave, submission};
use collector::store::Store;
use rusqlite::Connection;

#[test]
fn after_fifty_answers_the_database_is_configuration_hashes_and_noise() {
    let (folder, wave, server) = open_wave(&Setup::default());
    for n in 0..50 {
        let (unit, id) = (if n % 2 == 0 { "A" } else { "B" }, format!("respondent{n}"));
        assert_eq!(
            server
                .submit(&wave, &submission(&wave, &id, unit, 1 + n % 5))
                .status,
            201
        );
    }
    drop(server);
    let conn = Connection::open(Store::file(&folder.folders().data)).expect("the database");
    let names = |query: &str| -> Vec<String> {
        let mut list = conn.prepare(query).expect("a query");
        let rows = list.query_map([], |row| row.get(0)).expect("rows");
        rows.map(|name| name.expect("a name")).collect()
    };
    let tables = names("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    assert_eq!(
        tables,
        [
            "code", "counted", "edition", "products", "release", "tally", "wave"
        ]
    );
    assert_eq!(
        names("SELECT name FROM pragma_table_info('counted')"),
        ["wave", "hash"]
    );
    assert_eq!(
        names("SELECT name FROM pragma_table_info('tally')"),
        ["wave", "unit", "sealed"]
    );
    assert_eq!(
        names("SELECT name FROM pragma_table_info('products')"),
        ["wave", "sealed"]
    );
    for path in files_under(&folder.folders().data) {
        let bytes = std::fs::read(path).expect("a file");
        for word in ["respondent", "answers", "submission"] {
            let found = bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes());
            assert!(!found, "`{word}` is in the database");
        }
    }
}

/// A tally is mostly zeros; sealed, each byte value comes about as often as any other.
#[test]
fn sealed_tallies_look_random_and_are_of_one_size() {
    let (folder, wave, server) = open_wave(&Setup::default());
    for n in 0..10 {
        assert_eq!(
            server
                .submit(&wave, &submission(&wave, &format!("n{n}"), "A", 5))
                .status,
            201
        );
    }
    drop(server);
    let conn = Connection::open(Store::file(&folder.folders().data)).expect("the database");
    let mut list = conn
        .prepare("SELECT sealed FROM tally WHERE wave = ?1")
        .expect("a query");
    let sealed: Vec<Vec<u8>> = list
        .query_map([WAVE], |row| row.get(0))
        .expect("rows")
        .map(|row| row.expect("a row"))
        .collect();
    assert_eq!(sealed.len(), 2);
    assert_eq!(sealed[0].len(), sealed[1].len());
    for bytes in sealed {
        let mut times = [0_u32; 256];
        bytes.iter().for_each(|byte| times[usize::from(*byte)] += 1);
        let most = times.iter().max().copied().unwrap_or_default();
        let mean = u32::try_from(bytes.len() / 256).expect("small");
        // With about 20 of each value expected, 60 of one would be ten standard deviations off.
        assert!(
            most < 3 * mean + 10,
            "one byte value comes {most} times, {mean} would be even"
        );
    }
}

/// With the keys, the log would give one person's answers after the other.
#[test]
fn a_running_collector_keeps_no_log_of_what_was_counted() {
    let (folder, wave, server) = open_wave(&Setup::default());
    let log = folder.folders().data.join("trust-climate.sqlite-wal");
    for n in 0..5 {
        let sent = server.submit(&wave, &submission(&wave, &format!("n{n}"), "A", 1 + n % 5));
        assert_eq!(sent.status, 201);
        let bytes = std::fs::metadata(&log).map_or(0, |file| file.len());
        assert_eq!(bytes, 0, "after answer {n}");
    }
    drop(server);
}
