//! The part of a wave file that the element needs.

use survey::Text;
pub use wire::Codes;

/// The rules, as far as respondents meet them.
#[derive(Debug)]
pub struct Wave {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// Who asks.
    pub employer: Text,
    /// Hash of the edition that is answered.
    pub edition: String,
    /// Languages on offer.
    pub languages: Vec<String>,
    /// What one can answer for.
    pub units: Units,
    /// Fewest answers that a published number may rest on.
    pub threshold: u32,
    /// Last day.
    pub closes: String,
    /// Whether one-time codes are asked for.
    pub codes: Codes,
}

/// A unit as the wave file lists it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Id of the unit above.
    pub parent: Option<String>,
    /// Whether staff are counted in it.
    pub has_staff: bool,
    /// Whether there are no units below it.
    pub is_leaf: bool,
}

/// The units of a wave; answers are given for leaves. As `tally::UnitTree` makes of the same list,
/// which was checked where the wave file was made.
#[derive(Debug, Default)]
pub struct Units(Vec<Unit>);

/// What `tally` adds to the id of a unit for the leaf of its own staff.
const DIRECT: &str = ".direct";

impl Units {
    /// A unit that has both units below and staff gets a leaf `<id>.direct` for its own staff.
    pub fn new(mut units: Vec<Unit>) -> Self {
        let mut direct = Vec::new();
        for at in 0..units.len() {
            let is_leaf = !units
                .iter()
                .any(|unit| unit.parent.as_ref() == Some(&units[at].id));
            let unit = &mut units[at];
            unit.is_leaf = is_leaf;
            if !is_leaf && unit.has_staff {
                direct.push(Unit {
                    id: ui::joined(&[&unit.id, DIRECT]),
                    name: unit.name.clone(),
                    parent: Some(unit.id.clone()),
                    has_staff: true,
                    is_leaf: true,
                });
            }
        }
        units.append(&mut direct);
        Self(units)
    }

    /// All units, in the order of the list.
    pub fn all(&self) -> &[Unit] {
        &self.0
    }

    /// The unit called `id`.
    pub fn get(&self, id: &str) -> Option<&Unit> {
        self.0.iter().find(|unit| unit.id == id)
    }

    /// The id of the only leaf, where there is one.
    pub fn only_leaf(&self) -> Option<&str> {
        let mut leaves = self.0.iter().filter(|unit| unit.is_leaf);
        let first = leaves.next()?;
        leaves.next().is_none().then_some(&first.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tally::UnitTree;

    fn listed(list: &[(&str, Option<&str>, Option<u32>)]) -> Units {
        let unit = |(id, parent, staff): &(&str, Option<&str>, Option<u32>)| Unit {
            id: (*id).into(),
            name: (*id).into(),
            parent: parent.map(str::to_owned),
            has_staff: staff.is_some(),
            is_leaf: false,
        };
        Units::new(list.iter().map(unit).collect())
    }

    fn checked(list: &[(&str, Option<&str>, Option<u32>)]) -> UnitTree {
        let unit = |(id, parent, headcount): &(&str, Option<&str>, Option<u32>)| tally::Unit {
            id: (*id).into(),
            name: (*id).into(),
            parent: parent.map(str::to_owned),
            headcount: *headcount,
        };
        UnitTree::new(list.iter().map(unit).collect()).expect("a tree")
    }

    #[test]
    fn units_are_those_that_are_counted() {
        let list = [
            ("a", Some("all"), Some(7)),
            ("all", None, Some(0)),
            ("b", Some("a"), None),
            ("c", Some("a"), Some(5)),
        ];
        let tree = checked(&list);
        let expected: Vec<_> = (tree.units().iter().enumerate())
            .map(|(at, unit)| (unit.id.as_str(), unit.parent.as_deref(), tree.is_leaf(at)))
            .collect();
        let units = listed(&list);
        let found: Vec<_> = (units.all().iter())
            .map(|unit| (unit.id.as_str(), unit.parent.as_deref(), unit.is_leaf))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_single_leaf_leaves_nothing_to_choose() {
        let only = |list| listed(list).only_leaf().map(str::to_owned);
        assert_eq!(only(&[("x", None, None)]), Some("x".into()));
        let one_below = [("all", None, None), ("x", Some("all"), None)];
        assert_eq!(only(&one_below), Some("x".into()));
        let with_staff = [("all", None, Some(3)), ("x", Some("all"), None)];
        assert_eq!(only(&with_staff), None);
    }
}
