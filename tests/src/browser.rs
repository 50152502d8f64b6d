//! A real headless Chromium, used as a person with a keyboard uses it.

use crate::program::Driver;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use url::{ParseError, Url};

/// How long a page may take to come to what a test waits for; generous, since machines are shared.
const PATIENCE: Duration = Duration::from_secs(120);

/// One browser with a profile of its own: one device.
pub struct Browser {
    /// The WebDriver session.
    pub client: Client,
    _driver: Driver,
    _profile: tempfile::TempDir,
}

/// Finds what is focused and what is on the page, also inside shadow roots.
const DEEP: &str = "
const focused = () => {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  return at;
};
const all = (selector) => {
  const found = [], walk = (root) => {
    found.push(...root.querySelectorAll(selector));
    for (const e of root.querySelectorAll('*')) if (e.shadowRoot) walk(e.shadowRoot);
  };
  walk(document);
  return found;
};
const label = (e) => (e.labels && e.labels.length ? [...e.labels].map(l => l.innerText).join(' ') : e.getAttribute('aria-label') || e.innerText || e.value || '').trim();
";

impl Browser {
    /// A new browser; downloads go to `downloads`.
    ///
    /// # Panics
    /// When Chromium does not start.
    pub async fn start(downloads: &Path) -> Self {
        let driver = Driver::chromium();
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let args: Vec<String> = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=412,915",
        ]
        .iter()
        .map(|arg| (*arg).to_owned())
        .chain([format!("--user-data-dir={}", profile.path().display())])
        .collect();
        let capabilities = json!({ "goog:chromeOptions": {
            "args": args,
            "prefs": { "download.default_directory": downloads, "profile.default_content_setting_values.automatic_downloads": 1 },
        }, "goog:loggingPrefs": { "browser": "ALL" } });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().expect("an object").clone())
            .connect(&driver.url)
            .await
            .expect("Chromium starts");
        Self {
            client,
            _driver: driver,
            _profile: profile,
        }
    }

    /// Opens a page.
    ///
    /// # Panics
    /// When the browser cannot.
    pub async fn open(&self, url: &str) {
        self.client
            .goto(url)
            .await
            .unwrap_or_else(|e| panic!("{url}: {e}"));
    }

    /// Runs a script that can use `focused()`, `all(selector)` and `label(element)`.
    ///
    /// # Panics
    /// When the script throws.
    pub async fn ask(&self, script: &str) -> Value {
        let script = format!("{DEEP}\n{script}");
        self.client
            .execute(&script, Vec::new())
            .await
            .unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    /// Waits until a script returns something true, and returns that.
    ///
    /// # Panics
    /// After two minutes; with what the page shows then.
    pub async fn until(&self, what: &str, script: &str) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.ask(script).await;
            if found != Value::Null && found != Value::Bool(false) {
                return found;
            }
            if Instant::now() > end {
                panic!(
                    "waited in vain for {what}; the page says:\n{}",
                    self.text().await
                );
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Everything that the page and its elements say.
    pub async fn text(&self) -> String {
        let script = "return [document.body.innerText, ...all('*').filter(e => e.shadowRoot).map(e => \
            [...e.shadowRoot.children].map(c => c.innerText).join('\\n'))].join('\\n')";
        self.ask(script)
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until the page or an element says `words`.
    ///
    /// # Panics
    /// After half a minute.
    pub async fn until_text(&self, words: &str) {
        let quoted = json!(words);
        let script = format!(
            "return all('*').some(e => e.shadowRoot && [...e.shadowRoot.children].some(c => \
             (c.innerText || '').includes({quoted}))) || document.body.innerText.includes({quoted})"
        );
        self.until(words, &script).await;
    }

    /// Presses and releases one key.
    ///
    /// # Panics
    /// When the browser cannot.
    pub async fn press(&self, key: impl Into<char>) {
        let value = key.into();
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.expect("a key");
    }

    /// Presses Tab until what is focused matches `selector` and its label has `words` in it.
    ///
    /// # Panics
    /// When 120 tabs do not get there.
    pub async fn tab_to(&self, selector: &str, words: &str) {
        let script = format!(
            "const f = focused(); return !!f && f.matches({}) && label(f).includes({})",
            json!(selector),
            json!(words)
        );
        for _ in 0..120 {
            self.press(Key::Tab).await;
            if self.ask(&script).await == Value::Bool(true) {
                return;
            }
        }
        panic!(
            "no way by Tab to {selector} “{words}”; the page says:\n{}",
            self.text().await
        );
    }

    /// Goes to a button by Tab and presses Enter.
    ///
    /// # Panics
    /// When Tab does not get there.
    pub async fn activate(&self, words: &str) {
        self.tab_to("button, a[href], summary", words).await;
        self.press(Key::Enter).await;
    }

    /// What the page has written to its console as errors, violations of its policy among them.
    ///
    /// # Panics
    /// When the driver cannot tell.
    pub async fn severe_messages(&self) -> Vec<String> {
        let entries = self
            .client
            .issue_cmd(BrowserLog)
            .await
            .expect("the log of the browser");
        let severe = |entry: &&Value| entry["level"] == "SEVERE";
        let message = |entry: &Value| entry["message"].as_str().unwrap_or_default().to_owned();
        entries
            .as_array()
            .into_iter()
            .flatten()
            .filter(severe)
            .map(message)
            .collect()
    }

    /// Lays the page out as on a screen of `width` CSS pixels; windows cannot be that narrow.
    ///
    /// # Panics
    /// When the driver cannot.
    pub async fn narrow(&self, width: u32) {
        self.client
            .issue_cmd(Narrow { width })
            .await
            .expect("another width");
    }

    /// Whether the page can be scrolled sideways.
    pub async fn scrolls_sideways(&self) -> bool {
        let script = "const d = document.documentElement; return d.scrollWidth > d.clientWidth";
        self.ask(script).await == Value::Bool(true)
    }

    /// A screenshot of the window, written to `file`.
    ///
    /// # Panics
    /// When it cannot be taken or written.
    pub async fn screenshot(&self, file: &Path) {
        let png = self.client.screenshot().await.expect("a screenshot");
        std::fs::write(file, png).expect("a file for the screenshot");
    }

    /// Ends the browser.
    pub async fn close(self) {
        // The driver ends with this value; a session that is gone already is no loss.
        let _closed = self.client.close().await;
    }
}

/// Chromium's own commands, which the `WebDriver` standard has no word for.
#[derive(Debug)]
struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

#[derive(Debug)]
struct Narrow {
    width: u32,
}

impl WebDriverCompatibleCommand for Narrow {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let metrics = json!({
            "width": self.width, "height": 800, "deviceScaleFactor": 1, "mobile": false,
        });
        let body = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": metrics });
        (Method::POST, Some(body.to_string()))
    }
}
