//! Numbers that cannot be, alone or with those beside them.

use super::report::{Code, Finding};
use release::{
    IndexValue, ItemDetail, ItemValue, Kind, Participation, Release, Responses, Scale, ScaleValue,
    UnitResult,
};

/// From this many answers on, an index is not coded at the ends.
const CODED_UNDER: u32 = 20;

/// Every number of a release that cannot be.
pub(super) fn implausible(release: &Release) -> Vec<Finding> {
    let mut findings = Vec::new();
    for unit in &release.units {
        let mut object = |measure: &str, words: &str| {
            findings.push(Finding {
                wave: release.wave.id.clone(),
                code: Code::Implausible,
                units: vec![unit.id.clone()],
                measure: measure.to_owned(),
                combination: String::new(),
                words: words.to_owned(),
            });
        };
        let responses = unit.responses.shown();
        if let Some(words) = responses.and_then(wrong_responses) {
            object("responses", words);
        }
        for (id, value) in &unit.scales {
            if let Some(words) = value
                .shown()
                .and_then(|value| wrong_scale(value, responses))
            {
                object(id, words);
            }
        }
        for (id, value) in &unit.items {
            let points = points(release, id);
            let wrong = |value| wrong_item(value, points, responses);
            if let Some(words) = value.shown().and_then(wrong) {
                object(id, words);
            }
        }
    }
    findings
}

fn points(release: &Release, item: &str) -> usize {
    let instrument = &release.instrument;
    let item = instrument.items.iter().find(|known| known.id == item);
    let anchors = item.and_then(|item| instrument.anchors.get(&item.anchors));
    anchors.map_or(0, |anchors| anchors.points.len())
}

fn wrong_responses(responses: &Responses) -> Option<&'static str> {
    let Participation { headcount, percent } = responses.participation.shown()?;
    let (n, staff) = (u64::from(responses.n), u64::from(*headcount));
    if n > staff {
        return Some("more responses than staff");
    }
    // Half up, in whole numbers.
    let rounded = (200 * n + staff) / (2 * staff.max(1));
    (rounded != u64::from(*percent)).then_some("participation is not responses of staff")
}

fn wrong_scale(value: &ScaleValue, responses: Option<&Responses>) -> Option<&'static str> {
    let Some(responses) = responses else {
        return Some("a scale is shown where the number of responses is not");
    };
    if value.n > responses.n {
        return Some("more answers than responses");
    }
    wrong_index(value).or_else(|| wrong_spread(value))
}

fn wrong_index(value: &ScaleValue) -> Option<&'static str> {
    let is_small = value.n < CODED_UNDER;
    match value.index {
        IndexValue::AtMost10 | IndexValue::AtLeast90 => {
            (!is_small).then_some("the index of a large group is coded")
        }
        IndexValue::Points(points) if points > 100 => Some("the index is over 100"),
        IndexValue::Points(points) if is_small && !(10..=90).contains(&points) => {
            Some("the index of a small group is not coded at the end")
        }
        IndexValue::Points(points) => {
            let is_outside = |[lo, hi]: [u8; 2]| points < lo || points > hi || hi > 100;
            value
                .interval
                .is_some_and(is_outside)
                .then_some("the interval does not hold the index")
        }
    }
}

fn wrong_spread(value: &ScaleValue) -> Option<&'static str> {
    // No more than half of the answers at either end: 50, times √(n/(n−1)).
    let most = 50.0 * (f64::from(value.n) / (f64::from(value.n) - 1.0).max(1.0)).sqrt();
    let sd = value.sd?;
    if f64::from(sd) > most + 0.5 {
        return Some("the standard deviation is larger than any can be");
    }
    let moments = value.moments?;
    let rounds_to =
        |hundredths: u16, whole: u8| u32::from(hundredths).abs_diff(100 * u32::from(whole)) <= 51;
    let is_mean = match value.index {
        IndexValue::Points(points) => rounds_to(moments.mean, points),
        IndexValue::AtMost10 => moments.mean <= 1_000,
        IndexValue::AtLeast90 => moments.mean >= 9_000,
    };
    (!is_mean || !rounds_to(moments.sd, sd)).then_some("two decimals do not round to whole points")
}

fn wrong_item(
    value: &ItemValue,
    points: usize,
    responses: Option<&Responses>,
) -> Option<&'static str> {
    let Some(responses) = responses else {
        return Some("an item is shown where the number of responses is not");
    };
    if value.n > responses.n {
        return Some("more answers than responses");
    }
    let (shares, step) = match &value.detail {
        ItemDetail::Groups(groups) => (&groups[..], 5),
        ItemDetail::Points { percent, .. } if percent.len() != points => {
            return Some("not one share a point");
        }
        ItemDetail::Points {
            percent,
            not_applicable,
        } if *not_applicable <= 100 => (&percent[..], 1),
        ItemDetail::Points { .. } => return Some("a share is over 100 %"),
    };
    if step == 5 && shares.iter().any(|share| share % 5 != 0) {
        return Some("shares of groups are not in steps of 5 %");
    }
    let sum: usize = shares.iter().copied().map(usize::from).sum();
    // Each share is half a step off at most.
    (2 * sum.abs_diff(100) > step * shares.len()).then_some("the shares do not add up to 100 %")
}

/// Verdicts that do not go with what is shown.
pub(super) fn verdicts(release: &Release) -> Vec<Finding> {
    let of_unit = |unit: &UnitResult| -> Vec<Finding> {
        let scales = release.instrument.scales.iter();
        scales
            .filter_map(|scale| {
                let shown = unit.scales.get(&scale.id)?.shown().is_some();
                wrong_verdict(release, unit, scale, shown)
            })
            .collect()
    };
    release.units.iter().flat_map(of_unit).collect()
}

fn wrong_verdict(
    release: &Release,
    unit: &UnitResult,
    scale: &Scale,
    shown: bool,
) -> Option<Finding> {
    let verdict = unit.verdicts.get(&scale.id);
    let is_bare = |verdict: &release::Verdict| {
        verdict.since.is_none() && verdict.from.is_none() && verdict.trend.is_none()
    };
    let is_protected = verdict.map(|verdict| verdict.change == release::Change::Protected);
    let words = match (shown, is_protected) {
        // Beside the longer scales its answers are judged with theirs.
        (_, None) if scale.kind == Kind::Short => return None,
        (_, None) => "there is no verdict",
        (true, Some(false)) => return None,
        (true, Some(true)) => "the scale is shown, and its verdict says that it is protected",
        (false, Some(true)) if verdict.is_none_or(is_bare) => return None,
        (false, Some(_)) => "the scale is withheld, and its verdict says something of it",
    };
    Some(Finding {
        wave: release.wave.id.clone(),
        code: Code::Verdict,
        units: vec![unit.id.clone()],
        measure: scale.id.clone(),
        combination: String::new(),
        words: words.to_owned(),
    })
}
