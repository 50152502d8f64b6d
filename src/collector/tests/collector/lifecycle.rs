//! Closing and releasing, and what is on the disk then.

use crate::support::{
    Folder, Server, Setup, WAVE, date, day, files_under, open_wave, plan_wave, seal, submission,
};
use collector::fielding::Refusal;
use collector::routes::SEALED_TYPE;
use collector::seal::{open, tally_label};
use collector::store::{Store, StoreError};
use release::Release;
use rusqlite::Connection;
use tally::Tally;
use wire::Date;

/// Opens the tally of a unit by hand and says how many responses it counts.
pub fn counts(folder: &Folder, unit: &str) -> u32 {
    let store = folder.store();
    let wave = store.wave(WAVE).expect("the wave");
    let keys = store.keys().read(WAVE).expect("its keys");
    let conn = Connection::open(Store::file(&folder.folders().data)).expect("the database");
    let find = "SELECT sealed FROM tally WHERE wave = ?1 AND unit = ?2";
    let sealed: Vec<u8> = conn
        .query_row(find, [WAVE, unit], |row| row.get(0))
        .expect("a tally");
    let label = tally_label(WAVE, unit, wave.edition.hash());
    let bytes = open(&keys.tally, &label, &sealed).expect("it opens");
    Tally::from_bytes(&wave.layout, &bytes)
        .expect("a tally")
        .n()
}

fn rows(folder: &Folder, table: &str) -> u32 {
    let conn = Connection::open(Store::file(&folder.folders().data)).expect("the database");
    conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
        row.get(0)
    })
    .expect("a count")
}

#[test]
fn a_release_takes_everything_else_of_the_wave_with_it() {
    let codes = vec!["c1", "c2", "c3", "c4", "c5", "c6"];
    let (folder, wave, server) = open_wave(&Setup {
        codes: codes.clone(),
        ..Setup::default()
    });
    for code in codes {
        let mut sent = submission(&wave, code, "A", 4);
        sent["code"] = code.into();
        assert_eq!(server.submit(&wave, &sent).status, 201);
    }
    assert_eq!(
        (
            rows(&folder, "tally"),
            rows(&folder, "counted"),
            rows(&folder, "code")
        ),
        (2, 6, 6)
    );
    assert_eq!(folder.run(&["wave", "close", WAVE]).status.code(), Some(0));
    assert_eq!(
        folder.run(&["wave", "release", WAVE]).status.code(),
        Some(0)
    );

    assert_eq!(
        (
            rows(&folder, "tally"),
            rows(&folder, "counted"),
            rows(&folder, "code")
        ),
        (0, 0, 0)
    );
    assert!(files_under(&folder.folders().keys).is_empty());
    let index = server.get("/releases/releases.json").json();
    assert_eq!(index["releases"][0]["file"], "W1.json");
    let body = server.get("/releases/W1.json").body;
    assert_eq!(index["releases"][0]["sha256"], release::sha256_hex(&body));
    let release = Release::from_json(&body).expect("a release");
    let root = release.root().expect("a root");
    assert_eq!(root.responses.shown().map(|responses| responses.n), Some(6));
}

/// What is deleted is gone from the file and its log, not only from the tables.
#[test]
fn ids_of_a_released_wave_are_nowhere_in_the_files() {
    let (folder, wave, server) = open_wave(&Setup::default());
    for n in 0..8 {
        assert_eq!(
            server
                .submit(&wave, &submission(&wave, &format!("n{n}"), "A", 2))
                .status,
            201
        );
    }
    let hash = collector::codes::id_hash(WAVE, &format!("{:x<22}", "n3"));
    assert!(is_on_disk(&folder, &hash));
    let mut store = folder.store();
    store.close_wave(WAVE, &day()).expect("it closes");
    store.release_wave(WAVE, &day()).expect("it is released");
    assert!(!is_on_disk(&folder, &hash));
}

fn is_on_disk(folder: &Folder, bytes: &[u8]) -> bool {
    let holds = |path: std::path::PathBuf| {
        let content = std::fs::read(path).expect("a file");
        content.windows(bytes.len()).any(|window| window == bytes)
    };
    files_under(&folder.folders().data).into_iter().any(holds)
}

