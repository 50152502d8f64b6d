//! Reading the two files that a survey is made of.
//!
//! The same shapes as serde reads elsewhere, field by field: serde's code for them would be an
//! eighth of the download. The compiler sees to it that no field is forgotten, `ui::Fields::checked`
//! that none is unknown or unreadable.

use survey::{Anchors, Item, Kind, Named, Page, Scale, Source, Survey, Text, Theme};
use tally::{Relevance, Threshold, Unit, UnitTree};
use ui::Value;
use wire::{Codes, Date, WaveFile, WavePolicy};

/// A wave file that contradicts itself nowhere.
pub fn wave(value: &Value) -> Option<WaveFile> {
    let of = value.fields()?;
    let units = UnitTree::new(of.list("units", unit)).ok()?;
    let policy = policy(&of.get("policy"))?;
    let opens = date(&of.get("opens"))?;
    let closes = date(&of.get("closes"))?;
    let codes = codes(&of.get("codes"))?;
    let wave = WaveFile {
        format: of.text("format"),
        id: of.text("id"),
        name: of.read("name", text),
        employer: of.read("employer", text),
        edition: of.text("edition"),
        languages: of.read("languages", texts),
        units,
        policy,
        opens,
        closes,
        grace_days: of.read("grace_days", medium),
        codes,
        public_key: of.text("public_key"),
    };
    of.checked(wave).filter(|wave| wave.problems().is_empty())
}

/// An edition document.
pub fn survey(value: &Value) -> Option<Survey> {
    let of = value.fields()?;
    of.checked(Survey {
        format: of.read("format", small),
        id: of.text("id"),
        status: of.text("status"),
        license: of.text("license"),
        languages: of.read("languages", texts),
        title: of.read("title", text),
        about: of.read("about", text),
        sources: of.read("sources", |value| named(value, source)),
        anchors: of.read("anchors", |value| named(value, anchors)),
        items: of.list("items", item),
        scales: of.list("scales", scale),
        pages: of.list("pages", page),
        themes: of.list("themes", theme),
    })
}

fn unit(value: &Value) -> Option<Unit> {
    let of = value.fields()?;
    of.checked(Unit {
        id: of.text("id"),
        name: of.text("name"),
        parent: of.optional("parent", Value::text),
        headcount: of.optional("headcount", Value::whole),
    })
}

fn policy(value: &Value) -> Option<WavePolicy> {
    let of = value.fields()?;
    let threshold = Threshold::new(of.read("threshold", Value::whole)).ok()?;
    let relevance = match of.optional("relevance", small) {
        Some(points) => Relevance::new(points).ok()?,
        None => Relevance::FLOOR,
    };
    of.checked(WavePolicy {
        threshold,
        relevance,
    })
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
    of.checked(Source {
        title: of.text("title"),
        year: of.read("year", medium),
    })
}

fn anchors(value: &Value) -> Option<Anchors> {
    let of = value.fields()?;
    of.checked(Anchors {
        points: of.list("points", text),
        not_applicable: of.read("not_applicable", text),
    })
}

fn item(value: &Value) -> Option<Item> {
    let of = value.fields()?;
    of.checked(Item {
        id: of.text("id"),
        text: of.read("text", text),
        anchors: of.text("anchors"),
        reversed: of.optional("reversed", Value::truth).unwrap_or_default(),
        principle: of.optional("principle", small),
        source: of.text("source"),
        clause: of.optional("clause", texts).unwrap_or_default(),
    })
}

fn scale(value: &Value) -> Option<Scale> {
    let of = value.fields()?;
    let kind = kind(&of.get("kind"))?;
    of.checked(Scale {
        id: of.text("id"),
        name: of.read("name", text),
        kind,
        principle: of.optional("principle", small),
        items: of.read("items", texts),
        parts: of.optional("parts", texts).unwrap_or_default(),
        min_answered: usize::from(of.read("min_answered", medium)),
    })
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
    of.checked(Page {
        heading: of.read("heading", text),
        items: of.read("items", texts),
    })
}

fn theme(value: &Value) -> Option<Theme> {
    let of = value.fields()?;
    of.checked(Theme {
        id: of.text("id"),
        name: of.read("name", text),
        subtitle: of.optional("subtitle", text).unwrap_or_default(),
        scales: of.read("scales", texts),
    })
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

fn medium(value: &Value) -> Option<u16> {
    u16::try_from(value.whole()?).ok()
}

fn named<T>(value: &Value, read: fn(&Value) -> Option<T>) -> Option<Named<T>> {
    let mut named = Named::default();
    for (name, value) in value.entries()? {
        named.insert(name, read(&value)?);
    }
    Some(named)
}
