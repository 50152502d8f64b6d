//! What is sealed and opened here: tallies at rest, and submissions on their way in.

use crate::keys::Secret;
use crate::random;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hpke::{Deserializable as _, Kem as _, OpModeR, Serializable as _};
use wire::{PUBLIC_KEY_BYTES, SUBMISSION_LABEL};

type Kem = hpke::kem::DhP256HkdfSha256;
type Kdf = hpke::kdf::HkdfSha256;
type Cipher = hpke::aead::AesGcm128;

/// Bytes of an XChaCha20 nonce: random ones never repeat in practice.
const NONCE: usize = 24;

/// A sealed thing that does not open: another key, another label, or changed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoesNotOpen;

/// A wave's key pair: the private key, and the public key as the wave file writes it.
pub fn key_pair() -> (Secret, String) {
    let (private, public) = Kem::derive_keypair(Secret::new(random::bytes()).as_slice());
    (
        Secret::new(private.to_bytes().into()),
        URL_SAFE_NO_PAD.encode(public.to_bytes()),
    )
}

/// Opens a submission: encapsulated key and ciphertext, bound to one wave file.
///
/// # Errors
/// When it was not sealed to this key for this wave.
pub fn open_submission(
    private: &Secret,
    wave_hash: &str,
    sealed: &[u8],
) -> Result<Vec<u8>, DoesNotOpen> {
    let (encapped, ciphertext) = sealed
        .split_at_checked(PUBLIC_KEY_BYTES)
        .ok_or(DoesNotOpen)?;
    let private =
        <Kem as hpke::Kem>::PrivateKey::from_bytes(private.as_slice()).map_err(|_| DoesNotOpen)?;
    let encapped =
        <Kem as hpke::Kem>::EncappedKey::from_bytes(encapped).map_err(|_| DoesNotOpen)?;
    let info = wire::info(SUBMISSION_LABEL, wave_hash);
    hpke::single_shot_open::<Cipher, Kdf, Kem>(
        &OpModeR::Base,
        &private,
        &encapped,
        &info,
        ciphertext,
        &[],
    )
    .map_err(|_| DoesNotOpen)
}

/// Seals `plain` with a fresh nonce in front. The same length in gives the same length out.
pub fn seal(key: &Secret, label: &[u8], plain: &[u8]) -> Vec<u8> {
    let nonce = random::bytes::<NONCE>();
    let sealed = seal_with(key, nonce, label, plain);
    [&nonce[..], &sealed].concat()
}

/// Seals `plain` with a nonce that must be used once only.
pub fn seal_with(key: &Secret, nonce: [u8; NONCE], label: &[u8], plain: &[u8]) -> Vec<u8> {
    // Fails only beyond 256 GiB.
    XChaCha20Poly1305::new((&**key).into())
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: plain,
                aad: label,
            },
        )
        .expect("what is sealed here is small")
}

/// Opens what [`seal`] made under the same label.
///
/// # Errors
/// When it was sealed with another key or label, or was changed.
pub fn open(key: &Secret, label: &[u8], sealed: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(DoesNotOpen)?;
    XChaCha20Poly1305::new((&**key).into())
        .decrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: ciphertext,
                aad: label,
            },
        )
        .map_err(|_| DoesNotOpen)
}

/// What sealed cross-products belong to: they open nowhere else.
pub fn products_label(wave: &str, edition: &str) -> Vec<u8> {
    ["trust-climate products/1", wave, edition]
        .join("\0")
        .into_bytes()
}

/// What a sealed tally belongs to: it opens nowhere else.
pub fn tally_label(wave: &str, unit: &str, edition: &str) -> Vec<u8> {
    ["trust-climate tally/1", wave, unit, edition]
        .join("\0")
        .into_bytes()
}
