//! Reading the two files that a survey is made of.
//!
//! The same shapes as serde reads elsewhere, field by field: serde's code for them would be an
//! eighth of the download. The compiler sees to it that no field is forgotten, [`Fields::all_read`]
//! that none is unknown.

use survey::{Anchors, Item, Kind, Named, Page, Scale, Source, Survey, Text, Theme};
use tally::{Threshold, Unit, UnitTree};
use ui::{Fields, Value};
use wire::{Codes, Date, WaveFile, WavePolicy};

/// A wave file that contradicts itself nowhere.
pub fn wave(value: &Value) -> Option<WaveFile> {
    let of = value.fields()?;
    let wave = WaveFile {
        format: of.get("format").text()?,
        id: of.get("id").text()?,
        name: text(&of.get("name"))?,
        employer: text(&of.get("employer"))?,
        edition: of.get("edition").text()?,
        languages: texts(&of.get("languages"))?,
        units: UnitTree::new(of.get("units").list(unit)?).ok()?,
        policy: policy(&of.get("policy"))?,
        opens: date(&of.get("opens"))?,
        closes: date(&of.get("closes"))?,
        grace_days: u16::try_from(of.get("grace_days").whole()?).ok()?,
        codes: codes(&of.get("codes"))?,
        public_key: of.get("public_key").text()?,
    };
    of.all_read(wave).filter(|wave| wave.problems().is_empty())
}

/// An edition document.
pub fn survey(value: &Value) -> Option<Survey> {
    let of = value.fields()?;
    let survey = Survey {
        format: small(&of.get("format"))?,
        id: of.get("id").text()?,
        status: of.get("status").text()?,
        license: of.get("license").text()?,
        languages: texts(&of.get("languages"))?,
        title: text(&of.get("title"))?,
        about: text(&of.get("about"))?,
        sources: named(&of.get("sources"), source)?,
        anchors: named(&of.get("anchors"), anchors)?,
        items: of.get("items").list(item)?,
        scales: of.get("scales").list(scale)?,
        pages: of.get("pages").list(page)?,
        themes: of.get("themes").list(theme)?,
    };
    of.all_read(survey)
}

fn unit(value: &Value) -> Option<Unit> {
    let of = value.fields()?;
    let unit = Unit {
        id: of.get("id").text()?,
        name: of.get("name").text()?,
        parent: optional(&of, "parent", Value::text)?,
        headcount: optional(&of, "headcount", Value::whole)?,
    };
    of.all_read(unit)
}

fn policy(value: &Value) -> Option<WavePolicy> {
    let of = value.fields()?;
    let policy = WavePolicy {
        threshold: Threshold::new(of.get("threshold").whole()?).ok()?,
    };
    of.all_read(policy)
}

fn codes(value: &Value) -> Option<Codes> {
    match value.text()?.as_str() {
        "none" => Some(Codes::None),
        "unlisted" => Some(Codes::Unlisted),
        "listed" => Some(Codes::Listed),
        _ => None,
    }
}

fn date(value: &Value) -> Option<Date> {
    Date::parse(&value.text()?).ok()
}

fn source(value: &Value) -> Option<Source> {
    let of = value.fields()?;
    let source = Source {
        title: of.get("title").text()?,
        year: u16::try_from(of.get("year").whole()?).ok()?,
    };
    of.all_read(source)
}

fn anchors(value: &Value) -> Option<Anchors> {
    let of = value.fields()?;
    let anchors = Anchors {
        points: of.get("points").list(text)?,
        not_applicable: text(&of.get("not_applicable"))?,
    };
    of.all_read(anchors)
}

fn item(value: &Value) -> Option<Item> {
    let of = value.fields()?;
    let item = Item {
        id: of.get("id").text()?,
        text: text(&of.get("text"))?,
        anchors: of.get("anchors").text()?,
        reversed: optional(&of, "reversed", Value::truth)?.unwrap_or_default(),
        principle: optional(&of, "principle", small)?,
        source: of.get("source").text()?,
        clause: optional(&of, "clause", texts)?.unwrap_or_default(),
    };
    of.all_read(item)
}

fn scale(value: &Value) -> Option<Scale> {
    let of = value.fields()?;
    let scale = Scale {
        id: of.get("id").text()?,
        name: text(&of.get("name"))?,
        kind: kind(&of.get("kind"))?,
        principle: optional(&of, "principle", small)?,
        items: texts(&of.get("items"))?,
        parts: optional(&of, "parts", texts)?.unwrap_or_default(),
        min_answered: usize::try_from(of.get("min_answered").whole()?).ok()?,
    };
    of.all_read(scale)
}

fn kind(value: &Value) -> Option<Kind> {
    match value.text()?.as_str() {
        "reflective" => Some(Kind::Reflective),
        "formative" => Some(Kind::Formative),
        "short" => Some(Kind::Short),
        "composite" => Some(Kind::Composite),
        _ => None,
    }
}

fn page(value: &Value) -> Option<Page> {
    let of = value.fields()?;
    let page = Page {
        heading: text(&of.get("heading"))?,
        items: texts(&of.get("items"))?,
    };
    of.all_read(page)
}

fn theme(value: &Value) -> Option<Theme> {
    let of = value.fields()?;
    let theme = Theme {
        id: of.get("id").text()?,
        name: text(&of.get("name"))?,
        subtitle: optional(&of, "subtitle", text)?.unwrap_or_default(),
        scales: texts(&of.get("scales"))?,
    };
    of.all_read(theme)
}

/// One text in several languages.
fn text(value: &Value) -> Option<Text> {
    named(value, Value::text).map(Text)
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.list(Value::text)
}

fn small(value: &Value) -> Option<u8> {
    u8::try_from(value.whole()?).ok()
}

fn named<T>(value: &Value, read: fn(&Value) -> Option<T>) -> Option<Named<T>> {
    let mut named = Named::default();
    for (name, value) in value.entries()? {
        named.insert(name, read(&value)?);
    }
    Some(named)
}

/// A field that need not be there: `Some(None)` when it is not, `None` when it is unreadable.
fn optional<T>(of: &Fields<'_>, name: &str, read: fn(&Value) -> Option<T>) -> Option<Option<T>> {
    match of.get(name).given() {
        Some(value) => read(&value).map(Some),
        None => Some(None),
    }
}
