//! What the room lets through, and what it says instead.

use super::*;
use crate::closing::{ClosingProblem, FileProblem};
use crate::fixture::{Fixture, PASSPHRASE, fixture, three_files};

fn day(day: &str) -> Date {
    Date::parse(day).expect("a date")
}

fn after(room: Room, actions: impl IntoIterator<Item = Action>) -> Room {
    actions.into_iter().fold(room, Room::after)
}

fn gave(given: Given) -> Action {
    Action::Gave(given)
}

fn came(news: News) -> Action {
    Action::Came(news)
}

/// A room on the wave's last day, with everything but a key and files.
fn open_room(wave: &Fixture) -> Room {
    let edition = wave.edition.json().to_vec();
    after(
        Room::new(day("2026-10-31")),
        [
            came(News::WaveLoaded(Some(wave.json.clone()))),
            came(News::EditionLoaded(
                wave.edition.hash().to_owned(),
                Some(edition),
            )),
        ],
    )
}

fn key_of(wave: &Fixture) -> Action {
    let bytes = serde_json::to_vec(&wave.key).expect("JSON");
    gave(Given::KeyChosen("key.json".to_owned(), bytes))
}

fn hand_ins(files: &[Vec<u8>]) -> Action {
    let named = files.iter().enumerate();
    let named = named.map(|(idx, file)| (format!("{idx}.json"), file.clone()));
    gave(Given::HandInsChosen(named.collect()))
}

/// A room in which nothing stands in the way.
fn ready_room(wave: &Fixture) -> Room {
    after(
        open_room(wave),
        [hand_ins(&three_files(wave)), key_of(wave)],
    )
}

fn asked(room: Room) -> (Stage, Vec<Problem>) {
    let room = room.after(Action::Asked);
    (room.stage, room.problems)
}

#[test]
fn an_empty_room_names_everything_that_is_missing() {
    let (stage, problems) = asked(Room::new(day("2026-10-31")));
    assert_eq!(stage, Stage::Gathering);
    let expected = [
        Problem::NoWave,
        Problem::NoEdition,
        Problem::NoHandIns,
        Problem::NoKey,
    ];
    assert_eq!(problems, expected);
}

#[test]
fn nothing_stands_in_the_way_on_the_last_day() {
    assert_eq!(asked(ready_room(&fixture())), (Stage::Confirming, vec![]));
}

#[test]
fn a_wave_is_not_closed_before_its_last_day() {
    let mut room = ready_room(&fixture());
    room.today = day("2026-10-30");
    let too_early = vec![Problem::TooEarly("2026-10-31".to_owned())];
    assert_eq!(
        room.close(PASSPHRASE),
        Err(too_early.clone()),
        "not even past the button"
    );
    assert_eq!(asked(room), (Stage::Gathering, too_early));
}

#[test]
fn a_wave_is_released_once() {
    let wave = fixture();
    let publication = ready_room(&wave).close(PASSPHRASE).expect("released");
    let index = publication.index.bytes.clone();
    let by_index = gave(Given::IndexChosen("releases.json".to_owned(), index));
    let here = came(News::ReleasesRead(BTreeSet::from(["P1".to_owned()])));
    let released = vec![Problem::Released("P1".to_owned())];
    for known in [by_index, here] {
        assert_eq!(
            asked(ready_room(&wave).after(known)),
            (Stage::Gathering, released.clone())
        );
    }
    let room = ready_room(&wave).after(Action::Released(publication, true));
    assert!(
        room.intake.is_empty() && room.key.is_none(),
        "nothing is kept in memory"
    );
}

