//! What a release says about the items of a scale.

use release::{Instrument, Item, ItemDetail, ItemValue, Published, Release};
use texts::Language;

/// The items of one scale in one unit and wave.
pub struct Rows<'a> {
    /// Name of the scale.
    pub scale: &'a str,
    /// Name of the unit.
    pub unit: &'a str,
    /// Name of the wave.
    pub wave: &'a str,
    /// One for each item of the scale.
    pub rows: Vec<Row<'a>>,
}

/// One item.
pub struct Row<'a> {
    /// The statement, with a note when agreement counts low.
    pub label: String,
    /// Labels of its points, low to high.
    pub points: Vec<&'a str>,
    /// Label of *not applicable*.
    pub not_applicable_label: &'a str,
    /// Whether agreement counts low.
    pub reversed: bool,
    /// Answers with a point, where they may be shown.
    pub n: Option<u32>,
    /// What is shown.
    pub shown: Shown<'a>,
}

/// As much of an item as the release has.
pub enum Shown<'a> {
    /// Nothing, to protect anonymity.
    Withheld,
    /// Percent of negative, middle and positive answers.
    Groups([u8; 3]),
    /// Percent of each point and of *not applicable*.
    Points {
        /// Low to high.
        percent: &'a [u8],
        /// Share of *not applicable*.
        not_applicable: u8,
    },
}

impl<'a> Rows<'a> {
    /// The rows, or nothing when the release has no such scale or unit.
    pub fn of(release: &'a Release, unit: &str, scale: &str, language: &Language) -> Option<Self> {
        let instrument = &release.instrument;
        let scale = instrument.scales.iter().find(|known| known.id == scale)?;
        let unit = release.unit(unit)?;
        let row = |id: &String| {
            let item = instrument.items.iter().find(|item| item.id == *id)?;
            Some(Row::of(instrument, item, unit.items.get(id), language))
        };
        Some(Self {
            scale: language.pick(&scale.name),
            unit: &unit.name,
            wave: language.pick(&release.wave.name),
            rows: scale.items.iter().filter_map(row).collect(),
        })
    }
}

impl<'a> Row<'a> {
    fn of(
        instrument: &'a Instrument,
        item: &'a Item,
        value: Option<&'a Published<ItemValue>>,
        language: &Language,
    ) -> Self {
        let value = value.and_then(Published::shown);
        let shown = value.map_or(Shown::Withheld, |value| match &value.detail {
            ItemDetail::Groups(percent) => Shown::Groups(*percent),
            ItemDetail::Points {
                percent,
                not_applicable,
            } => Shown::Points {
                percent,
                not_applicable: *not_applicable,
            },
        });
        let anchors = instrument.anchors.get(&item.anchors);
        let text = language.pick(&item.text);
        let label = if item.reversed {
            language.fill("distribution.reversed", &[("item", text)])
        } else {
            text.to_owned()
        };
        Self {
            label,
            points: anchors.map_or_else(Vec::new, |anchors| {
                anchors
                    .points
                    .iter()
                    .map(|point| language.pick(point))
                    .collect()
            }),
            not_applicable_label: anchors.map_or("", |a| language.pick(&a.not_applicable)),
            reversed: item.reversed,
            n: value.map(|value| value.n),
            shown,
        }
    }

    /// Percent of positive answers: above the midpoint, or below it where agreement counts low. A
    /// sum of rounded shares, so that it must be called approximate.
    pub fn positive(&self) -> Option<u8> {
        match &self.shown {
            Shown::Withheld => None,
            Shown::Groups([_, _, positive]) => Some(*positive),
            Shown::Points { percent, .. } => {
                let half = percent.len() / 2;
                let positive = if self.reversed {
                    &percent[..half]
                } else {
                    &percent[percent.len() - half..]
                };
                Some(
                    positive
                        .iter()
                        .fold(0_u8, |sum, share| sum.saturating_add(*share))
                        .min(100),
                )
            }
        }
    }
}
