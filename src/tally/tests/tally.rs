//! Counting: a hand-checkable example, the laws of merging, and reading back.

use proptest::prelude::*;
use serde_json::Value;
use survey::{Answer, Edition, Response};
use tally::{Layout, MergeError, ReadError, Tally};

/// Nine respondents, four items, with *not applicable* and blanks.
const MINI: &str = include_str!("data/mini_example.json");

/// One scale of four five-point items; `q4` reversed on request, so that a test can see it matter.
fn edition(reversed: bool) -> Edition {
    let mut file = String::from(
        r#"
format = 1
id = "mini"
status = "draft, not validated"
license = "CC0-1.0"
languages = ["en"]
title.en = "Mini"
about.en = "Mini"
sources.none = { title = "None", year = 2026 }
anchors.five.points = [{en="1"}, {en="2"}, {en="3"}, {en="4"}, {en="5"}]
anchors.five.not_applicable.en = "n/a"
"#,
    );
    for idx in 1..=4 {
        let flag = reversed && idx == 4;
        file += &format!("[[items]]\nid = \"q{idx}\"\ntext.en = \"q{idx}\"\nreversed = {flag}\n");
    }
    file += "[[scales]]\nid = \"S\"\nname.en = \"S\"\nitems = [\"q1\", \"q2\", \"q3\", \"q4\"]\n";
    file += "[[pages]]\nheading.en = \"S\"\nscale = \"S\"\n";
    survey::parse(&file).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn answer(code: u64) -> Answer {
    match code {
        0 => Answer::Blank,
        9 => Answer::NotApplicable,
        point => Answer::Point(u8::try_from(point).expect("a small code")),
    }
}

fn response(edition: &Edition, codes: &[u64]) -> Response {
    Response::new(
        edition.survey(),
        codes.iter().map(|code| answer(*code)).collect(),
    )
    .expect("codes of the survey")
}

fn tally_of(edition: &Edition, rows: &[Vec<u64>]) -> Tally {
    let layout = Layout::new(edition);
    let mut tally = Tally::zero(&layout);
    for row in rows {
        tally
            .record(&layout, edition.survey(), &response(edition, row))
            .expect("it fits");
    }
    tally
}

fn numbers(json: &Value) -> Vec<u64> {
    json.as_array()
        .expect("a list")
        .iter()
        .map(|v| v.as_u64().expect("a count"))
        .collect()
}

#[test]
fn mini_example_to_the_last_integer() {
    let file: Value = serde_json::from_str(MINI).expect("JSON");
    let edition = edition(false);
    let layout = Layout::new(&edition);
    let rows: Vec<Vec<u64>> = file["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(numbers)
        .collect();
    let tally = tally_of(&edition, &rows);
    assert_eq!(tally.n(), 9);
    for (idx, item) in edition.survey().items.iter().enumerate() {
        let counts = tally.item(&layout, idx);
        let mut found: Vec<u64> = counts
            .points
            .iter()
            .map(|count| u64::from(*count))
            .collect();
        found.extend([u64::from(counts.not_applicable), u64::from(counts.blank)]);
        assert_eq!(found, numbers(&file["hist"][&item.id]), "{}", item.id);
    }
    let rows = file["score_hist"]["S"]
        .as_array()
        .expect("rows of the score table");
    let mut cells = tally.scores(&layout, 0);
    for (answered, row) in rows.iter().enumerate() {
        for (sum, expected) in numbers(row).into_iter().enumerate() {
            let cell = cells.next().expect("a cell");
            assert_eq!((cell.answered, cell.sum), (answered, sum));
            assert_eq!(u64::from(cell.count), expected, "a = {answered}, S = {sum}");
        }
    }
    assert_eq!(cells.next(), None);
}

#[test]
fn a_reversed_item_counts_from_the_other_end() {
    let sum = |reversed| {
        let edition = edition(reversed);
        let layout = Layout::new(&edition);
        let tally = tally_of(&edition, &[vec![5, 4, 3, 2]]);
        let cell = tally
            .scores(&layout, 0)
            .find(|cell| cell.count == 1)
            .expect("one respondent");
        (cell.answered, cell.sum)
    };
    assert_eq!(sum(false), (4, 4 + 3 + 2 + 1));
    assert_eq!(sum(true), (4, 4 + 3 + 2 + 3));
}

#[test]
fn editions_never_merge() {
    let mut tally = tally_of(&edition(false), &[vec![1, 1, 1, 1]]);
    let other = tally_of(&edition(true), &[vec![1, 1, 1, 1]]);
    let before = tally.clone();
    assert_eq!(tally.merge(&other), Err(MergeError::OtherEdition));
    assert_eq!(tally, before);
}

#[test]
fn bytes_that_no_responses_give_are_refused() {
    let edition = edition(false);
    let layout = Layout::new(&edition);
    let mut bytes = tally_of(&edition, &[vec![1, 2, 3, 4]]).to_bytes();
    assert!(Tally::from_bytes(&layout, &bytes).is_ok());
    bytes[4] += 1;
    assert_eq!(
        Tally::from_bytes(&layout, &bytes),
        Err(ReadError::Inconsistent)
    );
    bytes.pop();
    let (expected, found) = (4 * layout.len(), 4 * layout.len() - 1);
    assert_eq!(
        Tally::from_bytes(&layout, &bytes),
        Err(ReadError::Length { expected, found })
    );
}

fn rows() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let code = prop::sample::select(vec![0, 1, 2, 3, 4, 5, 9]);
    prop::collection::vec(prop::collection::vec(code, 4), 0..12)
}

fn merged(left: &Tally, right: &Tally) -> Tally {
    let mut sum = left.clone();
    sum.merge(right).expect("one edition");
    sum
}

proptest! {
    #[test]
    fn merging_commutes(a in rows(), b in rows()) {
        let edition = edition(false);
        let (a, b) = (tally_of(&edition, &a), tally_of(&edition, &b));
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
    }

    #[test]
    fn merging_associates_and_has_a_zero(a in rows(), b in rows(), c in rows()) {
        let edition = edition(false);
        let (a, b, c) = (tally_of(&edition, &a), tally_of(&edition, &b), tally_of(&edition, &c));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &Tally::zero(&Layout::new(&edition))), a);
    }

    #[test]
    fn order_of_arrival_cannot_be_seen(rows in rows(), split in 0_usize..12) {
        let edition = edition(false);
        let split = split.min(rows.len());
        let parts = merged(
            &tally_of(&edition, &rows[split..]),
            &tally_of(&edition, &rows[..split]),
        );
        let mut reversed = rows;
        reversed.reverse();
        prop_assert_eq!(tally_of(&edition, &reversed), parts);
    }

    #[test]
    fn bytes_come_back(rows in rows()) {
        let edition = edition(false);
        let tally = tally_of(&edition, &rows);
        prop_assert_eq!(Tally::from_bytes(&Layout::new(&edition), &tally.to_bytes()), Ok(tally));
    }
}

/// No configuration, file or API can make a lower one.
#[test]
fn no_threshold_is_under_five() {
    assert_eq!(
        tally::Threshold::new(4),
        Err(tally::ThresholdTooLow { asked: 4 })
    );
    assert_eq!(tally::Threshold::new(5), Ok(tally::Threshold::FLOOR));
}
