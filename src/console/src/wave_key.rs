//! The wave's private key, taken out of the closing key file with the passphrase.
//!
//! Argon2id (RFC 9106) → XChaCha20-Poly1305 → HPKE (RFC 9180); the shapes are `wire`'s.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hpke::aead::AesGcm128;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, Serializable};
use wire::{
    Argon2Cost, CLOSING_KEY_FORMAT, CLOSING_KEY_LABEL, ClosingKey, PUBLIC_KEY_BYTES, WaveFile,
};
use zeroize::Zeroizing;

/// The highest cost that is tried: 256 MiB, ten passes, four lanes. It is far beyond
/// [`Argon2Cost::DEFAULT`]; a file that asks for more is only there to stop the browser.
const HIGHEST_COST: Argon2Cost = Argon2Cost {
    m: 256 * 1024,
    t: 10,
    p: 4,
};

/// Opens what is sealed to one wave. Its bytes are overwritten when it is dropped.
pub struct WaveKey(<DhP256HkdfSha256 as Kem>::PrivateKey);

/// Why a closing key file gives no wave key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyProblem {
    /// It is no closing key of a version that is known here.
    NotAKey,
    /// It closes another wave.
    OtherWave,
    /// Its fields are not what a closing key holds.
    Damaged,
    /// The passphrase is wrong, or the file has been changed: the seal cannot tell which.
    WrongPassphrase,
    /// It opens, but the key in it does not belong to the wave's public key.
    NotTheWaves,
}

/// Reads a closing key file. The private key stays sealed.
///
/// # Errors
/// When it is not JSON of the format, or would cost too much to open.
pub fn read(bytes: &[u8]) -> Result<ClosingKey, KeyProblem> {
    let key: ClosingKey = serde_json::from_slice(bytes).map_err(|_| KeyProblem::NotAKey)?;
    let cost = key.argon2;
    let bearable = cost.m <= HIGHEST_COST.m && cost.t <= HIGHEST_COST.t && cost.p <= HIGHEST_COST.p;
    if key.format == CLOSING_KEY_FORMAT && bearable {
        Ok(key)
    } else {
        Err(KeyProblem::NotAKey)
    }
}

impl WaveKey {
    /// Opens a closing key file. Takes a second or more: that is what protects the passphrase.
    ///
    /// # Errors
    /// When the file is another wave's, damaged, or the passphrase does not open it.
    pub fn open(
        file: &ClosingKey,
        wave: &WaveFile,
        wave_hash: &str,
        passphrase: &str,
    ) -> Result<Self, KeyProblem> {
        if file.wave_hash != wave_hash {
            return Err(KeyProblem::OtherWave);
        }
        let secret = unsealed(file, passphrase)?;
        let key = <DhP256HkdfSha256 as Kem>::PrivateKey::from_bytes(&secret)
            .map_err(|_| KeyProblem::Damaged)?;
        let public = DhP256HkdfSha256::sk_to_pk(&key).to_bytes();
        if BASE64
            .decode(&wave.public_key)
            .is_ok_and(|expected| expected == public.as_slice())
        {
            Ok(Self(key))
        } else {
            Err(KeyProblem::NotTheWaves)
        }
    }

    /// Opens one message sealed to the wave: encapsulated key and ciphertext. `None` when it was
    /// sealed to another key or under another label, or has been changed.
    pub fn unseal(&self, info: &[u8], message: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (encapsulated, ciphertext) = message.split_at_checked(PUBLIC_KEY_BYTES)?;
        let encapsulated = <DhP256HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
        hpke::single_shot_open::<AesGcm128, HkdfSha256, DhP256HkdfSha256>(
            &OpModeR::Base,
            &self.0,
            &encapsulated,
            info,
            ciphertext,
            b"",
        )
        .ok()
        .map(Zeroizing::new)
    }
}

fn unsealed(file: &ClosingKey, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, KeyProblem> {
    let decoded = |text: &str| BASE64.decode(text).map_err(|_| KeyProblem::Damaged);
    let (salt, nonce, sealed) = (
        decoded(&file.salt)?,
        decoded(&file.nonce)?,
        decoded(&file.sealed)?,
    );
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| KeyProblem::Damaged)?;
    let key = stretched(file, &salt, passphrase)?;
    let aad = wire::info(CLOSING_KEY_LABEL, &file.wave_hash);
    let payload = Payload {
        msg: &sealed,
        aad: &aad,
    };
    XChaCha20Poly1305::new((&*key).into())
        .decrypt(&XNonce::from(nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| KeyProblem::WrongPassphrase)
}

fn stretched(
    file: &ClosingKey,
    salt: &[u8],
    passphrase: &str,
) -> Result<Zeroizing<[u8; 32]>, KeyProblem> {
    let cost = file.argon2;
    let params = Params::new(cost.m, cost.t, cost.p, None).map_err(|_| KeyProblem::Damaged)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut *key)
        .map_err(|_| KeyProblem::Damaged)?;
    Ok(key)
}
