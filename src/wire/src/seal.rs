//! What is sealed to a wave's key, and how it is labelled.
//!
//! HPKE (RFC 9180), base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM; one message a
//! key, empty associated data. A sealed message is the encapsulated key (65 bytes, uncompressed
//! point) followed by the ciphertext.

/// Bytes of a wave's public key, and of an encapsulated key: an uncompressed P-256 point.
pub const PUBLIC_KEY_BYTES: usize = 65;
/// Label of sealed submissions.
pub const SUBMISSION_LABEL: &str = "trust-climate submission/1";
/// Label of the content of sealed hand-in files.
pub const HAND_IN_LABEL: &str = "trust-climate hand-in/1";

/// The HPKE `info` that binds a message to what it is and to one wave file: label, a zero byte, and
/// the wave file's SHA-256 in lowercase hexadecimal.
pub fn info(label: &str, wave_hash: &str) -> Vec<u8> {
    [label.as_bytes(), &[0], wave_hash.as_bytes()].concat()
}
