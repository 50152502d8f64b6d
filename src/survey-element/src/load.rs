//! What is answered, as `www/load.js` has loaded it, or why there is nothing to answer.

use crate::read;
use crate::wave::{Codes, Wave};
use survey::Survey;
use wasm_bindgen::JsValue;

/// A survey that can be answered now.
#[derive(Debug)]
pub struct Open {
    /// What is asked.
    pub survey: Survey,
    /// The rules.
    pub wave: Wave,
    /// Whether answers stay on this device, since there is no collector.
    pub here: bool,
    /// Whether this page may seal; then both files were checked by their hashes as well.
    pub secure: bool,
}

/// Why there is nothing to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadProblem {
    /// The key of its sentence.
    pub key: String,
    /// The day that the sentence names.
    pub day: Option<String>,
}

impl Open {
    /// Reads what was loaded.
    ///
    /// # Errors
    /// Names the file that is not of its format, or contradicts itself.
    pub fn read(loaded: JsValue) -> Result<Self, LoadProblem> {
        let unreadable = |key: &str| LoadProblem {
            key: key.to_owned(),
            day: None,
        };
        let wave = ui::read(loaded.clone(), |of| read::wave(&of.get("wave").get("json")));
        let survey = ui::read(loaded.clone(), |of| {
            read::survey(&of.get("survey").get("json"))
        });
        let way = ui::read(loaded, |of| {
            (!of.get("url").is_given(), of.get("secure").truth())
        });
        let (here, secure) = way.unwrap_or_default();
        Ok(Self {
            wave: wave.ok_or_else(|| unreadable("load.wave_unreadable"))?,
            survey: survey.ok_or_else(|| unreadable("load.survey_unreadable"))?,
            here,
            secure,
        })
    }

    /// Whether the text may say *anonymous*: nobody has a list of who got which code, and the answer
    /// is sealed or stays on the device.
    pub fn is_anonymous(&self) -> bool {
        self.wave.codes != Codes::Listed && (self.secure || self.here)
    }

    /// Whether respondents need a one-time code.
    pub fn asks_for_code(&self) -> bool {
        self.wave.codes != Codes::None
    }
}

impl LoadProblem {
    /// Reads what is said of it.
    pub fn read(said: JsValue) -> Option<Self> {
        ui::read(said, |of| Self {
            key: of.get("key").text(),
            day: of.get("day").optional_text(),
        })
    }
}
