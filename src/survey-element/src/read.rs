//! Reading the two files that a survey is made of.
//!
//! Field by field, and only what respondents meet: serde's code for the whole shapes would be an
//! eighth of the download. The files are named by the hashes of their bytes, and were read strictly
//! where they were made; what counts them reads them strictly again.

use crate::wave::{Codes, Unit, Units, Wave};
use survey::{Anchors, Item, Named, Page, Survey, Text};
use ui::Value;
use wire::WAVE_FORMAT;

/// No wave publishes numbers that rest on fewer answers; as `tally::Threshold` has it.
const FEWEST: u32 = 5;

/// A wave file.
pub fn wave(of: &Value<'_>) -> Wave {
    of.require(of.get("format").text() == WAVE_FORMAT);
    let wave = Wave {
        id: of.get("id").text(),
        name: text(&of.get("name")),
        employer: text(&of.get("employer")),
        edition: of.get("edition").text(),
        languages: of.get("languages").list(Value::text),
        units: Units::new(of.get("units").list(unit)),
        threshold: of.get("policy").get("threshold").whole(),
        closes: of.get("closes").text(),
        codes: codes(&of.get("codes")),
    };
    let has_units = !wave.units.all().is_empty();
    of.require(wave.threshold >= FEWEST && has_units && !wave.languages.is_empty());
    wave
}

/// An edition document. What only counting and results need is left out.
pub fn survey(of: &Value<'_>) -> Survey {
    of.require(of.get("format").whole() == 1);
    let survey = Survey {
        format: 1,
        id: String::new(),
        status: String::new(),
        license: String::new(),
        languages: of.get("languages").list(Value::text),
        title: text(&of.get("title")),
        about: Text::default(),
        sources: Named::default(),
        anchors: of.get("anchors").named(anchors),
        items: of.get("items").list(item),
        scales: Vec::new(),
        pages: of.get("pages").list(page),
        themes: Vec::new(),
    };
    for item in &survey.items {
        of.require(survey.anchors.contains_key(&item.anchors));
    }
    survey
}

fn unit(of: &Value<'_>) -> Unit {
    Unit {
        id: of.get("id").text(),
        name: of.get("name").text(),
        parent: of.get("parent").optional_text(),
        has_staff: of.get("headcount").is_given(),
        is_leaf: false,
    }
}

fn codes(value: &Value<'_>) -> Codes {
    match value.text().as_str() {
        "none" => Codes::None,
        "unlisted" => Codes::Unlisted,
        "listed" => Codes::Listed,
        _ => {
            value.require(false);
            Codes::None
        }
    }
}

fn anchors(of: &Value<'_>) -> Anchors {
    Anchors {
        points: of.get("points").list(text),
        not_applicable: text(&of.get("not_applicable")),
    }
}

fn item(of: &Value<'_>) -> Item {
    Item {
        id: of.get("id").text(),
        text: text(&of.get("text")),
        anchors: of.get("anchors").text(),
        reversed: false,
        principle: None,
        source: String::new(),
        clause: Vec::new(),
    }
}

fn page(of: &Value<'_>) -> Page {
    Page {
        heading: text(&of.get("heading")),
        items: of.get("items").list(Value::text),
    }
}

/// One text in several languages.
fn text(value: &Value<'_>) -> Text {
    Text(value.named(Value::text))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fewest_answers_are_those_of_the_threshold() {
        assert_eq!(super::FEWEST, tally::Threshold::FLOOR.answers());
    }
}
