//! The order of precedence of verdicts, on releases of one unit and one scale.

use disclosure::{Earlier, verdicts};
use release::{
    Change, IndexValue, Instrument, Kind, Moments, Participation, Policy, Published,
    RELEASE_FORMAT, Release, Responses, Scale, ScaleValue, TrendVerdict, UnitResult, Verdict, Wave,
};
use std::collections::BTreeMap;

/// One wave: mean of T in hundredths, answers, and staff.
#[derive(Clone, Copy)]
struct Point {
    mean: u16,
    n: u32,
    staff: u32,
    unit: &'static str,
    words: &'static str,
}

const fn wave(mean: u16, n: u32, staff: u32) -> Point {
    Point {
        mean,
        n,
        staff,
        unit: "A",
        words: "old",
    }
}

fn release(at: usize, point: Point) -> Release {
    Release {
        format: RELEASE_FORMAT.to_owned(),
        software: String::new(),
        wave: Wave {
            id: format!("w{at}"),
            name: [].into(),
            employer: [].into(),
            opens: String::new(),
            closes: String::new(),
        },
        edition: String::new(),
        wave_file: String::new(),
        policy: Policy {
            threshold: 5,
            interval: 10,
            distribution: 20,
            verdict: 50,
            relevance: 5,
            low_participation: 60,
            participation_drop: 10,
        },
        instrument: instrument(point.words),
        units: vec![unit(point)],
        quality: BTreeMap::new(),
        earlier: Vec::new(),
        evidence: Vec::new(),
    }
}

fn instrument(words: &str) -> Instrument {
    Instrument {
        id: String::new(),
        title: [].into(),
        status: String::new(),
        license: String::new(),
        languages: Vec::new(),
        anchors: [].into(),
        items: Vec::new(),
        scales: vec![Scale {
            id: "T".to_owned(),
            name: [].into(),
            kind: Kind::Reflective,
            principle: None,
            items: Vec::new(),
            parts: Vec::new(),
            fingerprint: words.to_owned(),
        }],
        themes: Vec::new(),
    }
}

fn unit(point: Point) -> UnitResult {
    let participation = Published::Shown(Participation {
        headcount: point.staff,
        percent: 0,
    });
    let responses = Published::Shown(Responses {
        n: point.n,
        participation: if point.staff == 0 {
            Published::Withheld
        } else {
            participation
        },
    });
    UnitResult {
        id: point.unit.to_owned(),
        name: String::new(),
        parent: None,
        responses,
        scales: BTreeMap::from([("T".to_owned(), value(point))]),
        items: BTreeMap::new(),
        verdicts: BTreeMap::new(),
    }
}

fn value(point: Point) -> Published<ScaleValue> {
    if point.n < 5 {
        return Published::Withheld;
    }
    let moments = Moments {
        mean: point.mean,
        sd: 1800,
    };
    Published::Shown(ScaleValue {
        n: point.n,
        index: IndexValue::Points(u8::try_from((point.mean + 50) / 100).expect("an index")),
        interval: None,
        sd: None,
        moments: (point.n >= 50).then_some(moments),
    })
}

/// Releases the waves one after the other; the verdict of the last.
fn last(points: &[Point]) -> Verdict {
    let mut earlier: Vec<Earlier> = Vec::new();
    for (at, point) in points.iter().enumerate() {
        let mut release = release(at, *point);
        let found = verdicts(&release, &earlier);
        for (unit, verdicts) in release.units.iter_mut().zip(found) {
            unit.verdicts = verdicts;
        }
        let sha256 = at.to_string();
        earlier.push(Earlier { sha256, release });
    }
    let last = earlier.pop().expect("a wave").release;
    last.units[0].verdicts["T"].clone()
}

fn check(points: &[Point], expected: Change) {
    assert_eq!(last(points).change, expected);
}

#[test]
fn a_change_is_called_from_five_points_and_little_chance() {
    check(&[wave(6000, 200, 250), wave(6700, 200, 250)], Change::Rise);
    check(&[wave(6700, 200, 250), wave(6000, 200, 250)], Change::Fall);
    check(&[wave(6000, 900, 999), wave(6499, 900, 999)], Change::Small);
    check(&[wave(6000, 900, 999), wave(6500, 900, 999)], Change::Rise);
    check(&[wave(6000, 55, 60), wave(6600, 55, 60)], Change::None);
}

