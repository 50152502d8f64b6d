//! The same digits on a server and in a browser.

use serde_json::json;
use std::path::Path;
use tests::browser::Browser;
use tests::program::{Server, digits};

const PAGE: &str = "<!doctype html><title>digits</title>";
const ASK: &str = "
const [done] = arguments;
import('/digits.js').then(async (module) => {
  await module.default({ module_or_path: '/digits_bg.wasm' });
  done(module.digits());
}).catch((error) => done(`failed: ${error}`));
";

/// All checks of `stats` hold in wasm too, to the last bit, and releases are the same bytes.
#[tokio::test]
async fn a_browser_computes_what_a_server_computes() {
    let folder = tempfile::tempdir().expect("a folder");
    for file in ["digits.js", "digits_bg.wasm"] {
        std::fs::copy(digits().join(file), folder.path().join(file)).expect("a module");
    }
    std::fs::write(folder.path().join("index.html"), PAGE).expect("a page");
    let server = Server::python(folder.path());
    let browser = Browser::start(Path::new(folder.path())).await;
    browser.open(&format!("{}/", server.url)).await;
    let said = browser.client.execute_async(ASK, Vec::new()).await;
    let in_browser = said.expect("an answer");
    browser.close().await;
    let here = ::digits::digits();
    assert!(!here.contains("WRONG") && here.lines().count() > 4000);
    let there = in_browser.as_str().unwrap_or_default();
    let differing: Vec<(&str, &str)> = here
        .lines()
        .zip(there.lines())
        .filter(|(a, b)| a != b)
        .collect();
    assert_eq!(differing, []);
    assert_eq!(in_browser, json!(here));
}
