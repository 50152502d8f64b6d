//! How wide text will be, from a built-in table.
//!
//! plotters would ask the browser, through an element with an inline style that a strict CSP blocks;
//! and a chart should be the same bytes natively and in a browser.

/// Size of all text in charts, in pixels.
pub const FONT: i32 = 12;
/// From one line of text to the next, in pixels.
pub const LINE: i32 = 16;

/// Width of ASCII from the space on, in thousandths of the font size: Helvetica's own table, which
/// Arial shares and most interface fonts are near.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// Room for fonts that run wider than Helvetica: Verdana and DejaVu Sans do by about this much.
const WIDER: f64 = 1.15;

/// Width of a line of text in pixels, rather too much than too little.
pub fn width(text: &str) -> f64 {
    let thousandths: u32 = text
        .chars()
        .map(|letter| u32::from(thousandths(letter)))
        .sum();
    f64::from(thousandths) * f64::from(FONT) * WIDER / 1000.0
}

fn thousandths(letter: char) -> u16 {
    let from_space = u32::from(letter)
        .checked_sub(32)
        .and_then(|place| usize::try_from(place).ok());
    let ascii = from_space.and_then(|place| ASCII.get(place).copied());
    ascii.unwrap_or(match letter {
        '\u{a0}' => 278,
        'å' | 'ä' | 'ö' | 'é' | '»' | '«' | '–' => 556,
        'ø' => 611,
        'Å' | 'É' | 'Ä' => 667,
        'Ø' | 'Ö' => 778,
        // `æ` and all that is not Latin, some of it as wide as it is high.
        _ => 1000,
    })
}

/// Text in lines no wider than `limit` pixels, broken at spaces. A word that is wider stands alone.
pub fn wrapped(text: &str, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line) + width(" ") + width(word) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_are_wider() {
        assert!(width("mmm") > 3.0 * width("i"));
        assert!((width("0") - 7.67).abs() < 0.01);
    }

    #[test]
    fn lines_break_at_spaces() {
        let limit = width("Min leder stoler") + 0.1;
        assert_eq!(
            wrapped("Min leder stoler på mig", limit),
            ["Min leder stoler", "på mig"]
        );
        assert_eq!(
            wrapped("Medarbejderudviklingssamtale", 10.0),
            ["Medarbejderudviklingssamtale"]
        );
    }
}
