//! A member of staff with a keyboard.

use fantoccini::key::Key;
use serde_json::{Value, json};
use tests::browser::Browser;

/// What one respondent does on the answer page: picks a unit by its name, answers every item, looks
/// at the review, sends.
pub struct Respondent {
    /// Name of the unit, as the list shows it.
    pub unit: &'static str,
    /// Decides which points are chosen; different respondents answer differently.
    pub seed: usize,
}

impl Respondent {
    /// The point (from 1) chosen for the item at `item`.
    pub fn point(&self, item: usize) -> usize {
        (self.seed + item) % 5 + 1
    }

    /// Answers on the page at `url`, by keyboard only, until the thanks.
    pub async fn answer(&self, browser: &Browser, url: &str) {
        browser.open(url).await;
        self.fill_in(browser).await;
        browser.activate("Send svar").await;
        browser.until_text("Dit svar er talt med").await;
    }

    /// From the opening page to the review.
    pub async fn fill_in(&self, browser: &Browser) {
        browser.until_text("Hvilken enhed svarer du for?").await;
        self.pick_unit(browser).await;
        browser.activate("Begynd").await;
        let mut item = 0;
        for page in 1..=7 {
            browser.until_text(&format!("Side {page} af 7")).await;
            item += self.answer_page(browser, item).await;
            browser.activate("Næste").await;
        }
        assert_eq!(item, 24);
        browser.until_text("Du har svaret på alle udsagn.").await;
    }

    async fn pick_unit(&self, browser: &Browser) {
        browser.tab_to("select", "Hvilken enhed").await;
        for letter in self.unit.chars() {
            browser.press(letter).await;
        }
        let script = format!(
            "const s = focused(); return s.selectedOptions[0].text === {}",
            json!(self.unit)
        );
        browser
            .until(&format!("the unit {}", self.unit), &script)
            .await;
    }

    /// Answers the items of one page; returns how many there were.
    async fn answer_page(&self, browser: &Browser, first: usize) -> usize {
        let found = browser.ask("return all('fieldset').length").await;
        let items = usize::try_from(found.as_u64().expect("a count")).expect("a small count");
        for idx in 0..items {
            let here = format!(
                "const f = focused(); return f.matches('input[type=radio]') && \
                 f.closest('fieldset') === all('fieldset')[{idx}]"
            );
            while browser.ask(&here).await != Value::Bool(true) {
                browser.press(Key::Tab).await;
            }
            browser.press(' ').await;
            for _ in 1..self.point(first + idx) {
                browser.press(Key::Down).await;
            }
        }
        items
    }
}
