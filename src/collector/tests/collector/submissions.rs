//! What becomes of a submission.

use crate::support::{
    Folder, Server, Setup, WAVE, day, open_wave, plan_wave, seal, seal_bytes, submission,
};
use collector::routes::{SEALED_BYTES, SEALED_TYPE};
use serde_json::{Value, json};
use wire::WaveFile;

/// Submits what `change` makes of a good submission to an open wave.
fn check(change: impl FnOnce(&mut Value), expected: (u16, &str)) {
    let (_folder, wave, server) = open_wave(&Setup::default());
    let mut sent = submission(&wave, "one", "A", 4);
    change(&mut sent);
    let found = server.submit(&wave, &sent).brief();
    assert_eq!((found.0, found.1.as_str()), expected);
}

fn check_body(content_type: &str, body: impl FnOnce(&WaveFile) -> Vec<u8>, expected: (u16, &str)) {
    let (_folder, wave, server) = open_wave(&Setup::default());
    let found = server.post(WAVE, content_type, &body(&wave)).brief();
    assert_eq!((found.0, found.1.as_str()), expected);
}

#[test]
fn an_answer_is_counted_and_a_repeat_of_it_is_not_counted_again() {
    let (folder, wave, server) = open_wave(&Setup::default());
    let sent = submission(&wave, "one", "A", 4);
    assert_eq!(
        server.submit(&wave, &sent).brief(),
        (201, r#"{"counted":true}"#.to_owned())
    );
    assert_eq!(
        server.submit(&wave, &sent).brief(),
        (200, r#"{"counted":true}"#.to_owned())
    );
    let other = submission(&wave, "two", "A", "na");
    assert_eq!(server.submit(&wave, &other).status, 201);
    drop(server);
    assert_eq!(crate::lifecycle::counts(&folder, "A"), 2);
}

#[test]
fn without_a_secure_context_the_padded_json_is_taken() {
    let plain = |wave: &WaveFile| {
        wire::pad(&submission(wave, "one", "B", "blank").to_string()).expect("it fits")
    };
    check_body("application/json", plain, (201, r#"{"counted":true}"#));
}

#[test]
fn a_body_of_another_shape_is_malformed() {
    check_body("application/json", |_| b"{}".to_vec(), (400, "malformed"));
    check_body(
        "text/plain",
        |wave| seal(wave, &submission(wave, "one", "A", 1)),
        (400, "malformed"),
    );
    check_body(SEALED_TYPE, |_| vec![0; 100], (400, "malformed"));
    check(
        |sent| sent["format"] = json!("trust-climate-submission/2"),
        (400, "malformed"),
    );
    check(|sent| sent["id"] = json!("short"), (400, "malformed"));
    check(|sent| sent["wave"] = json!("W2"), (400, "malformed"));
    check(
        |sent| sent["comment"] = json!("my manager is …"),
        (400, "malformed"),
    );
}

#[test]
fn a_body_larger_than_a_submission_is_refused() {
    check_body(
        SEALED_TYPE,
        |_| vec![0; SEALED_BYTES + 1],
        (413, "too_large"),
    );
}

#[test]
fn a_seal_for_another_wave_file_does_not_open() {
    let for_another = |wave: &WaveFile| {
        let padded = wire::pad(&submission(wave, "one", "A", 1).to_string()).expect("it fits");
        seal_bytes(wave, &"0".repeat(64), &padded)
    };
    check_body(SEALED_TYPE, for_another, (400, "cannot_open"));
    check_body(SEALED_TYPE, |_| vec![4; SEALED_BYTES], (400, "cannot_open"));
}

#[test]
fn another_edition_is_refused() {
    check(
        |sent| sent["edition"] = json!("0".repeat(64)),
        (409, "edition_changed"),
    );
}

#[test]
fn only_leaves_of_the_wave_can_be_answered_for() {
    check(|sent| sent["unit"] = json!("C"), (422, "unit_unknown"));
    check(|sent| sent["unit"] = json!("R"), (422, "unit_unknown"));
}

#[test]
fn every_wrong_answer_is_named() {
    let (_folder, wave, server) = open_wave(&Setup::default());
    let mut sent = submission(&wave, "one", "A", 4);
    sent["answers"][3] = json!(6);
    sent["answers"][7] = json!(200);
    let answer = server.submit(&wave, &sent);
    assert_eq!(answer.brief(), (422, "answers_invalid".to_owned()));
    assert_eq!(
        answer.json()["problems"],
        json!([{"code": "no_such_point", "path": "answers[3]"}, {"code": "no_such_point", "path": "answers[7]"}])
    );
    check(
        |sent| sent["answers"] = json!([1, 2]),
        (422, "answers_invalid"),
    );
}

#[test]
fn a_wave_that_is_not_there_or_not_open_takes_nothing() {
    let folder = Folder::new();
    let wave = plan_wave(&folder, &Setup::default());
    let server = Server::start(&folder, day);
    let sent = submission(&wave, "one", "A", 4);
    assert_eq!(
        server.post("W9", SEALED_TYPE, &seal(&wave, &sent)).brief(),
        (404, "wave_unknown".to_owned())
    );
    assert_eq!(
        server.submit(&wave, &sent).brief(),
        (409, "wave_planned".to_owned())
    );
    let mut store = folder.store();
    store.open_wave(WAVE, &day()).expect("it opens");
    store.close_wave(WAVE, &day()).expect("it closes");
    assert_eq!(
        server.submit(&wave, &sent).brief(),
        (409, "wave_closed".to_owned())
    );
    store.release_wave(WAVE, &day()).expect("it is released");
    assert_eq!(
        server.submit(&wave, &sent).brief(),
        (410, "wave_released".to_owned())
    );
}

#[test]
fn a_code_counts_once() {
    let codes = vec!["0000-0000-0000-0001", "0000-0000-0000-0002"];
    let (folder, wave, server) = open_wave(&Setup {
        codes,
        ..Setup::default()
    });
    let send = |id: &str, code: Option<&str>| {
        let mut sent = submission(&wave, id, "A", 3);
        if let Some(code) = code {
            sent["code"] = json!(code);
        }
        server.submit(&wave, &sent).brief()
    };
    let problem = |code: &str| (403, code.to_owned());
    assert_eq!(send("one", None), problem("code_missing"));
    assert_eq!(send("one", Some("zzzz")), problem("code_unknown"));
    assert_eq!(send("one", Some("OOOO 0000 0000 000l")).0, 201);
    assert_eq!(
        send("two", Some("0000-0000-0000-0001")),
        problem("code_used")
    );
    // A repeat of what was counted is fine, though its code is spent.
    assert_eq!(send("one", Some("0000-0000-0000-0001")).0, 200);
    assert_eq!(send("two", Some("0000-0000-0000-0002")).0, 201);
    drop(server);
    assert_eq!(crate::lifecycle::counts(&folder, "A"), 2);
}

#[test]
fn many_at_once_are_each_counted_once() {
    let (folder, wave, server) = open_wave(&Setup::default());
    let bodies: Vec<Vec<u8>> = (0..40)
        .map(|n| {
            seal(
                &wave,
                &submission(
                    &wave,
                    &format!("n{}", n / 2),
                    if n % 4 < 2 { "A" } else { "B" },
                    1 + n % 5,
                ),
            )
        })
        .collect();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let server = &server;
        let sent: Vec<_> = bodies
            .iter()
            .map(|body| scope.spawn(move || server.post(WAVE, SEALED_TYPE, body).status))
            .collect();
        sent.into_iter()
            .map(|thread| thread.join().expect("an answer"))
            .collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 20);
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 20);
    drop(server);
    assert_eq!(
        crate::lifecycle::counts(&folder, "A") + crate::lifecycle::counts(&folder, "B"),
        20
    );
}

#[test]
fn pages_of_other_origins_may_embed_and_nothing_sets_a_cookie() {
    let (folder, _wave, server) = open_wave(&Setup::default());
    std::fs::create_dir_all(folder.0.join("site/a/1")).expect("a folder");
    std::fs::write(folder.0.join("site/a/1/x.js"), "1").expect("a file");
    std::fs::write(folder.0.join("site/index.html"), "<p>").expect("a file");
    for (path, status, caching) in [
        ("/", 200, "no-cache"),
        ("/a/1/x.js", 200, "immutable"),
        ("/a/2/x.js", 404, "no-cache"),
        ("/waves/current.json", 200, "no-cache"),
        ("/waves/W1.json", 200, "no-cache"),
        ("/api/waves", 200, "no-cache"),
        ("/api/nothing", 404, "no-cache"),
        ("/releases/releases.json", 200, "no-cache"),
        (
            "/surveys/..%2f..%2fdata%2ftrust-climate.json",
            404,
            "no-cache",
        ),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}");
        let head = answer.head.to_lowercase();
        for needed in [
            "access-control-allow-origin: *",
            "default-src 'none'",
            "nosniff",
            "no-referrer",
            caching,
        ] {
            assert!(head.contains(needed), "{path} has no `{needed}`:\n{head}");
        }
        assert!(!head.contains("set-cookie"), "{path}");
    }
}

#[test]
fn a_wave_file_is_served_byte_for_byte() {
    let (_folder, wave, server) = open_wave(&Setup::default());
    assert_eq!(server.get("/waves/W1.json").body, wave.to_json());
    assert_eq!(server.get("/waves/current.json").body, wave.to_json());
    let hash = WaveFile::hash(&wave.to_json());
    assert_eq!(
        server.get("/api/waves/W1").json(),
        json!({"wave": "W1", "state": "open", "hash": hash})
    );
    assert_eq!(
        server.get("/api/waves").json(),
        json!([{"wave": "W1", "state": "open", "file": "/waves/W1.json", "hash": hash}])
    );
    let edition = crate::support::edition();
    assert_eq!(
        server
            .get(&format!("/surveys/{}.json", edition.hash()))
            .body,
        edition.json()
    );
}
