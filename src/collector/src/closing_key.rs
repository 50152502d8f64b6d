//! Closing keys: a wave's private key under a passphrase, for waves without a collector.

use crate::keys::Secret;
use crate::random;
use crate::seal::seal_with;
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use wire::{Argon2Cost, CLOSING_KEY_FORMAT, CLOSING_KEY_LABEL, ClosingKey};

/// Seals `private` under `passphrase` for the wave file with the hash `wave_hash`.
pub fn closing_key(private: &Secret, passphrase: &str, wave: &str, wave_hash: &str) -> ClosingKey {
    let salt = random::bytes::<16>();
    let nonce = random::bytes::<24>();
    let label = wire::info(CLOSING_KEY_LABEL, wave_hash);
    let key = stretch(passphrase, &salt, Argon2Cost::DEFAULT);
    ClosingKey {
        format: CLOSING_KEY_FORMAT.to_owned(),
        wave: wave.to_owned(),
        wave_hash: wave_hash.to_owned(),
        salt: URL_SAFE_NO_PAD.encode(salt),
        nonce: URL_SAFE_NO_PAD.encode(nonce),
        sealed: URL_SAFE_NO_PAD.encode(seal_with(&key, nonce, &label, private.as_slice())),
        argon2: Argon2Cost::DEFAULT,
    }
}

fn stretch(passphrase: &str, salt: &[u8], cost: Argon2Cost) -> Secret {
    // Both fail only on parameters out of range, and these are constants.
    let params = Params::new(cost.m, cost.t, cost.p, Some(32)).expect("the cost is in range");
    let mut key = Secret::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
        .expect("salt and length are in range");
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::open;

    fn opened(key: &ClosingKey, passphrase: &str, wave_hash: &str) -> Option<Vec<u8>> {
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
        let stretched = stretch(passphrase, &decode(&key.salt), key.argon2);
        let sealed = [decode(&key.nonce), decode(&key.sealed)].concat();
        open(
            &stretched,
            &wire::info(CLOSING_KEY_LABEL, wave_hash),
            &sealed,
        )
        .ok()
    }

    #[test]
    fn only_the_passphrase_opens_it_and_only_for_its_wave() {
        let key = closing_key(&Secret::new([7; 32]), "fjordby-demo", "W1", "hash");
        assert_eq!(opened(&key, "fjordby-demo", "hash"), Some(vec![7; 32]));
        assert_eq!(opened(&key, "fjordby", "hash"), None);
        assert_eq!(opened(&key, "fjordby-demo", "other"), None);
    }
}