#[test]
fn the_index_gets_the_new_release_last() {
    let wave = fixture();
    let entry = |wave: &str| IndexEntry {
        wave: wave.to_owned(),
        file: format!("{wave}.json"),
        sha256: "0".repeat(64),
    };
    let earlier = Index::new(vec![entry("2025H2"), entry("2026H1")]).to_json();
    let room = ready_room(&wave).after(came(News::IndexLoaded(earlier)));
    let publication = room.close(PASSPHRASE).expect("released");
    let index = Index::from_json(&publication.index.bytes).expect("an index");
    let waves: Vec<&str> = index
        .releases
        .iter()
        .map(|entry| entry.wave.as_str())
        .collect();
    assert_eq!(waves, ["2025H2", "2026H1", "P1"]);
    assert_eq!(
        index.releases[2].sha256,
        release::sha256_hex(&publication.release.bytes)
    );
}

#[test]
fn a_wrong_passphrase_names_the_key_and_lets_one_try_again() {
    let room = ready_room(&fixture());
    let wrong = vec![Problem::Key(
        "key.json".to_owned(),
        KeyProblem::WrongPassphrase,
    )];
    assert_eq!(room.close("fjordby"), Err(wrong.clone()));
    let room = after(room, [Action::Confirmed, Action::Refused(wrong)]);
    assert_eq!(room.stage, Stage::Confirming);
    assert!(room.close(PASSPHRASE).is_ok());
}

#[test]
fn every_file_that_is_in_the_way_is_named_at_once() {
    let wave = fixture();
    let [first, second, _] = three_files(&wave);
    let same_label = wave.file(&wave.content("tablet-aa", 1, "A", &[1]));
    let files = [first, b"{}".to_vec(), second, same_label];
    let room = after(open_room(&wave), [hand_ins(&files), key_of(&wave)]);
    let conflict = |one: &str, other: &str| Problem::Conflict(one.to_owned(), other.to_owned());
    let expected = vec![
        conflict("0.json", "3.json"),
        Problem::Damaged("1.json".to_owned()),
        conflict("3.json", "0.json"),
    ];
    assert_eq!(asked(room), (Stage::Gathering, expected));
}

#[test]
fn a_file_that_does_not_open_releases_nothing() {
    let wave = fixture();
    let [first, second, third] = three_files(&wave);
    let moved = String::from_utf8(second)
        .expect("JSON")
        .replace("tablet-aa", "tablet-zz");
    let files = [first, moved.into_bytes(), third];
    let room = after(open_room(&wave), [hand_ins(&files), key_of(&wave)]);
    let name = "1.json".to_owned();
    let problem = ClosingProblem::File {
        name,
        problem: FileProblem::Relabelled,
    };
    assert_eq!(room.close(PASSPHRASE), Err(vec![Problem::Closing(problem)]));
}

#[test]
fn another_waves_key_is_not_taken() {
    let other = Fixture::new(b"a seed of thirty-two bytes, no 2");
    let room = open_room(&fixture()).after(key_of(&other));
    assert_eq!(room.key, None);
    assert_eq!(
        room.problems,
        [Problem::Key("key.json".to_owned(), KeyProblem::OtherWave)]
    );
}

#[test]
fn a_file_that_is_no_wave_file_changes_nothing() {
    let wave = fixture();
    let strange = gave(Given::WaveChosen("x.json".to_owned(), b"[]".to_vec()));
    let room = open_room(&wave).after(strange);
    assert_eq!(room.wave_hash(), wave.hash);
    assert!(matches!(&room.problems[..], [Problem::NotAWave(name, _)] if name == "x.json"));
}

#[test]
fn what_comes_late_for_another_wave_is_not_mixed_up() {
    let (wave, other) = (fixture(), Fixture::new(b"a seed of thirty-two bytes, no 2"));
    let chosen = gave(Given::WaveChosen(
        "other.json".to_owned(),
        other.json.clone(),
    ));
    let held = Device {
        waiting: 3,
        files: Vec::new(),
    };
    let late = came(News::DeviceRead(wave.hash.clone(), Some(held)));
    let room = after(open_room(&wave), [chosen, late]);
    assert_eq!(room.wave_hash(), other.hash);
    assert_eq!(room.device, Loading::Waiting);
}