#[test]
fn fifty_answers_are_needed_in_both_waves() {
    check(
        &[wave(6000, 49, 55), wave(8000, 300, 350)],
        Change::FewVerdict,
    );
    check(
        &[wave(6000, 300, 350), wave(8000, 49, 55)],
        Change::FewVerdict,
    );
    check(
        &[wave(6000, 4, 5), wave(8000, 300, 350)],
        Change::FewVerdict,
    );
    check(&[wave(6000, 300, 350), wave(8000, 4, 5)], Change::Protected);
}

#[test]
fn participation_comes_before_numbers() {
    let good = wave(6000, 300, 400);
    check(&[good, wave(8000, 239, 400)], Change::CautionLow);
    check(&[good, wave(8000, 260, 400)], Change::Rise);
    check(&[good, wave(8000, 259, 400)], Change::CautionDrop);
    // What came before may be as lopsided as what comes after.
    check(
        &[wave(6000, 239, 400), wave(8000, 300, 400)],
        Change::CautionLow,
    );
    check(&[good, wave(8000, 40, 100)], Change::CautionLow);
    // Nothing is known of the staff: no caution can be given.
    check(&[wave(6000, 300, 0), wave(8000, 100, 0)], Change::Rise);
}

#[test]
fn other_words_and_other_units_have_no_past() {
    let old = wave(6000, 300, 400);
    check(&[old], Change::First);
    check(&[Point { unit: "B", ..old }, old], Change::First);
    let new = Point {
        words: "new",
        ..old
    };
    check(&[old, new], Change::Edition);
    check(&[old, Point { n: 100, ..new }], Change::Edition);
    check(&[old, new, new], Change::None);
    // The line begins anew too.
    assert_eq!(last(&[old, old, new, new, new]).trend, None);
}

#[test]
fn the_figures_of_the_sentence_are_those_of_the_wave_before() {
    let verdict = last(&[wave(6000, 200, 250), wave(6700, 200, 250)]);
    assert_eq!(verdict.since.as_deref(), Some("w0"));
    assert_eq!(verdict.from, Some(IndexValue::Points(60)));
}

#[test]
fn a_line_needs_four_waves_and_must_fit() {
    let line =
        |means: &[u16]| -> Vec<Point> { means.iter().map(|mean| wave(*mean, 400, 500)).collect() };
    assert_eq!(last(&line(&[6000, 6300, 6600])).trend, None);
    let up = last(&line(&[6000, 6200, 6400, 6600]))
        .trend
        .expect("four waves");
    assert_eq!(
        (up.verdict, up.slope, up.waves),
        (TrendVerdict::TrendUp, Some(200), 4)
    );
    let down = last(&line(&[6600, 6400, 6200, 6000]))
        .trend
        .expect("four waves");
    assert_eq!(down.verdict, TrendVerdict::TrendDown);
    let flat = last(&line(&[6000, 6010, 5990, 6000]))
        .trend
        .expect("four waves");
    assert_eq!(flat.verdict, TrendVerdict::TrendNone);
    let step = last(&line(&[6000, 6000, 7000, 7000]))
        .trend
        .expect("four waves");
    assert_eq!(step.verdict, TrendVerdict::Step);
    assert_eq!(step.step, Some(["w1".to_owned(), "w2".to_owned()]));
    let swing = last(&line(&[6000, 7000, 6000, 7000]))
        .trend
        .expect("four waves");
    assert_eq!(
        (swing.verdict, swing.slope, swing.step),
        (TrendVerdict::TrendNone, None, None)
    );
}

/// A wave that few answered is no point of the line, and a verdict under caution has no trend.
#[test]
fn waves_under_caution_bend_no_line() {
    let good = |mean| wave(mean, 400, 500);
    let low = wave(9000, 250, 500);
    let trend = last(&[
        good(6000),
        good(6000),
        low,
        good(6000),
        good(6000),
        good(6000),
    ])
    .trend;
    let trend = trend.expect("five waves that count");
    assert_eq!((trend.verdict, trend.waves), (TrendVerdict::TrendNone, 5));
    assert_eq!(
        last(&[good(6000), good(6000), good(6000), good(6000), low]).trend,
        None
    );
}
