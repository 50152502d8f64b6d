//! Published values. Integers only: what is rounded for people is rounded in the file.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// A value, or the fact that it is withheld. One public reason covers all cases, since a second one
/// would say that a number is small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published<T> {
    /// Withheld to protect anonymity.
    Withheld,
    /// Shown.
    Shown(T),
}

impl<T> Published<T> {
    /// The value, if it is shown.
    pub fn shown(&self) -> Option<&T> {
        match self {
            Self::Withheld => None,
            Self::Shown(value) => Some(value),
        }
    }
}

const WITHHELD: &str = "withheld";

impl<T: Serialize> Serialize for Published<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Withheld => serializer.serialize_str(WITHHELD),
            Self::Shown(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Published<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw<T> {
            Word(String),
            Value(T),
        }
        match Raw::deserialize(deserializer)? {
            Raw::Word(word) if word == WITHHELD => Ok(Self::Withheld),
            Raw::Word(word) => Err(D::Error::custom(format!("`{word}` is not `{WITHHELD}`"))),
            Raw::Value(value) => Ok(Self::Shown(value)),
        }
    }
}

/// What may be shown of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitResult {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Id of the unit above; the root has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// How many responded.
    pub responses: Published<Responses>,
    /// Values by scale id; every scale of the instrument is there.
    pub scales: BTreeMap<String, Published<ScaleValue>>,
    /// Values by item id; every item of the instrument is there.
    pub items: BTreeMap<String, Published<ItemValue>>,
}

/// How many responded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responses {
    /// Responses.
    pub n: u32,
    /// Share of the staff, where headcounts are known, plausible and may be shown.
    pub participation: Published<Participation>,
}

/// Responses against staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participation {
    /// Staff.
    pub headcount: u32,
    /// Whole percent.
    pub percent: u8,
}

/// A scale's value in one unit. What is absent belongs to a level of detail that is not reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleValue {
    /// Respondents with a score.
    pub n: u32,
    /// Mean score.
    pub index: IndexValue,
    /// 95 % interval of the index with finite-population correction, whole points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<[u8; 2]>,
    /// Standard deviation of the scores, whole points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sd: Option<u8>,
    /// Mean in hundredths of a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_x100: Option<u32>,
    /// Standard deviation in hundredths of a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sd_x100: Option<u32>,
}

/// A mean score from 0 to 100 in whole points. Under 20 answers the ends are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexValue {
    /// Below 10.
    Under10,
    /// Whole points.
    Points(u8),
    /// Above 90.
    Over90,
}

impl Serialize for IndexValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Under10 => serializer.serialize_str("under_10"),
            Self::Points(points) => serializer.serialize_u8(*points),
            Self::Over90 => serializer.serialize_str("over_90"),
        }
    }
}

impl<'de> Deserialize<'de> for IndexValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            Points(u8),
            Word(String),
        }
        match Raw::deserialize(deserializer)? {
            Raw::Points(points) if points <= 100 => Ok(Self::Points(points)),
            Raw::Word(word) if word == "under_10" => Ok(Self::Under10),
            Raw::Word(word) if word == "over_90" => Ok(Self::Over90),
            _ => Err(D::Error::custom(
                "an index is 0 to 100, `under_10` or `over_90`",
            )),
        }
    }
}

/// An item's value in one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemValue {
    /// Answers with a point.
    pub n: u32,
    /// As much as the level of detail allows.
    pub detail: ItemDetail,
}

/// How finely an item is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ItemDetail {
    /// Mean of the answers from 0 to 100.
    Index(IndexValue),
    /// Share below, at and above the midpoint, in percent rounded to 5. For a reversed item the
    /// order is turned, so that the last is always the favourable one.
    Groups([u8; 3]),
    /// Share of each point in whole percent, lowest point first, and the share of *not applicable*
    /// among those who answered or said so.
    Points {
        /// Percent of each point.
        percent: Vec<u8>,
        /// Percent that chose *not applicable*.
        not_applicable: u8,
    },
}
