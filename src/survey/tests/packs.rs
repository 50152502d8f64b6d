//! The survey packs of this project.

use std::fs;
use std::path::{Path, PathBuf};
use survey::{Edition, Kind};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../surveys")
}

fn pack(name: &str) -> Edition {
    let file = fs::read_to_string(folder().join(name)).expect("the pack is there");
    survey::parse(&file).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"))
}

#[test]
fn core_pack_has_24_items_in_seven_scales_and_its_composites() {
    let core = pack("trust-climate.toml");
    let survey = core.survey();
    assert_eq!(survey.items.len(), 24);
    let of = |kind: Kind| -> Vec<&str> {
        survey
            .scales
            .iter()
            .filter(|s| s.kind == kind)
            .map(|s| s.id.as_str())
            .collect()
    };
    assert_eq!(of(Kind::Reflective), ["T1", "T2", "T3", "H1", "E1", "N1"]);
    assert_eq!(of(Kind::Formative), ["A1"]);
    assert_eq!(of(Kind::Short), ["PULS3", "PULS6"]);
    assert_eq!(of(Kind::Composite), ["P3_total", "P6_total"]);
    let sizes: Vec<(usize, usize)> = survey
        .scales
        .iter()
        .map(|s| (s.items.len(), s.min_answered))
        .collect();
    assert_eq!(
        sizes,
        [
            (4, 2),
            (3, 2),
            (3, 2),
            (4, 2),
            (3, 2),
            (4, 2),
            (3, 2),
            (3, 2),
            (3, 2),
            (17, 9),
            (7, 4)
        ]
    );
    assert_eq!(survey.pages.len(), 7);
    assert_eq!(survey.minutes("da"), 4);
}

#[test]
fn pulse_continues_the_lines_of_the_core_pack() {
    let (core, pulse) = (pack("trust-climate.toml"), pack("pulse.toml"));
    for id in ["PULS3", "PULS6"] {
        let print = |edition: &Edition| {
            let idx = edition.survey().scale_idx(id).expect("both packs have it");
            edition.fingerprint(&edition.survey().scales[idx])
        };
        assert_eq!(print(&core), print(&pulse), "{id}");
    }
    assert_ne!(core.hash(), pulse.hash());
}

#[test]
fn seven_principles_pack_shares_seven_items_with_the_core() {
    let (core, seven) = (pack("trust-climate.toml"), pack("seven-principles.toml"));
    assert_eq!(seven.survey().items.len(), 24);
    let shared = seven
        .survey()
        .items
        .iter()
        .filter(|item| core.survey().items.contains(item))
        .count();
    assert_eq!(shared, 7);
}

#[test]
fn every_clause_is_a_verbatim_part_of_the_agreement() {
    let agreement = fs::read_to_string(folder().join("principper-2013.txt")).expect("excerpts");
    let passages: Vec<&str> = agreement
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    for name in ["trust-climate.toml", "seven-principles.toml", "pulse.toml"] {
        for item in &pack(name).survey().items {
            assert!(!item.clause.is_empty(), "{name}: {} has no clause", item.id);
            for clause in &item.clause {
                assert!(
                    passages
                        .iter()
                        .any(|passage| passage.contains(clause.as_str())),
                    "{name}: {}: `{clause}` is not in the agreement",
                    item.id
                );
            }
        }
    }
}

/// LIX = words per sentence + percentage of words over six letters; at most 30 for a pack, and at
/// most 16 words an item (`surveys/README.md`).
#[test]
fn wording_is_easy_to_read() {
    for name in ["trust-climate.toml", "seven-principles.toml", "pulse.toml"] {
        let edition = pack(name);
        let (mut words, mut long) = (0_u32, 0_u32);
        for item in &edition.survey().items {
            let text = item.text.get("da", &[]);
            let item_words: Vec<&str> = text.split_whitespace().collect();
            assert!(item_words.len() <= 16, "{name}: {} is long", item.id);
            for word in item_words {
                words += 1;
                long += u32::from(word.chars().filter(|c| c.is_alphabetic()).count() > 6);
            }
        }
        let items = f64::from(u32::try_from(edition.survey().items.len()).expect("few items"));
        let lix = f64::from(words) / items + 100.0 * f64::from(long) / f64::from(words);
        assert!(lix <= 30.0, "{name}: LIX {lix:.1}");
    }
}