#[test]
fn the_page_promised_the_last_day() {
    let folder = Folder::new();
    plan_wave(&folder, &Setup::default());
    let mut store = folder.store();
    let early = |step: Result<(), StoreError>, expected: Refusal| match step {
        Err(StoreError::Refused(id, refusal)) => {
            assert_eq!((id.as_str(), refusal), (WAVE, expected))
        }
        other => panic!("{other:?} instead of {expected:?}"),
    };
    let the_day_before = date("2020-11-21");
    early(
        store.open_wave(WAVE, &the_day_before),
        Refusal::OpensLater(day()),
    );
    store.open_wave(WAVE, &day()).expect("it opens");
    early(
        store.close_wave(WAVE, &the_day_before),
        Refusal::ClosesLater(day()),
    );
    store.close_wave(WAVE, &day()).expect("it closes");
}

fn last_day_of_grace() -> Date {
    date("2020-11-29")
}

fn after_grace() -> Date {
    date("2020-11-30")
}

#[test]
fn devices_that_wait_may_deliver_until_the_grace_period_is_over() {
    let (folder, wave, server) = open_wave(&Setup {
        grace_days: 7,
        ..Setup::default()
    });
    folder.store().close_wave(WAVE, &day()).expect("it closes");
    assert_eq!(
        server
            .submit(&wave, &submission(&wave, "one", "A", 1))
            .status,
        201
    );
    drop(server);
    let server = Server::start(&folder, last_day_of_grace);
    assert_eq!(
        server
            .submit(&wave, &submission(&wave, "two", "A", 1))
            .status,
        201
    );
    let refused = folder.store().release_wave(WAVE, &last_day_of_grace());
    assert!(
        matches!(refused, Err(StoreError::Refused(_, Refusal::GraceUntil(day))) if day == last_day_of_grace())
    );
    drop(server);
    let server = Server::start(&folder, after_grace);
    let late = server.submit(&wave, &submission(&wave, "three", "A", 1));
    assert_eq!(late.brief(), (409, "wave_closed".to_owned()));
    folder
        .store()
        .release_wave(WAVE, &after_grace())
        .expect("it is released");
}

#[test]
fn without_its_key_file_a_wave_cannot_be_counted_for_or_released() {
    let (folder, wave, server) = open_wave(&Setup::default());
    folder.store().keys().destroy(WAVE).expect("the keys go");
    let answer = server.submit(&wave, &submission(&wave, "one", "A", 1));
    assert_eq!(answer.brief(), (503, "unavailable".to_owned()));
    folder.store().close_wave(WAVE, &day()).expect("it closes");
    assert!(matches!(
        folder.store().release_wave(WAVE, &day()),
        Err(StoreError::Key(_))
    ));
}

#[test]
fn keys_that_a_crash_left_after_a_release_go_at_the_next_start() {
    let (folder, _wave, server) = open_wave(&Setup::default());
    drop(server);
    let mut store = folder.store();
    let keys = store.keys().read(WAVE).expect("the keys");
    store.close_wave(WAVE, &day()).expect("it closes");
    store.release_wave(WAVE, &day()).expect("it is released");
    store
        .keys()
        .create(WAVE, &keys)
        .expect("as if they had stayed");
    drop(store);
    assert!(folder.store().keys().read(WAVE).is_err());
}

#[test]
fn a_damaged_tally_of_one_unit_does_not_hold_up_another() {
    let (folder, wave, server) = open_wave(&Setup::default());
    let conn = Connection::open(Store::file(&folder.folders().data)).expect("the database");
    let damage = "UPDATE tally SET sealed = zeroblob(length(sealed)) WHERE unit = 'A'";
    assert_eq!(conn.execute(damage, []).expect("it is written"), 1);
    let bodies: Vec<(&str, Vec<u8>)> = (0..20)
        .map(|n| {
            let unit = if n % 2 == 0 { "A" } else { "B" };
            (
                unit,
                seal(&wave, &submission(&wave, &format!("n{n}"), unit, 1)),
            )
        })
        .collect();
    std::thread::scope(|scope| {
        for (unit, body) in &bodies {
            let server = &server;
            scope.spawn(move || {
                let status = server.post(WAVE, SEALED_TYPE, body).status;
                assert_eq!(status, if *unit == "A" { 503 } else { 201 });
            });
        }
    });
    drop(server);
    assert_eq!(counts(&folder, "B"), 10);
}
