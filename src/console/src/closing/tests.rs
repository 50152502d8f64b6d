//! Two devices, a file twice, another wave's file, a changed one, a wrong passphrase, a gap.

use super::*;
use crate::intake::{FileState, Intake};
use crate::wave_key::{self, KeyProblem};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hpke::kem::DhP256HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable as _, Kem as _, OpModeS, Serializable as _};
use std::convert::Infallible;
use survey::{Answer, Response};
use wire::{Argon2Cost, CLOSING_KEY_FORMAT, CLOSING_KEY_LABEL, ClosingKey, UnitTally};

const PASSPHRASE: &str = "fjordby-prøve";
const SURVEY: &str = include_str!("../../../../surveys/pulse.toml");

/// Bytes that count up: a test needs other keys each time, not secret ones.
struct Counting(u64);

impl TryRng for Counting {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::try_from(self.try_next_u64()? >> 32).expect("the upper half fits"))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        Ok(self.0)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for byte in bytes {
            *byte = self.try_next_u64()?.to_be_bytes()[0];
        }
        Ok(())
    }
}

impl TryCryptoRng for Counting {}

/// A wave whose private key is known, for two teams with a known headcount.
struct Fixture {
    edition: Edition,
    wave: WaveFile,
    hash: String,
    key: ClosingKey,
}

impl Fixture {
    fn new(seed: &[u8; 32]) -> Self {
        let edition = survey::parse(SURVEY).expect("the survey can be asked");
        let (private, public) = DhP256HkdfSha256::derive_keypair(seed);
        let json = include_str!("tests/wave.json")
            .replace("EDITION", edition.hash())
            .replace("PUBLIC_KEY", &BASE64.encode(public.to_bytes()));
        let wave = WaveFile::from_json(json.as_bytes()).expect("the wave can be run");
        let hash = WaveFile::hash(json.as_bytes());
        let key = sealed_key(&hash, &private.to_bytes());
        Self { edition, wave, hash, key }
    }

    fn wave(&self) -> Wave<'_> {
        Wave { file: &self.wave, hash: &self.hash, edition: &self.edition }
    }

    fn wave_key(&self) -> WaveKey {
        WaveKey::open(&self.key, &self.wave, &self.hash, PASSPHRASE).expect("the passphrase fits")
    }

    /// What a device writes that has counted `answers` for `unit`.
    fn content(&self, device: &str, number: u32, unit: &str, answers: &[u8]) -> HandInContent {
        let layout = Layout::new(&self.edition);
        let survey = self.edition.survey();
        let mut tally = Tally::zero(&layout);
        for point in answers {
            let all = vec![Answer::Point(*point); survey.items.len()];
            let response = Response::new(survey, all).expect("the points exist");
            tally.record(&layout, survey, &response).expect("the tally has room");
        }
        let cells = BASE64.encode(tally.to_bytes());
        HandInContent {
            edition: self.edition.hash().to_owned(),
            device: device.to_owned(),
            number,
            tallies: vec![UnitTally { unit: unit.to_owned(), cells }],
        }
    }

    /// The file, sealed as a browser seals it.
    fn file(&self, content: &HandInContent) -> Vec<u8> {
        self.labelled(content, &content.device, content.number)
    }

    fn labelled(&self, content: &HandInContent, device: &str, number: u32) -> Vec<u8> {
        let public = BASE64.decode(&self.wave.public_key).expect("base64url");
        let public = <DhP256HkdfSha256 as hpke::Kem>::PublicKey::from_bytes(&public)
            .expect("a point on the curve");
        let (encapsulated, ciphertext) = hpke::single_shot_seal_with_rng::<
            hpke::aead::AesGcm128,
            hpke::kdf::HkdfSha256,
            DhP256HkdfSha256,
        >(
            &OpModeS::Base,
            &public,
            &wire::info(HAND_IN_LABEL, &self.hash),
            &content.to_padded_json(),
            b"",
            &mut Counting(u64::from(number)),
        )
        .expect("sealing works");
        let message = [encapsulated.to_bytes().as_slice(), &ciphertext].concat();
        HandIn {
            format: wire::HAND_IN_FORMAT.to_owned(),
            wave: self.wave.id.clone(),
            wave_hash: self.hash.clone(),
            device: device.to_owned(),
            number,
            sealed: BASE64.encode(message),
        }
        .to_json()
    }

    fn release(&self, files: &[Vec<u8>]) -> Result<release::Release, Vec<ClosingProblem>> {
        let intake = intake(files);
        release(self.wave(), &self.wave_key(), &intake.to_count(&self.hash))
    }
}

