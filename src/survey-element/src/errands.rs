//! What takes time: `www/errands.js` fetches, seals, sends and counts, and says what came of it.
//!
//! Scripts wait in fewer bytes than Rust's state machines, and no answer is decided on there: what is
//! asked, when it may be sent and what is said of it is decided here.

use survey::Answer;
use wasm_bindgen::prelude::*;
use wire::Submission;

/// Hears the topic and what is said of it.
pub type Hear = Closure<dyn FnMut(JsValue, JsValue)>;

#[wasm_bindgen(raw_module = "./errands.js")]
extern "C" {
    /// The errands of one app.
    #[derive(Debug)]
    pub type Errands;
    /// Starts with what waits on this device from earlier visits: says `earlier`.
    #[wasm_bindgen(constructor)]
    pub fn new(hear: &Hear) -> Errands;
    /// Nothing is said any more.
    #[wasm_bindgen(method)]
    pub fn end(this: &Errands);
    /// Loads texts: says `texts`.
    #[wasm_bindgen(method)]
    pub fn texts(this: &Errands, lang: &str);
    /// Loads what is answered: says `open` or `shut`.
    #[wasm_bindgen(method)]
    pub fn load(
        this: &Errands,
        src: Option<&str>,
        wave: Option<&str>,
        wave_hash: Option<&str>,
        collector: Option<&str>,
    );
    /// Sends a submission's JSON to what was loaded last, or counts it here: says `sent`.
    #[wasm_bindgen(method)]
    pub fn send(this: &Errands, text: &str);

    /// Sixteen random bytes in base64url.
    #[wasm_bindgen(js_name = randomId)]
    pub fn random_id() -> String;
    fn submission(
        id: &str,
        edition: &str,
        wave: &str,
        unit: &str,
        code: Option<&str>,
        answers: &[u8],
    ) -> String;
}

/// A submission's JSON, written by the browser: what serde would write of it, without serde's
/// part in the download.
pub fn json_of(message: &Submission) -> String {
    let mut answers = Vec::with_capacity(message.answers.len());
    for answer in &message.answers {
        answers.push(match answer {
            Answer::Blank => 0,
            Answer::NotApplicable => u8::MAX,
            Answer::Point(point) => *point,
        });
    }
    submission(
        &message.id,
        &message.edition,
        &message.wave,
        &message.unit,
        message.code.as_deref(),
        &answers,
    )
}

#[cfg(test)]
mod tests {
    use wire::{ProblemCode, SUBMISSION_BYTES, SUBMISSION_FORMAT, SUBMISSION_LABEL};

    const DELIVER: &str = include_str!("../../../www/deliver.js");
    const ERRANDS: &str = include_str!("../../../www/errands.js");

    /// What stands between `before` and the next `after`.
    fn between<'a>(text: &'a str, before: &str, after: char) -> &'a str {
        let (_, rest) = text.split_once(before).expect(before);
        rest.split(after).next().unwrap_or(rest)
    }

    #[test]
    fn the_scripts_say_what_the_formats_say() {
        assert_eq!(between(DELIVER, "LABEL = \"", '"'), SUBMISSION_LABEL);
        let bytes = between(DELIVER, "const BYTES = ", ';').parse();
        assert_eq!(bytes, Ok(SUBMISSION_BYTES));
        assert_eq!(between(ERRANDS, "format = \"", '"'), SUBMISSION_FORMAT);
    }

    /// Every code but the one that asks to try again; one that is missing would be tried for ever.
    #[test]
    fn the_scripts_know_every_refusal() {
        let refusals = between(DELIVER, "REFUSALS =\n  \"", '"').split(' ');
        let known: Vec<_> = refusals.map(ProblemCode::named).collect();
        assert!(known.iter().all(Option::is_some), "{known:?}");
        assert!(!known.contains(&Some(ProblemCode::Unavailable)));
        assert_eq!(known.len(), 14);
    }
}
