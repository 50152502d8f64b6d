//! Distributions as people read them.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod fixture;

use charts::{Chart, distribution};
use fixture::{answered, item, language};
use release::{ItemDetail, Published, Release};

fn chart(release: &Release) -> Chart {
    distribution(release, "SO", "T1", &language("da"), 320).expect("the scale is in the release")
}

fn points(percent: [u8; 5], not_applicable: u8) -> Published<release::ItemValue> {
    item(ItemDetail::Points {
        percent: percent.to_vec(),
        not_applicable,
    })
}

#[test]
fn the_sentence_names_the_most_and_the_fewest_positive_answers() {
    let chart = chart(&answered(
        points([2, 5, 10, 50, 33], 3),
        points([5, 20, 34, 30, 11], 12),
    ));
    assert_eq!(
        chart.sentence,
        "Flest positive svar i Sundhed og Omsorg får »Min leder går ud fra, at jeg løser mine opgaver ordentligt« \
         (cirka 83\u{a0}%). Færrest får »Min leder giver mig gerne ansvar« (cirka 41\u{a0}%)."
    );
    let svg = chart.svg.to_svg();
    assert_eq!(
        svg,
        include_str!("golden/distribution-points.svg"),
        "see `golden/README.md`"
    );
    let labels: Vec<&str> = chart.keys.iter().map(|key| key.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "Helt uenig",
            "Uenig",
            "Hverken enig eller uenig",
            "Enig",
            "Helt enig"
        ]
    );
}

#[test]
fn three_groups_have_their_own_columns() {
    let groups = |low, middle, high| item(ItemDetail::Groups([low, middle, high]));
    let chart = chart(&answered(groups(10, 20, 70), groups(10, 20, 70)));
    assert_eq!(
        chart.sentence,
        "I Sundhed og Omsorg er cirka 70\u{a0}% af svarene positive på hvert udsagn i »Tillid fra nærmeste leder«."
    );
    assert_eq!(
        chart.table.headers,
        [
            "Udsagn",
            "Antal svar",
            "Negative svar",
            "Hverken-eller",
            "Positive svar"
        ]
    );
    assert_eq!(
        chart.table.rows[1],
        [
            "Min leder giver mig gerne ansvar.",
            "62",
            "10\u{a0}%",
            "20\u{a0}%",
            "70\u{a0}%"
        ]
    );
    let classes: Vec<&str> = chart.keys.iter().map(|key| key.class).collect();
    assert_eq!(
        classes,
        ["step-1", "step-5", "step-9"],
        "the colours of the bars"
    );
}

#[test]
fn withheld_items_are_worded_and_hatched() {
    let chart = chart(&answered(Published::Withheld, Published::Withheld));
    assert_eq!(
        chart.sentence,
        "Svarene på »Tillid fra nærmeste leder« vises ikke for Sundhed og Omsorg af hensyn til anonymiteten."
    );
    assert_eq!(
        chart.table.rows[0][1],
        "vises ikke af hensyn til anonymiteten"
    );
    let svg = chart.svg.to_svg();
    assert!(
        svg.contains("stroke gap") && svg.contains(">vises ikke af hensyn til anonymiteten</text>")
    );
}
