//! Randomness from the operating system.

/// `N` random bytes.
///
/// # Panics
/// When the system has none to give: keys made without randomness would protect nobody.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
