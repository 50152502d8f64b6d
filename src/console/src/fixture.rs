//! A wave whose private key is known, and files that its devices would write: for tests.

use crate::closing::{ClosingProblem, Wave, release};
use crate::hand_in;
use crate::intake::Intake;
use crate::wave_key::WaveKey;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hpke::kem::DhP256HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable as _, Kem as _, OpModeS, Serializable as _};
use std::convert::Infallible;
use survey::{Answer, Edition, Response};
use tally::Layout;
use wire::{
    Argon2Cost, CLOSING_KEY_FORMAT, CLOSING_KEY_LABEL, ClosingKey, DeviceTally, HAND_IN_LABEL,
    HandInContent, WaveFile,
};

pub const PASSPHRASE: &str = "fjordby-prøve";
const SURVEY: &str = include_str!("../../../surveys/pulse.toml");

/// Bytes that count up: a test needs other keys each time, not secret ones.
struct Counting(u64);

impl TryRng for Counting {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::try_from(self.try_next_u64()? >> 32).expect("the upper half fits"))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
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
pub struct Fixture {
    pub edition: Edition,
    pub wave: WaveFile,
    pub hash: String,
    pub key: ClosingKey,
    /// The wave file's bytes.
    pub json: Vec<u8>,
}

impl Fixture {
    pub fn new(seed: &[u8; 32]) -> Self {
        let edition = survey::parse(SURVEY).expect("the survey can be asked");
        let (private, public) = DhP256HkdfSha256::derive_keypair(seed);
        let json = include_str!("fixture/wave.json")
            .replace("EDITION", edition.hash())
            .replace("PUBLIC_KEY", &BASE64.encode(public.to_bytes()));
        let wave = WaveFile::from_json(json.as_bytes()).expect("the wave can be run");
        let hash = WaveFile::hash(json.as_bytes());
        let key = sealed_key(&hash, &private.to_bytes());
        Self {
            edition,
            wave,
            hash,
            key,
            json: json.into_bytes(),
        }
    }

    pub fn wave(&self) -> Wave<'_> {
        Wave {
            file: &self.wave,
            hash: &self.hash,
            edition: &self.edition,
        }
    }

    pub fn wave_key(&self) -> WaveKey {
        WaveKey::open(&self.key, &self.wave, &self.hash, PASSPHRASE).expect("the passphrase fits")
    }

    /// What a device writes that has counted `answers` for `unit`.
    pub fn content(&self, device: &str, number: u32, unit: &str, answers: &[u8]) -> HandInContent {
        let layout = Layout::new(&self.edition);
        let survey = self.edition.survey();
        let mut tally = DeviceTally::zero();
        for point in answers {
            let all = vec![Answer::Point(*point); survey.items.len()];
            let response = Response::new(survey, all).expect("the points exist");
            tally
                .record(unit, &layout, survey, &response)
                .expect("the tally has room");
        }
        hand_in::content(&self.edition, &tally.to_bytes(), device, number)
            .expect("the tally is of this edition")
    }

    /// The file, sealed as a browser seals it.
    pub fn file(&self, content: &HandInContent) -> Vec<u8> {
        self.labelled(content, &content.device, content.number)
    }

    pub fn labelled(&self, content: &HandInContent, device: &str, number: u32) -> Vec<u8> {
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
        hand_in::file(
            &self.wave.id,
            &self.hash,
            device.to_owned(),
            number,
            &message,
        )
        .to_json()
    }

    pub fn release(&self, files: &[Vec<u8>]) -> Result<release::Release, Vec<ClosingProblem>> {
        let intake = intake(files);
        release(
            self.wave(),
            &self.wave_key(),
            &intake.to_count(&self.hash),
            &[],
        )
    }
}

pub fn intake(files: &[Vec<u8>]) -> Intake {
    let mut intake = Intake::default();
    for (idx, file) in files.iter().enumerate() {
        intake.add(&format!("{idx}.json"), file);
    }
    intake
}

pub fn sealed_key(wave_hash: &str, private: &[u8]) -> ClosingKey {
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
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: private,
                aad: &aad,
            },
        )
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

pub fn fixture() -> Fixture {
    Fixture::new(b"a seed of thirty-two bytes, no 1")
}

/// Two devices, three files, eleven answers in two teams.
pub fn three_files(wave: &Fixture) -> [Vec<u8>; 3] {
    [
        wave.file(&wave.content("tablet-aa", 1, "A", &[4, 5, 3])),
        wave.file(&wave.content("tablet-aa", 2, "B", &[2, 4, 4, 5, 1])),
        wave.file(&wave.content("tablet-bb", 1, "A", &[1, 2, 4])),
    ]
}