fn intake(files: &[Vec<u8>]) -> Intake {
    let mut intake = Intake::default();
    for (idx, file) in files.iter().enumerate() {
        intake.add(&format!("{idx}.json"), file);
    }
    intake
}

fn sealed_key(wave_hash: &str, private: &[u8]) -> ClosingKey {
    let (salt, nonce) = ([7; 16], [9; 24]);
    let mut secret = [0; 32];
    // The lowest cost that Argon2 knows: tests guard the format, not the passphrase.
    let argon2 = Argon2Cost { m: 8, t: 1, p: 1 };
    let params = argon2::Params::new(argon2.m, argon2.t, argon2.p, None).expect("allowed");
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into(PASSPHRASE.as_bytes(), &salt, &mut secret)
        .expect("the salt is long enough");
    let aad = wire::info(CLOSING_KEY_LABEL, wave_hash);
    let sealed = XChaCha20Poly1305::new((&secret).into())
        .encrypt(&XNonce::from(nonce), Payload { msg: private, aad: &aad })
        .expect("sealing works");
    ClosingKey {
        format: CLOSING_KEY_FORMAT.to_owned(),
        wave: "P1".to_owned(),
        wave_hash: wave_hash.to_owned(),
        salt: BASE64.encode(salt),
        nonce: BASE64.encode(nonce),
        sealed: BASE64.encode(sealed),
        argon2,
    }
}

fn fixture() -> Fixture {
    Fixture::new(b"a seed of thirty-two bytes, no 1")
}

/// Two devices, three files, eleven answers in two teams.
fn three_files(wave: &Fixture) -> [Vec<u8>; 3] {
    [
        wave.file(&wave.content("tablet-aa", 1, "A", &[4, 5, 3])),
        wave.file(&wave.content("tablet-aa", 2, "B", &[2, 4, 4, 5, 1])),
        wave.file(&wave.content("tablet-bb", 1, "A", &[1, 2, 4])),
    ]
}

fn responses(release: &release::Release, unit: &str) -> Option<u32> {
    Some(release.unit(unit)?.responses.shown()?.n)
}

fn file_problem(name: &str, problem: FileProblem) -> ClosingProblem {
    ClosingProblem::File { name: name.to_owned(), problem }
}

#[test]
fn two_devices_make_one_release() {
    let wave = fixture();
    let release = wave.release(&three_files(&wave)).expect("eleven answers can be released");
    assert_eq!(responses(&release, "All"), Some(11));
    assert_eq!(responses(&release, "A"), Some(6));
    assert_eq!(responses(&release, "B"), Some(5));
    assert_eq!((release.wave.id.as_str(), release.wave_file.as_str()), ("P1", wave.hash.as_str()));
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
    let one = wave.release(&[first.clone(), second.clone(), third.clone()]).expect("released");
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
    assert_eq!(intake(&with).entries(&wave.hash)[1].state, FileState::OtherWave("P1".to_owned()));
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
    String::from_utf8(file.to_vec()).expect("JSON is UTF-8").replace(from, to).into_bytes()
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
        WaveKey::open(key, &wave.wave, &wave.hash, passphrase).map(|_| ()).err()
    };
    assert_eq!(open(&wave.key, PASSPHRASE), None);
    assert_eq!(open(&wave.key, "fjordby-demo"), Some(KeyProblem::WrongPassphrase));
    assert_eq!(open(&other.key, PASSPHRASE), Some(KeyProblem::OtherWave));
    let renamed = ClosingKey { wave_hash: wave.hash.clone(), ..other.key.clone() };
    assert_eq!(open(&renamed, PASSPHRASE), Some(KeyProblem::WrongPassphrase));
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
    assert_eq!([on("2026-10-30"), on("2026-10-31"), on("2026-11-01")], [false, true, true]);
}
