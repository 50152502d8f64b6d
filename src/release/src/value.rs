//! Published values. Integers only: what is rounded for people is rounded in the file.

use crate::Verdict;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

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

// By hand and not as an untagged enum, whose detour through a tree of values makes every module
// that reads releases 10 kB larger to download.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Published<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PublishedVisitor(PhantomData))
    }
}

struct PublishedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PublishedVisitor<T> {
    type Value = Published<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value or `{WITHHELD}`")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Self::Value, E> {
        if word == WITHHELD {
            Ok(Published::Withheld)
        } else {
            Err(E::custom(format_args!("`{word}` is not `{WITHHELD}`")))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields)).map(Published::Shown)
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
    /// Verdicts by scale id. A short scale has none in two waves that asked the longer ones too.
    pub verdicts: BTreeMap<String, Verdict>,
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
    /// Mean and standard deviation to two decimals, for verdicts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moments: Option<Moments>,
}

/// Mean and standard deviation of scores in hundredths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moments {
    /// Mean, 0 to 10 000.
    pub mean: u16,
    /// Standard deviation, 0 to 5 000 and a little.
    pub sd: u16,
}

/// A mean score from 0 to 100 in whole points. Under 20 answers the ends are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexValue {
    /// 10 or less.
    AtMost10,
    /// Whole points.
    Points(u8),
    /// 90 or more.
    AtLeast90,
}

impl Serialize for IndexValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::AtMost10 => serializer.serialize_str("at_most_10"),
            Self::Points(points) => serializer.serialize_u8(*points),
            Self::AtLeast90 => serializer.serialize_str("at_least_90"),
        }
    }
}

impl<'de> Deserialize<'de> for IndexValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IndexVisitor)
    }
}

struct IndexVisitor;

impl Visitor<'_> for IndexVisitor {
    type Value = IndexValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an index: 0 to 100, `at_most_10` or `at_least_90`")
    }

    fn visit_u64<E: de::Error>(self, points: u64) -> Result<IndexValue, E> {
        match u8::try_from(points) {
            Ok(points) if points <= 100 => Ok(IndexValue::Points(points)),
            Ok(_) | Err(_) => Err(E::invalid_value(Unexpected::Unsigned(points), &self)),
        }
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<IndexValue, E> {
        match word {
            "at_most_10" => Ok(IndexValue::AtMost10),
            "at_least_90" => Ok(IndexValue::AtLeast90),
            _ => Err(E::invalid_value(Unexpected::Str(word), &self)),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Published<ScaleValue>, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn a_value_is_shown_or_withheld_and_nothing_else() {
        assert_eq!(read("\"withheld\""), Ok(Published::Withheld));
        let shown = read(r#"{"n":7,"index":"at_least_90"}"#).expect("a value");
        assert_eq!(
            shown.shown().map(|value| value.index),
            Some(IndexValue::AtLeast90)
        );
        let refused = |json: &str, reason: &str| {
            let words = read(json).expect_err(json);
            assert!(words.contains(reason), "{json}: {words}");
        };
        refused("\"hidden\"", "`hidden` is not `withheld`");
        refused("null", "expected a value or `withheld`");
        refused(r#"{"n":7,"index":101}"#, "expected an index: 0 to 100");
        refused(r#"{"n":7,"index":70,"mean":69.7}"#, "unknown field `mean`");
    }
}
