//! The demo municipality: Fjordby, invented, 40 units and eight waves of answers, CC0.
//!
//! It comes in by the very import that real files come in by, so it shows what that does. The data
//! lie beside this crate in `demo/` and are part of the binary, so that it works anywhere.

use crate::failure::Failure;
use crate::import::{self, Headcounts, Imported, Input, Organisation, Source};
use crate::plan::{Plan, untranslated};
use std::collections::BTreeMap;
use survey::{Edition, Text};
use tally::{Relevance, Threshold, UnitTree};
use wire::{Codes, Date};

/// The wave that is open to answer.
pub const OPEN_WAVE: &str = "2026H2";
/// Passphrase of the closing key of the static demo wave; the hand-in page shows it.
pub const PASSPHRASE: &str = "fjordby-demo";
/// Who asks in Fjordby.
const EMPLOYER: &str = "Fjordby Kommune";
/// The last wave with data, whose headcounts the open wave has too.
const LAST_WAVE: &str = "2025H2";

const UNITS: Source<'_> = Source {
    name: "fjordby_units.csv",
    bytes: include_bytes!("../demo/fjordby_units.csv"),
};
const HEADCOUNTS: Source<'_> = Source {
    name: "fjordby_headcount.csv",
    bytes: include_bytes!("../demo/fjordby_headcount.csv"),
};
const RESPONSES: Source<'_> = Source {
    name: "fjordby_responses.csv",
    bytes: include_bytes!("../demo/fjordby_responses.csv"),
};

/// What Fjordby was asked.
///
/// # Panics
/// Never in a build that passed its tests: the file is part of the binary.
pub fn edition() -> Edition {
    survey::parse(include_str!("../../../surveys/trust-climate.toml"))
        .expect("the survey in the binary has no problems")
}

/// The eight waves of 2022 to 2025.
///
/// # Errors
/// When the data in the binary have a problem, which the tests exclude.
pub fn past_waves(edition: &Edition) -> Result<Imported, Failure> {
    import::read(&Input {
        edition,
        responses: RESPONSES,
        units: UNITS,
        headcounts: HEADCOUNTS,
        organisation: organisation(),
        employer: None,
        threshold: Threshold::FLOOR,
        relevance: Relevance::FLOOR,
        periods: BTreeMap::new(),
        skip_bad_rows: false,
    })
}

/// The ninth wave: open today, to be closed today.
///
/// # Errors
/// When the data in the binary have a problem, which the tests exclude.
pub fn open_wave(edition: &Edition, today: &Date) -> Result<Plan, Failure> {
    let name = [("da", "2. halvår 2026"), ("en", "Second half of 2026")];
    Ok(Plan {
        id: OPEN_WAVE.to_owned(),
        name: Text(
            name.map(|(lang, words)| (lang.to_owned(), words.to_owned()))
                .into(),
        ),
        employer: untranslated(edition, EMPLOYER),
        units: units()?,
        threshold: Threshold::FLOOR,
        relevance: Relevance::FLOOR,
        opens: today.clone(),
        closes: today.clone(),
        grace_days: 0,
        codes: Codes::None,
    })
}

fn organisation() -> Organisation {
    Organisation {
        id: "KOMMUNE".to_owned(),
        name: EMPLOYER.to_owned(),
    }
}

fn units() -> Result<UnitTree, Failure> {
    let problems = |problems: Vec<import::Problem>| Failure::problems(&problems);
    let headcounts = Headcounts::read(&HEADCOUNTS).map_err(problems)?;
    let units = import::UnitList::read(&UNITS, &organisation()).map_err(problems)?;
    units.tree(&headcounts.of(LAST_WAVE)).map_err(problems)
}
