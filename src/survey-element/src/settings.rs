//! What the host page has set: the element's attributes.

use ui::Host;

/// The attributes that the element reads. Tables for page authors are in `www/README.md`.
pub const ATTRIBUTES: [&str; 7] = [
    "src",
    "wave",
    "wave-hash",
    "collector",
    "unit",
    "code",
    "lang",
];

/// The attributes at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where survey and wave come from, and where answers go.
    pub source: Source,
    /// `unit`: id of the leaf that is answered for.
    pub unit: Option<String>,
    /// `code`: the respondent's one-time code.
    pub code: Option<String>,
    /// Language in force.
    pub lang: String,
}

/// The attributes that name what is answered; when one changes, the survey is loaded anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `src`: the edition document.
    pub src: Option<String>,
    /// `wave`: the wave file.
    pub wave: Option<String>,
    /// `wave-hash`: SHA-256 that the wave file must have.
    pub wave_hash: Option<String>,
    /// `collector`: its base address without a slash at the end; empty means this origin. Without
    /// it, answers are counted on the device.
    pub collector: Option<String>,
}

impl Settings {
    /// The attributes as they are now. An empty attribute is as if it were not there, except
    /// `collector`, where it means this origin.
    pub fn read(host: &Host) -> Self {
        let given = |name| host.attribute(name).filter(|value| !value.is_empty());
        let collector = host.attribute("collector");
        Self {
            source: Source {
                src: given("src"),
                wave: given("wave"),
                wave_hash: given("wave-hash").map(|hash| hash.to_ascii_lowercase()),
                collector: collector.map(|base| base.trim_end_matches('/').to_owned()),
            },
            unit: given("unit"),
            code: given("code"),
            lang: host.lang(),
        }
    }
}
