//! Trends as people read them: sentence, table and picture from the same published values.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod fixture;

use charts::{Axis, Chart, trend};
use fixture::{coded, index, language, release};
use release::{IndexValue, Published, Release};

fn chart(releases: &[Release], lang: &str) -> Chart {
    trend(releases, "SO", "T1", Axis::WHOLE, &language(lang), 340)
        .expect("the scale is in the releases")
}

fn check_sentence(releases: &[Release], expected: &str) {
    assert_eq!(chart(releases, "da").sentence, expected);
}

#[test]
fn first_and_last_value_are_told_without_a_verdict() {
    let releases = [
        release("1. halvår 2022", "f1", index(68, [66, 70])),
        release("2. halvår 2025", "f1", index(71, [70, 72])),
    ];
    check_sentence(
        &releases,
        "»Tillid fra nærmeste leder« var 68 i 1. halvår 2022 og 71 i 2. halvår 2025 i Sundhed og Omsorg (usikkerhed 70–72).",
    );
    assert_eq!(
        chart(&releases, "en").sentence,
        "“Trust from the immediate manager” was 68 in 1. halvår 2022 and 71 in 2. halvår 2025 in Sundhed og Omsorg (uncertainty 70–72).",
    );
}

#[test]
fn a_single_wave_is_told_alone() {
    let releases = [release(
        "1. halvår 2022",
        "f1",
        coded(IndexValue::AtLeast90, None),
    )];
    check_sentence(
        &releases,
        "»Tillid fra nærmeste leder« var mindst 90 i 1. halvår 2022 i Sundhed og Omsorg.",
    );
}

#[test]
fn withheld_waves_are_said_to_be_withheld() {
    let shown = release("1. halvår 2022", "f1", index(68, [66, 70]));
    let withheld = |wave| release(wave, "f1", Published::Withheld);
    check_sentence(
        &[withheld("1. halvår 2022")],
        "»Tillid fra nærmeste leder« vises ikke for Sundhed og Omsorg af hensyn til anonymiteten.",
    );
    check_sentence(
        &[shown.clone(), withheld("2. halvår 2022")],
        "»Tillid fra nærmeste leder« vises ikke for Sundhed og Omsorg i 2. halvår 2022 af hensyn til anonymiteten. \
         Den seneste viste måling er 1. halvår 2022: 68 (usikkerhed 66–70).",
    );
    let last = release("1. halvår 2023", "f1", index(70, [68, 72]));
    check_sentence(
        &[shown, withheld("2. halvår 2022"), last],
        "»Tillid fra nærmeste leder« var 68 i 1. halvår 2022 og 70 i 1. halvår 2023 i Sundhed og Omsorg (usikkerhed 68–72). \
         En tidligere måling vises ikke af hensyn til anonymiteten.",
    );
}

#[test]
fn values_before_new_questions_are_not_compared() {
    let releases = [
        release("1. halvår 2022", "f1", index(68, [66, 70])),
        release("2. halvår 2022", "f2", index(60, [58, 62])),
    ];
    check_sentence(
        &releases,
        "»Tillid fra nærmeste leder« var 60 i 2. halvår 2022 i Sundhed og Omsorg (usikkerhed 58–62). \
         Spørgsmålene i »Tillid fra nærmeste leder« blev ændret i 2. halvår 2022. Tal før og efter kan ikke sammenlignes.",
    );
    let svg = chart(&releases, "da").svg.to_svg();
    assert!(svg.contains("stroke break"), "the break is marked: {svg}");
    assert!(
        !svg.contains("area band"),
        "no band crosses the break: {svg}"
    );
}

#[test]
fn the_table_has_every_value_and_words_for_what_is_withheld() {
    let releases = [
        release("1. halvår 2022", "f1", index(68, [66, 70])),
        release("2. halvår 2022", "f1", Published::Withheld),
        release("1. halvår 2023", "f1", coded(IndexValue::AtMost10, None)),
    ];
    let table = chart(&releases, "da").table;
    assert_eq!(
        table.caption,
        "»Tillid fra nærmeste leder« i Sundhed og Omsorg, indeks 0–100"
    );
    assert_eq!(
        table.headers,
        ["Måling", "Indeks", "Usikkerhed (95\u{a0}%)", "Antal svar"]
    );
    assert_eq!(
        table.rows,
        [
            ["1. halvår 2022", "68", "66–70", "62"],
            [
                "2. halvår 2022",
                "vises ikke af hensyn til anonymiteten",
                "vises ikke",
                "vises ikke"
            ],
            ["1. halvår 2023", "højst 10", "vises ikke", "62"],
        ]
    );
}

#[test]
fn no_line_crosses_a_withheld_wave() {
    let releases = [
        release("1. halvår 2022", "f1", index(68, [66, 70])),
        release("2. halvår 2022", "f1", Published::Withheld),
        release("1. halvår 2023", "f1", index(70, [68, 72])),
    ];
    let golden = include_str!("golden/trend-gap.svg");
    assert_eq!(
        chart(&releases, "da").svg.to_svg(),
        golden,
        "see `golden/README.md`"
    );
}

#[test]
fn a_unit_that_no_wave_knows_has_no_trend() {
    let releases = [release("1. halvår 2022", "f1", index(68, [66, 70]))];
    assert_eq!(
        trend(&releases, "XX", "T1", Axis::WHOLE, &language("da"), 340),
        None
    );
    assert_eq!(
        trend(&releases, "SO", "H1", Axis::WHOLE, &language("da"), 340),
        None
    );
}
