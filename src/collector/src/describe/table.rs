//! The same figures as a table for people, rounded.

use super::figures::Figures;
use std::fmt::Write as _;
use survey::Edition;

/// One page a wave: the whole by scale and by item, then every unit's indices.
pub fn table(edition: &Edition, figures: &[Figures]) -> String {
    let mut text = String::new();
    let wholes = figures
        .iter()
        .enumerate()
        .filter(|(_, of)| of.unit.is_none());
    let starts: Vec<usize> = wholes.map(|(at, _)| at).collect();
    for (idx, start) in starts.iter().enumerate() {
        let end = starts.get(idx + 1).copied().unwrap_or(figures.len());
        let wave = &figures[*start..end];
        // Writing to a string cannot fail.
        write_wave(&mut text, edition, wave).expect("strings take all text");
    }
    text
}

fn write_wave(text: &mut String, edition: &Edition, wave: &[Figures]) -> std::fmt::Result {
    let whole = &wave[0];
    if let Some(wave) = &whole.wave {
        writeln!(text, "Wave {wave}")?;
    }
    write!(text, "{} answers", whole.n)?;
    if let (Some(staff), Some(share)) = (whole.headcount, whole.participation) {
        write!(text, " of {staff} staff, {:.1} %", 100.0 * share)?;
    }
    writeln!(text, "\n")?;
    write_scales(text, edition, whole)?;
    write_items(text, edition, whole)?;
    if wave.len() > 1 {
        write_units(text, edition, &wave[1..])?;
    }
    Ok(())
}

fn write_scales(text: &mut String, edition: &Edition, whole: &Figures) -> std::fmt::Result {
    writeln!(
        text,
        "{:<12} {:>7} {:>7} {:>6} {:>15} {:>6} {:>6} {:>6}",
        "scale", "n", "mean", "SD", "95 % interval", "alpha", "omega", "ICC1"
    )?;
    for scale in &edition.survey().scales {
        let of = &whole.scales[&scale.id];
        writeln!(
            text,
            "{:<12} {:>7} {:>7} {:>6} {:>15} {:>6} {:>6} {:>6}",
            scale.id,
            of.n,
            number(of.mean, 1),
            number(of.sd, 1),
            interval(of.ci95),
            number(of.alpha, 2),
            number(of.omega, 2),
            number(of.icc1, 3),
        )?;
    }
    writeln!(text)
}

fn write_items(text: &mut String, edition: &Edition, whole: &Figures) -> std::fmt::Result {
    writeln!(
        text,
        "{:<12} {:>7} {:>7} {:>6} {:>6} {:>5} {:>6}  points",
        "item", "n", "mean", "SD", "fav. %", "n/a", "blank"
    )?;
    for item in &edition.survey().items {
        let of = &whole.items[&item.id];
        let counts: Vec<String> = of.counts.iter().map(ToString::to_string).collect();
        writeln!(
            text,
            "{:<12} {:>7} {:>7} {:>6} {:>6} {:>5} {:>6}  {}",
            item.id,
            of.n,
            number(of.mean, 2),
            number(of.sd, 2),
            number(of.favourable.map(|share| 100.0 * share), 1),
            of.not_applicable,
            of.blank,
            counts.join(" "),
        )?;
    }
    writeln!(text)
}

/// Units as rows, scales as columns, the mean score in the cell.
fn write_units(text: &mut String, edition: &Edition, units: &[Figures]) -> std::fmt::Result {
    let scales = &edition.survey().scales;
    let ids = units.iter().filter_map(|of| of.unit.as_deref());
    let width = ids.map(|id| id.chars().count()).max().unwrap_or(0).max(4);
    write!(text, "{:<width$} {:>7} {:>7}", "unit", "n", "staff")?;
    for scale in scales {
        write!(text, " {:>8}", scale.id)?;
    }
    writeln!(text)?;
    for of in units {
        let staff = of
            .headcount
            .map_or("–".to_owned(), |staff| staff.to_string());
        let unit = of.unit.as_deref().unwrap_or("");
        write!(text, "{unit:<width$} {:>7} {staff:>7}", of.n)?;
        for scale in scales {
            write!(text, " {:>8}", number(of.scales[&scale.id].mean, 1))?;
        }
        writeln!(text)?;
    }
    writeln!(text)
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or("–".to_owned(), |value| format!("{value:.decimals$}"))
}

fn interval(ends: Option<[f64; 2]>) -> String {
    ends.map_or("–".to_owned(), |[lo, hi]| format!("{lo:.1} – {hi:.1}"))
}
