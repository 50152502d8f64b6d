//! Planning a wave: from what is asked for on the command line to a wave file.

use survey::{Edition, Text};
use tally::{Relevance, Threshold, UnitTree};
use wire::{Codes, Date, WAVE_FORMAT, WaveFile, WavePolicy};

/// What a wave is to be.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Id.
    pub id: String,
    /// Name for people, in every language of the edition.
    pub name: Text,
    /// Who asks.
    pub employer: Text,
    /// Units with headcounts.
    pub units: UnitTree,
    /// Fewest answers that a published number may rest on.
    pub threshold: Threshold,
    /// Fewest points that a change must have to be called one.
    pub relevance: Relevance,
    /// First day.
    pub opens: Date,
    /// Last day.
    pub closes: Date,
    /// Days after it for devices that wait.
    pub grace_days: u16,
    /// Whether one-time codes are asked for.
    pub codes: Codes,
}

/// Ids that would name `/waves/current.json` and `/releases/releases.json`.
const RESERVED: [&str; 2] = ["current", "releases"];

/// What is wrong with a plan, as a sentence each.
pub type PlanProblems = Vec<String>;

impl Plan {
    /// The wave file that fixes this plan for `edition`. An imported wave takes no submissions: its
    /// `public_key` is empty, so that importing the same files twice gives the same wave file.
    ///
    /// # Errors
    /// Every problem of the plan.
    pub fn wave_file(
        self,
        edition: &Edition,
        public_key: String,
    ) -> Result<WaveFile, PlanProblems> {
        let languages = edition.survey().languages.clone();
        let mut problems: PlanProblems = languages
            .iter()
            .filter(|lang| self.name.get(lang, &[]).is_empty())
            .map(|lang| {
                format!(
                    "wave `{}` has no name in `{lang}`: add --name {lang}=\"…\"",
                    self.id
                )
            })
            .collect();
        let file = WaveFile {
            format: WAVE_FORMAT.to_owned(),
            id: self.id,
            name: self.name,
            employer: self.employer,
            edition: edition.hash().to_owned(),
            languages,
            units: self.units,
            policy: WavePolicy {
                threshold: self.threshold,
                relevance: self.relevance,
            },
            opens: self.opens,
            closes: self.closes,
            grace_days: self.grace_days,
            codes: self.codes,
            public_key,
        };
        if RESERVED.contains(&file.id.as_str()) {
            problems.push(format!(
                "`{}` is the name of a file of ours: give the wave another id",
                file.id
            ));
        }
        problems.extend(
            file.problems()
                .iter()
                .map(|problem| format!("wave `{}`: {problem}", file.id)),
        );
        if problems.is_empty() {
            Ok(file)
        } else {
            Err(problems)
        }
    }
}

/// The same words in every language of an edition: for names that are not translated.
pub fn untranslated(edition: &Edition, words: &str) -> Text {
    let languages = edition.survey().languages.iter();
    Text(
        languages
            .map(|lang| (lang.clone(), words.to_owned()))
            .collect(),
    )
}
