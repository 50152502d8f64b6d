//! What a command has to say when all went well.

use std::fmt::Display;
use std::io::Write as _;

/// Writes a line to standard output.
pub(super) fn say(line: impl Display) {
    // A reader that has gone away (`| head`) has what it wanted.
    writeln!(std::io::stdout().lock(), "{line}").ok();
}

/// A whole number as people read it: a narrow space between thousands.
pub(super) fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(19_171), "19\u{202f}171");
        assert_eq!(thousands(1_000_000), "1\u{202f}000\u{202f}000");
    }
}
