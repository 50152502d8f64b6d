//! The closing key: a wave's private key under a passphrase, for waves without a collector.

use serde::{Deserialize, Serialize};

/// Name and version of the format.
pub const CLOSING_KEY_FORMAT: &str = "trust-climate-closing-key/1";
/// Label of the sealed private key: [`crate::info`] of it and the wave file's hash is the
/// associated data, so that a key cannot be passed off as another wave's.
pub const CLOSING_KEY_LABEL: &str = "trust-climate closing-key/1";

/// Whoever closes the wave keeps this file and knows the passphrase; it is no good without it.
///
/// The sealing key is Argon2id (version 0x13, 32 bytes) of the passphrase in UTF-8 and `salt`. The
/// sealed content is the 32 bytes of the P-256 private key, by XChaCha20-Poly1305 under `nonce`.
/// Bytes are written in base64url without padding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingKey {
    /// [`CLOSING_KEY_FORMAT`].
    pub format: String,
    /// Id of the wave.
    pub wave: String,
    /// SHA-256 of the wave file.
    pub wave_hash: String,
    /// 16 random bytes.
    pub salt: String,
    /// 24 random bytes.
    pub nonce: String,
    /// The private key and its tag, 48 bytes.
    pub sealed: String,
    /// What a guess costs.
    pub argon2: Argon2Cost,
}

/// Parameters of Argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argon2Cost {
    /// Memory in KiB.
    pub m: u32,
    /// Passes over it.
    pub t: u32,
    /// Lanes.
    pub p: u32,
}

impl Argon2Cost {
    /// OWASP's first choice for Argon2id (password storage cheat sheet): 19 MiB, two passes, one
    /// lane. A browser on a phone does it in about a second.
    pub const DEFAULT: Self = Self {
        m: 19 * 1024,
        t: 2,
        p: 1,
    };
}
