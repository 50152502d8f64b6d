//! What the person at the console has to put right, each with its file and its remedy.

use crate::closing::{ClosingProblem, FileProblem};
use crate::wave_key::KeyProblem;

/// One thing to put right. The sentence is `problem.<key>` in the language file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No wave file was found or chosen.
    NoWave,
    /// The chosen file is no wave file: its name, and the reader's words.
    NotAWave(String, String),
    /// The edition that the wave asks was not found.
    NoEdition,
    /// The chosen file is no edition: its name.
    NotAnEdition(String),
    /// The chosen file is another edition than the wave asks: its name.
    OtherEdition(String),
    /// There is no file to count.
    NoHandIns,
    /// A file that cannot be read is still in the list: its name.
    Damaged(String),
    /// Two files that contradict each other: their names.
    Conflict(String, String),
    /// No closing key was chosen.
    NoKey,
    /// The closing key does not do: name of its file, and why.
    Key(String, KeyProblem),
    /// The passphrase was left empty.
    NoPassphrase,
    /// The wave's last day, as people write it, has not come.
    TooEarly(String),
    /// The wave has been released: its id.
    Released(String),
    /// The chosen file is no index of releases: its name.
    NotAnIndex(String),
    /// The wave could not be closed.
    Closing(ClosingProblem),
    /// The release was made, but this device could not keep it.
    NotKept,
    /// This device's storage cannot be used.
    NoStorage,
    /// The page is not on https or localhost, so nothing can be sealed.
    NotSecure,
}

impl Problem {
    /// Its text in the language file.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoWave => "problem.no-wave",
            Self::NotAWave(..) => "problem.not-a-wave",
            Self::NoEdition => "problem.no-edition",
            Self::NotAnEdition(_) => "problem.not-an-edition",
            Self::OtherEdition(_) => "problem.other-edition",
            Self::NoHandIns => "problem.no-hand-ins",
            Self::Damaged(_) => "problem.damaged",
            Self::Conflict(..) => "problem.conflict",
            Self::NoKey => "problem.no-key",
            Self::Key(_, problem) => key_problem(*problem),
            Self::NoPassphrase => "problem.no-passphrase",
            Self::TooEarly(_) => "problem.too-early",
            Self::Released(_) => "problem.released",
            Self::NotAnIndex(_) => "problem.not-an-index",
            Self::Closing(problem) => closing_problem(problem),
            Self::NotKept => "problem.not-kept",
            Self::NoStorage => "problem.no-storage",
            Self::NotSecure => "problem.not-secure",
        }
    }

    /// What stands in the places of the text.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let file = |name: &String| ("file", name.clone());
        match self {
            Self::NotAWave(name, words) => vec![file(name), ("words", words.clone())],
            Self::Conflict(name, other) => vec![file(name), ("other", other.clone())],
            Self::NotAnEdition(name)
            | Self::OtherEdition(name)
            | Self::Damaged(name)
            | Self::Key(name, _)
            | Self::NotAnIndex(name)
            | Self::Closing(ClosingProblem::File { name, .. }) => vec![file(name)],
            Self::TooEarly(date) => vec![("date", date.clone())],
            Self::Released(wave) => vec![("wave", wave.clone())],
            Self::Closing(ClosingProblem::Disclosure(words)) => vec![("words", words.clone())],
            Self::Closing(ClosingProblem::Audit(words)) => vec![("words", words.join("; "))],
            Self::Closing(ClosingProblem::Overflow)
            | Self::NoWave
            | Self::NoEdition
            | Self::NoHandIns
            | Self::NoKey
            | Self::NoPassphrase
            | Self::NotKept
            | Self::NoStorage
            | Self::NotSecure => Vec::new(),
        }
    }
}

fn key_problem(problem: KeyProblem) -> &'static str {
    match problem {
        KeyProblem::NotAKey => "problem.not-a-key",
        KeyProblem::OtherWave => "problem.key-other-wave",
        KeyProblem::Damaged => "problem.key-damaged",
        KeyProblem::WrongPassphrase => "problem.wrong-passphrase",
        KeyProblem::NotTheWaves => "problem.key-not-the-waves",
    }
}

fn closing_problem(problem: &ClosingProblem) -> &'static str {
    match problem {
        ClosingProblem::File { problem, .. } => match problem {
            FileProblem::CannotOpen => "problem.cannot-open",
            FileProblem::Unreadable => "problem.unreadable",
            FileProblem::Relabelled => "problem.relabelled",
            FileProblem::OtherEdition => "problem.counts-other-edition",
            FileProblem::Unit => "problem.unit",
            FileProblem::Counts => "problem.counts",
        },
        ClosingProblem::Overflow => "problem.overflow",
        ClosingProblem::Disclosure(_) => "problem.disclosure",
        ClosingProblem::Audit(_) => "problem.audit",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DANISH: &str = include_str!("../../../www/texts/da/console.toml");
    const ENGLISH: &str = include_str!("../../../www/texts/en/console.toml");

    /// One of each kind.
    fn all() -> Vec<Problem> {
        let file = || "file.json".to_owned();
        let words = || "words".to_owned();
        let keys = [
            KeyProblem::NotAKey,
            KeyProblem::OtherWave,
            KeyProblem::Damaged,
            KeyProblem::WrongPassphrase,
            KeyProblem::NotTheWaves,
        ];
        let files = [
            FileProblem::CannotOpen,
            FileProblem::Unreadable,
            FileProblem::Relabelled,
            FileProblem::OtherEdition,
            FileProblem::Unit,
            FileProblem::Counts,
        ];
        let closing = files
            .map(|problem| ClosingProblem::File {
                name: file(),
                problem,
            })
            .into_iter()
            .chain([
                ClosingProblem::Overflow,
                ClosingProblem::Disclosure(words()),
                ClosingProblem::Audit(vec![words()]),
            ]);
        [
            Problem::NoWave,
            Problem::NotAWave(file(), words()),
            Problem::NoEdition,
            Problem::NotAnEdition(file()),
            Problem::OtherEdition(file()),
            Problem::NoHandIns,
            Problem::Damaged(file()),
            Problem::Conflict(file(), file()),
            Problem::NoKey,
            Problem::NoPassphrase,
            Problem::TooEarly("2026-10-31".to_owned()),
            Problem::Released("P1".to_owned()),
            Problem::NotAnIndex(file()),
            Problem::NotKept,
            Problem::NoStorage,
            Problem::NotSecure,
        ]
        .into_iter()
        .chain(keys.map(|problem| Problem::Key(file(), problem)))
        .chain(closing.map(Problem::Closing))
        .collect()
    }

    /// The text of a problem, with its places filled.
    fn sentence(texts: &toml::Table, problem: &Problem) -> Option<String> {
        let (area, name) = problem.key().split_once('.')?;
        let text = texts.get(area)?.get(name)?.as_str()?.to_owned();
        let fill = |text: String, (place, value): (&str, String)| {
            text.replace(&format!("{{{place}}}"), &value)
        };
        Some(problem.args().into_iter().fold(text, fill))
    }

    #[test]
    fn every_problem_has_its_sentence_in_every_language() {
        for source in [DANISH, ENGLISH] {
            let texts: toml::Table = source.parse().expect("the language file is TOML");
            for problem in all() {
                let sentence = sentence(&texts, &problem);
                let complete = sentence.as_ref().is_some_and(|text| !text.contains('{'));
                assert!(complete, "{}: {sentence:?}", problem.key());
            }
        }
    }
}
