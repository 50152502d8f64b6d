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

    #[test]
    fn staff_of_a_unit_with_units_below_get_a_leaf_of_their_own() {
        let unit = |id: &str, parent: Option<&str>, has_staff| Unit {
            id: id.into(),
            name: id.into(),
            parent: parent.map(str::to_owned),
            has_staff,
            is_leaf: false,
        };
        let list = vec![
            unit("all", None, false),
            unit("a", Some("all"), true),
            unit("b", Some("a"), false),
        ];
        let units = Units::new(list);
        let leaves: Vec<&str> = (units.all().iter())
            .filter(|unit| unit.is_leaf)
            .map(|unit| unit.id.as_str())
            .collect();
        assert_eq!(leaves, ["b", "a.direct"]);
        assert_eq!(
            units.get("a.direct").map(|unit| unit.name.as_str()),
            Some("a")
        );
        assert_eq!(units.only_leaf(), None);
    }
}
