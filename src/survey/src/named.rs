//! A map of a few names, kept as a sorted list.
//!
//! A survey has a handful of languages, sources and rows of anchors. A list finds them as fast as a
//! `BTreeMap`, whose code would be part of what every respondent downloads.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Values by name, in the order of names. In JSON it is an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<V>(Vec<(String, V)>);

impl<V> Named<V> {
    /// The value called `name`.
    pub fn get(&self, name: &str) -> Option<&V> {
        let at = self.place_of(name).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Whether there is a value called `name`.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place_of(name).is_ok()
    }

    /// Adds a value, or replaces the one of the same name, which is returned.
    pub fn insert(&mut self, name: String, value: V) -> Option<V> {
        match self.place_of(&name) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (name, value));
                None
            }
        }
    }

    /// Names with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &V)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// The names.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.iter().map(|(name, _)| name)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Where `name` is, or where it belongs.
    fn place_of(&self, name: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(other, _)| other.as_str().cmp(name))
    }
}

impl<V> Default for Named<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Of several values of one name, the last stays.
impl<V> FromIterator<(String, V)> for Named<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(pairs: I) -> Self {
        let mut named = Self::default();
        for (name, value) in pairs {
            named.insert(name, value);
        }
        named
    }
}

impl<V, const N: usize> From<[(String, V); N]> for Named<V> {
    fn from(pairs: [(String, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<V> IntoIterator for Named<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<V: Serialize> Serialize for Named<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Named<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(NamedVisitor(PhantomData))
    }
}

struct NamedVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for NamedVisitor<V> {
    type Value = Named<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named<V>, A::Error> {
        let mut named = Named::default();
        while let Some((name, value)) = map.next_entry()? {
            named.insert(name, value);
        }
        Ok(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_the_last_of_a_name_stays() {
        let pair = |name: &str, value: u8| (name.to_owned(), value);
        let named = Named::from([pair("b", 1), pair("a", 2), pair("b", 3)]);
        let pairs: Vec<_> = named
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        assert_eq!(pairs, [("a", 2), ("b", 3)]);
        assert_eq!(named.get("b"), Some(&3));
        assert_eq!(named.get("c"), None);
    }

    #[test]
    fn json_is_an_object_in_the_order_of_names() {
        let named: Named<u8> = serde_json::from_str(r#"{"b":1,"a":2}"#).expect("an object");
        let json = serde_json::to_string(&named).expect("numbers by name");
        assert_eq!(json, r#"{"a":2,"b":1}"#);
    }
}
