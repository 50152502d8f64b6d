//! Verdicts on change: codes that are computed once, when a wave is released, and only read later.

use crate::IndexValue;
use serde::{Deserialize, Serialize};

/// What may be said of one scale in one unit, with the figures that the sentence names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Change since the wave before.
    pub change: Change,
    /// Id of that wave, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The index then, as its release shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<IndexValue>,
    /// Movement over the waves, from four on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
}

/// Change since the wave before, in order of precedence: the first that applies is the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The scale is not shown here.
    Protected,
    /// The scale was asked in other words the last time.
    Edition,
    /// The first wave with this scale in this unit.
    First,
    /// Too few of the staff answered, in this wave or the one before.
    CautionLow,
    /// Participation fell, so other people may have answered.
    CautionDrop,
    /// Shown, but on too few answers, in this wave or the one before, to judge change.
    FewVerdict,
    /// Rose by more than chance and enough to matter.
    Rise,
    /// Fell by more than chance and enough to matter.
    Fall,
    /// Moved by more than chance, but not enough to matter.
    Small,
    /// No more movement than chance can give.
    None,
}

/// Movement over four waves or more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trend {
    /// What it is.
    pub verdict: TrendVerdict,
    /// Number of waves it rests on.
    pub waves: u16,
    /// Movement a wave, in hundredths of a point, where the movement is steady.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slope: Option<i16>,
    /// Ids of the waves that the step lies between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<[String; 2]>,
}

/// What the movement over the waves is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrendVerdict {
    /// A steady rise.
    TrendUp,
    /// A steady fall.
    TrendDown,
    /// No reliable direction. Without a slope, it went up and down more than a line allows.
    TrendNone,
    /// No line, but one change that is itself a rise or a fall.
    Step,
}
