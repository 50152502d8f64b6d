//! Lists histograms: how many of each item's agree with everything that is published of a block, and with
//! the rule that none is shown in which all, or all but one, are alike.

use super::attacker::is_composite;
use super::world::World;
use release::{IndexValue, ItemDetail, Release, UnitResult};
use std::collections::BTreeSet;
use survey::Answer;

/// Objects with a panic if the index of `scale`, with what is shown of its items, leaves a single
/// histogram of an item in any block of fewer than 20. Blocks in which somebody skipped an item are left
/// out: there the equations have more unknowns.
pub fn leaves_room(world: &World, release: &Release, scale: usize) {
    let survey = world.edition.survey();
    let items: Vec<usize> = survey.scale_items(&survey.scales[scale]).collect();
    let points = survey.points(items[0]);
    if is_composite(world, scale) || points > 5 {
        return;
    }
    // Lists grow fast; libFuzzer's builds have the time.
    let most = if cfg!(debug_assertions) { 12 } else { 20 };
    let id = &survey.scales[scale].id;
    let of = |unit: usize| {
        release
            .unit(&world.tree.units()[unit].id)
            .expect("every unit")
    };
    let shows = |unit: usize| of(unit).scales[id].shown().is_some();
    for unit in (0..world.rows.len()).filter(|unit| shows(*unit)) {
        let below = shown_below(world, unit, &shows);
        let all = rows_below(world, unit);
        let n = all.len()
            - below
                .iter()
                .map(|u| rows_below(world, *u).len())
                .sum::<usize>();
        let skips = |row: &Vec<Answer>| items.iter().any(|i| !matches!(row[*i], Answer::Point(_)));
        if n == 0 || n >= most || all.iter().any(|row| skips(row)) {
            continue;
        }
        let steps = items.len() * (points - 1);
        let mut sum = sum_range(of(unit), id, steps);
        for part in &below {
            let (lo, hi) = sum_range(of(*part), id, steps);
            sum = (sum.0 - hi, sum.1 - lo);
        }
        let known: Vec<Option<[usize; 3]>> = items
            .iter()
            .map(|item| {
                let name = &survey.items[*item].id;
                let detail = of(unit).items[name]
                    .shown()
                    .map(|value| value.detail.clone());
                let alone = below.is_empty() && matches!(detail, Some(ItemDetail::Groups(_)));
                alone.then(|| groups(&histogram(&all, *item, points)))
            })
            .collect();
        check(&known, n, points, sum, &format!("{id} in {}", of(unit).id));
    }
}

fn check(known: &[Option<[usize; 3]>], n: usize, points: usize, sum: (i64, i64), what: &str) {
    let candidates: Vec<Vec<Vec<usize>>> = known
        .iter()
        .map(|known| {
            let mut found = Vec::new();
            list(&mut vec![0; points], 0, n, &mut found);
            found.retain(|h| known.is_none_or(|known| groups(h) == known));
            found
        })
        .collect();
    for (item, own) in candidates.iter().enumerate() {
        // Points are no secret where three groups are all there is.
        if known[item].is_some() && points <= 3 {
            continue;
        }
        let others = candidates
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != item);
        let rest = others.fold(BTreeSet::from([0]), |sums, (_, list)| {
            let steps: BTreeSet<i64> = list.iter().map(|h| steps(h)).collect();
            sums.iter()
                .flat_map(|a| steps.iter().map(move |b| a + b))
                .collect()
        });
        let fits = |h: &&Vec<usize>| {
            let wanted = sum.0 - steps(h)..=sum.1 - steps(h);
            rest.range(wanted).next().is_some()
        };
        let possible: Vec<&Vec<usize>> = own.iter().filter(fits).collect();
        let in_groups: BTreeSet<[usize; 3]> = possible.iter().map(|h| groups(h)).collect();
        assert!(possible.len() >= 2, "{what}: item {item} is {possible:?}");
        assert!(
            n >= 10 || in_groups.len() >= 2,
            "{what}: item {item} is {in_groups:?}"
        );
    }
}

/// The steps that everybody's answers add up to, as far as the index tells; a reversed item counts from the
/// other end, which changes no number of histograms. In half points, so that all is whole.
fn sum_range(unit: &UnitResult, scale: &str, steps_each: usize) -> (i64, i64) {
    let value = unit.scales[scale]
        .shown()
        .expect("only shown units are asked");
    let most = i64::from(value.n) * i64::try_from(steps_each).expect("few steps");
    let (lo, hi) = match value.index {
        IndexValue::AtMost10 => (0, 20),
        IndexValue::AtLeast90 => (180, 200),
        IndexValue::Points(points) => (2 * i64::from(points) - 1, 2 * i64::from(points) + 1),
    };
    (
        (lo * most + 199).div_euclid(200).max(0),
        (hi * most).div_euclid(200).min(most),
    )
}

fn shown_below(world: &World, unit: usize, shows: &impl Fn(usize) -> bool) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = world.tree.children(unit).to_vec();
    while let Some(at) = open.pop() {
        if shows(at) {
            found.push(at);
        } else {
            open.extend(world.tree.children(at));
        }
    }
    found
}

fn rows_below(world: &World, unit: usize) -> Vec<&Vec<Answer>> {
    let is_below = |leaf: &usize| {
        std::iter::successors(Some(*leaf), |at| world.tree.parent(*at)).any(|at| at == unit)
    };
    let leaves = (0..world.rows.len()).filter(is_below);
    leaves.flat_map(|leaf| &world.rows[leaf]).collect()
}

fn histogram(rows: &[&Vec<Answer>], item: usize, points: usize) -> Vec<usize> {
    let mut histogram = vec![0; points];
    for row in rows {
        if let Answer::Point(point) = row[item] {
            histogram[usize::from(point) - 1] += 1;
        }
    }
    histogram
}

fn steps(histogram: &[usize]) -> i64 {
    let steps = histogram
        .iter()
        .enumerate()
        .map(|(step, count)| step * count);
    i64::try_from(steps.sum::<usize>()).expect("small")
}

fn groups(histogram: &[usize]) -> [usize; 3] {
    let wide = histogram.len() / 2;
    let below = histogram[..wide].iter().sum();
    let above = histogram[histogram.len() - wide..].iter().sum();
    [
        below,
        histogram.iter().sum::<usize>() - below - above,
        above,
    ]
}

fn list(histogram: &mut Vec<usize>, point: usize, left: usize, found: &mut Vec<Vec<usize>>) {
    if point + 1 == histogram.len() {
        histogram[point] = left;
        let n: usize = histogram.iter().sum();
        if histogram.iter().all(|count| count + 1 < n) {
            found.push(histogram.clone());
        }
        return;
    }
    for here in 0..=left {
        histogram[point] = here;
        list(histogram, point + 1, left - here, found);
    }
}
