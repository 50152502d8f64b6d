//! What one respondent has done so far: the fill-in machine, and what goes with the answers.

use survey::{Action, Answer, Place, Session, Survey};
use tally::UnitTree;
use wire::{ProblemCode, SUBMISSION_FORMAT, Submission};

/// One respondent at the element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Where they are and what they have answered.
    pub session: Session,
    /// The leaf they answer for.
    pub unit: Option<String>,
    /// Whether the page has chosen the unit, so that nobody is asked.
    pub unit_is_fixed: bool,
    /// Their one-time code.
    pub code: String,
    /// What is in the way of sending.
    pub trouble: Option<Trouble>,
    /// The same for every attempt to send these answers: a repeat is counted once.
    id: String,
}

/// What happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A step of the machine.
    Step(Action),
    /// Another unit was chosen; empty for none.
    Unit(String),
    /// The code was changed.
    Code(String),
    /// The answers could not be sent.
    Trouble(Trouble),
}

/// Why answers are not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No unit is chosen.
    UnitMissing,
    /// No network, and nothing can be kept on this device.
    Offline,
    /// The device could not keep the count.
    NotKept,
    /// They could not be sealed.
    NotSealed,
    /// The collector's reason.
    Refused(ProblemCode),
}

impl State {
    /// A respondent at the opening. `unit` is what the page has set; one that is no leaf of the wave
    /// is left out, so that the respondent is asked. `id` is random.
    pub fn new(
        survey: &Survey,
        units: &UnitTree,
        unit: Option<&str>,
        code: Option<&str>,
        id: String,
    ) -> Self {
        let mut state = Self {
            session: Session::new(survey),
            unit: None,
            unit_is_fixed: false,
            code: code.unwrap_or_default().to_owned(),
            trouble: None,
            id,
        };
        state.fix_unit(units, unit);
        state
    }

    /// Takes over the unit that the page has set.
    pub fn fix_unit(&mut self, units: &UnitTree, unit: Option<&str>) {
        let fixed = unit.filter(|id| is_leaf(units, id)).map(str::to_owned);
        self.unit_is_fixed = fixed.is_some();
        // A wave with a single leaf leaves nothing to choose.
        self.unit = fixed.or_else(|| only_leaf(units)).or(self.unit.take());
    }

    /// The state after `event`.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Step(action) => {
                if self.session.place == Place::Review {
                    self.trouble = None;
                }
                self.session = self.session.clone().step(action);
            }
            Event::Unit(unit) => {
                self.unit = Some(unit).filter(|unit| !unit.is_empty());
                self.trouble = None;
            }
            Event::Code(code) => {
                self.code = code.trim().to_owned();
                self.trouble = None;
            }
            Event::Trouble(trouble) => {
                self.session = self.session.clone().step(Action::Failed);
                self.trouble = Some(trouble);
            }
        }
    }

    /// What must be filled in before these answers can be sent.
    pub fn missing(&self, asks_for_code: bool) -> Option<Trouble> {
        if self.unit.is_none() {
            Some(Trouble::UnitMissing)
        } else if asks_for_code && self.code.is_empty() {
            Some(Trouble::Refused(ProblemCode::CodeMissing))
        } else {
            None
        }
    }

    /// The message that carries the answers; `None` without a unit.
    pub fn submission(&self, wave: &str, edition: &str, asks_for_code: bool) -> Option<Submission> {
        Some(Submission {
            format: SUBMISSION_FORMAT.to_owned(),
            id: self.id.clone(),
            edition: edition.to_owned(),
            wave: wave.to_owned(),
            unit: self.unit.clone()?,
            code: asks_for_code.then(|| self.code.clone()),
            answers: self.session.answers().to_vec(),
        })
    }

    /// The answer to an item; blank for one that the survey does not have.
    pub fn answer(&self, item: usize) -> Answer {
        self.session.answers().get(item).copied().unwrap_or_default()
    }
}

impl Trouble {
    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::UnitMissing => "trouble.unit_missing",
            Self::Offline => "trouble.offline",
            Self::NotKept => "trouble.not_kept",
            Self::NotSealed => "trouble.not_sealed",
            Self::Refused(code) => key_of(code),
        }
    }

    /// Whether nothing the respondent does can get these answers counted.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Refused(
                ProblemCode::WaveClosed | ProblemCode::WaveReleased | ProblemCode::EditionChanged
            )
        )
    }
}

fn key_of(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::WaveClosed => "trouble.wave_closed",
        ProblemCode::WaveReleased => "trouble.wave_released",
        ProblemCode::WavePlanned => "trouble.wave_planned",
        ProblemCode::EditionChanged => "trouble.edition_changed",
        ProblemCode::UnitUnknown => "trouble.unit_unknown",
        ProblemCode::CodeMissing => "trouble.code_missing",
        ProblemCode::CodeUnknown => "trouble.code_unknown",
        ProblemCode::CodeUsed => "trouble.code_used",
        // These are never the respondent's doing; one sentence says whom to tell.
        ProblemCode::Malformed
        | ProblemCode::TooLarge
        | ProblemCode::CannotOpen
        | ProblemCode::WaveUnknown
        | ProblemCode::AnswersInvalid
        | ProblemCode::NotFound
        | ProblemCode::Unavailable => "trouble.not_ours",
    }
}

fn is_leaf(units: &UnitTree, id: &str) -> bool {
    units.idx(id).is_some_and(|unit| units.is_leaf(unit))
}

fn only_leaf(units: &UnitTree) -> Option<String> {
    let mut leaves = (0..units.units().len()).filter(|unit| units.is_leaf(*unit));
    let first = leaves.next()?;
    leaves.next().is_none().then(|| units.units()[first].id.clone())
}
