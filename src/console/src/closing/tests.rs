//! Two devices, a file twice, another wave's file, a changed one, a wrong passphrase, a gap.

use super::*;
use crate::fixture::{Fixture, PASSPHRASE, fixture, intake, sealed_key, three_files};
use crate::intake::FileState;
use crate::wave_key::{self, KeyProblem};
use hpke::kem::DhP256HkdfSha256;
use hpke::{Kem as _, Serializable as _};
use wire::ClosingKey;

fn responses(release: &release::Release, unit: &str) -> Option<u32> {
    Some(release.unit(unit)?.responses.shown()?.n)
}

fn file_problem(name: &str, problem: FileProblem) -> ClosingProblem {
    ClosingProblem::File {
        name: name.to_owned(),
        problem,
    }
}

#[test]
fn two_devices_make_one_release() {
    let wave = fixture();
    let release = wave
        .release(&three_files(&wave))
        .expect("eleven answers can be released");
    assert_eq!(responses(&release, "All"), Some(11));
    assert_eq!(responses(&release, "A"), Some(6));
    assert_eq!(responses(&release, "B"), Some(5));
    assert_eq!(
        (release.wave.id.as_str(), release.wave_file.as_str()),
        ("P1", wave.hash.as_str())
    );
}

#[test]
fn a_file_that_comes_twice_is_counted_once() {
    let wave = fixture();
    let [first, second, third] = three_files(&wave);
    let once = wave.release(&[first.clone(), second.clone(), third.clone()]);
    assert_eq!(wave.release(&[first.clone(), second, first, third]), once);
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let wave = fixture();
    let [first, second, third] = three_files(&wave);
    let one = wave
        .release(&[first.clone(), second.clone(), third.clone()])
        .expect("released");
    let other = wave.release(&[third, first, second]).expect("released");
    assert_eq!(one.to_json(), other.to_json());
}

#[test]
fn another_waves_file_is_not_counted() {
    let wave = fixture();
    let other = Fixture::new(b"a seed of thirty-two bytes, no 2");
    let [first, second, third] = three_files(&wave);
    let strange = other.file(&other.content("tablet-cc", 1, "A", &[5, 5]));
    let with = [first.clone(), strange, second.clone(), third.clone()];
    assert_eq!(
        intake(&with).entries(&wave.hash)[1].state,
        FileState::OtherWave("P1".to_owned())
    );
    assert_eq!(wave.release(&with), wave.release(&[first, second, third]));
}

#[test]
fn every_file_that_cannot_be_used_is_named() {
    let wave = fixture();
    let [good, ..] = three_files(&wave);
    let relabelled = wave.labelled(&wave.content("tablet-dd", 4, "A", &[3]), "tablet-dd", 5);
    let unknown_unit = wave.file(&wave.content("tablet-ee", 1, "All", &[3]));
    let mut other_edition = wave.content("tablet-ff", 1, "A", &[3]);
    other_edition.edition = "0".repeat(64);
    let mut uncountable = wave.content("tablet-gg", 1, "A", &[3]);
    uncountable.tallies[0].cells.replace_range(0..4, "AgAA");
    let files = [
        good.clone(),
        relabelled,
        unknown_unit,
        wave.file(&other_edition),
        wave.file(&uncountable),
        changed(&good, "tablet-aa", "tablet-hh"),
        resealed(&good, "tablet-ii"),
    ];
    let expected = vec![
        file_problem("1.json", FileProblem::Relabelled),
        file_problem("2.json", FileProblem::Unit),
        file_problem("3.json", FileProblem::OtherEdition),
        file_problem("4.json", FileProblem::Counts),
        file_problem("5.json", FileProblem::Relabelled),
        file_problem("6.json", FileProblem::CannotOpen),
    ];
    assert_eq!(wave.release(&files), Err(expected));
}

/// The file with another word in its JSON.
fn changed(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(file.to_vec())
        .expect("JSON is UTF-8")
        .replace(from, to)
        .into_bytes()
}

/// The file of `device` with one character of the ciphertext changed.
fn resealed(file: &[u8], device: &str) -> Vec<u8> {
    let mut file = HandIn::from_json(file).expect("a hand-in file");
    device.clone_into(&mut file.device);
    let last = if file.sealed.ends_with('A') { "Q" } else { "A" };
    let at = file.sealed.len() - 8;
    file.sealed.replace_range(at..=at, last);
    file.to_json()
}

#[test]
fn the_key_opens_only_with_its_passphrase_and_only_its_wave() {
    let (wave, other) = (fixture(), Fixture::new(b"a seed of thirty-two bytes, no 2"));
    let open = |key: &ClosingKey, passphrase: &str| {
        WaveKey::open(key, &wave.wave, &wave.hash, passphrase)
            .map(|_| ())
            .err()
    };
    assert_eq!(open(&wave.key, PASSPHRASE), None);
    assert_eq!(
        open(&wave.key, "fjordby-demo"),
        Some(KeyProblem::WrongPassphrase)
    );
    assert_eq!(open(&other.key, PASSPHRASE), Some(KeyProblem::OtherWave));
    let renamed = ClosingKey {
        wave_hash: wave.hash.clone(),
        ..other.key.clone()
    };
    assert_eq!(
        open(&renamed, PASSPHRASE),
        Some(KeyProblem::WrongPassphrase)
    );
    let (private, _) = DhP256HkdfSha256::derive_keypair(b"a seed of thirty-two bytes, no 2");
    let stranger = sealed_key(&wave.hash, &private.to_bytes());
    assert_eq!(open(&stranger, PASSPHRASE), Some(KeyProblem::NotTheWaves));
}

#[test]
fn a_key_file_that_would_stop_the_browser_is_refused() {
    let mut key = fixture().key;
    let read = |key: &ClosingKey| wave_key::read(&serde_json::to_vec(key).expect("JSON")).err();
    assert_eq!(read(&key), None);
    key.argon2.m = 4 * 1024 * 1024;
    assert_eq!(read(&key), Some(KeyProblem::NotAKey));
}

#[test]
fn a_wave_closes_from_its_last_day() {
    let wave = fixture().wave;
    let on = |day: &str| may_close(&wave, &Date::parse(day).expect("a date"));
    assert_eq!(
        [on("2026-10-30"), on("2026-10-31"), on("2026-11-01")],
        [false, true, true]
    );
}
