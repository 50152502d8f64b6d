//! One-time codes: made here, handed out on paper, kept as hashes.

use crate::random;
use sha2::{Digest as _, Sha256};

/// 32 digits and letters that survive being read aloud and copied by hand (Crockford's base 32
/// without `i`, `l`, `o` and `u`): five bits each.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Sixteen of them carry 80 random bits: a million guesses a second at a wave with a hundred
/// thousand codes would hit one in about 190 000 years.
const LETTERS: usize = 16;

/// A new code, in four groups of four.
pub fn new_code() -> String {
    let letters =
        random::bytes::<LETTERS>().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// What the store keeps of a code. Case, spaces and hyphens do not matter, and the letters that are
/// taken for digits are read as them.
pub fn code_hash(wave: &str, code: &str) -> [u8; 32] {
    let plain: String = code
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    labelled_hash("trust-climate code/1", wave, &plain)
}

/// What the store keeps of a submission's id.
pub fn id_hash(wave: &str, id: &str) -> [u8; 32] {
    labelled_hash("trust-climate counted/1", wave, id)
}

fn labelled_hash(label: &str, wave: &str, value: &str) -> [u8; 32] {
    Sha256::digest([label, wave, value].join("\0")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_written() {
        let hash = code_hash("w", "0a1b-cdef-ghjk-mnpq");
        assert_eq!(code_hash("w", "OAIB CDEF GHJK MNPQ"), hash);
        assert_eq!(code_hash("w", "oalbcdefghjkmnpq"), hash);
        assert_ne!(code_hash("v", "0a1b-cdef-ghjk-mnpq"), hash);
    }

    #[test]
    fn codes_have_four_groups_of_four_and_do_not_repeat() {
        let (one, other) = (new_code(), new_code());
        assert_eq!(
            one.split('-').map(str::len).collect::<Vec<_>>(),
            [4, 4, 4, 4]
        );
        assert_ne!(one, other);
    }
}
