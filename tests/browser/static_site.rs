//! Entirely in the browser: a plain web server, no collector, two devices.

use crate::respondent::Respondent;
use fantoccini::Locator;
use release::Release;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tests::browser::Browser;
use tests::program::{Server, dist};

#[tokio::test]
async fn two_devices_hand_in_and_the_browser_closes_and_releases() {
    let server = Server::python(&dist());
    let (downloads_a, downloads_b) = (folder(), folder());
    let a = Browser::start(downloads_a.path()).await;
    let b = Browser::start(downloads_b.path()).await;
    let answer_page = format!("{}/answer/", server.url);
    for seed in 0..12 {
        let (device, unit) = if seed % 2 == 0 {
            (&a, "Vestervang Skole")
        } else {
            (&b, "Rehabilitering")
        };
        Respondent { unit, seed }.answer(device, &answer_page).await;
    }

    let from_a = hand_in(&a, &server.url, downloads_a.path(), 6).await;
    let from_b = hand_in(&b, &server.url, downloads_b.path(), 6).await;
    check_sealed(&from_a);
    check_sealed(&from_b);

    close_and_release(&b, &from_a, &from_b).await;
    let released = downloaded(downloads_b.path(), "2026H2.json").await;
    check_release(&released);

    let results_page = format!("{}/results/", server.url);
    b.open(&results_page).await;
    let rows = b.until("a trend with nine waves", NINE_WAVES).await;
    assert!(
        rows.as_str().expect("text").contains("2. halvår 2026"),
        "{rows}"
    );
    a.open(&results_page).await;
    a.until_text("2. halvår 2025").await;
    assert!(
        !a.text().await.contains("2. halvår 2026"),
        "the other device has not been given the release"
    );
    a.close().await;
    b.close().await;
}

const NINE_WAVES: &str = "const t = all('figure table')[0]; \
    const n = t ? t.querySelectorAll('tbody tr').length : 0; return n === 9 ? t.textContent : null";

/// What can be read of a hand-in file without the closing key.
fn check_sealed(file: &Path) {
    let label: Value =
        serde_json::from_slice(&std::fs::read(file).expect("the file")).expect("JSON");
    assert_eq!(label["wave"], "2026H2");
    assert!(label.get("tallies").is_none(), "counts travel sealed");
}

/// On the hand-in page that is open: gives both files, one of them twice, and the passphrase.
async fn close_and_release(browser: &Browser, from_a: &PathBuf, from_b: &PathBuf) {
    give(browser, "afleveringsfiler", &[from_a, from_b, from_a]).await;
    browser.until_text("Allerede med").await;
    browser
        .until_text("2 filer er klar til at blive talt med.")
        .await;
    give(
        browser,
        "lukkenøgle",
        &[&dist().join("demo/closing-key.json")],
    )
    .await;
    browser.until_text("closing-key.json er valgt.").await;
    let earlier = dist().join("releases/releases.json");
    give(browser, "releases.json", &[&earlier]).await;
    browser.activate("Luk og offentliggør …").await;
    browser
        .tab_to("input[type=password]", "Adgangssætning")
        .await;
    for letter in "fjordby-demo".chars() {
        browser.press(letter).await;
    }
    browser.activate("Luk og offentliggør nu").await;
    browser.until_text("er lukket og offentliggjort").await;
    browser.activate("Gem 2026H2.json").await;
}

fn check_release(file: &Path) {
    let bytes = std::fs::read(file).expect("the file");
    let release = Release::from_json(&bytes).expect("a release");
    let root = release.root().expect("a root");
    assert_eq!(root.responses.shown().expect("shown").n, 12);
    assert!(audit::blocks(&release).is_empty());
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Fetches this device's file on the hand-in page; `waiting` responses are in it.
async fn hand_in(browser: &Browser, url: &str, downloads: &Path, waiting: u32) -> PathBuf {
    browser.open(&format!("{url}/hand-in/")).await;
    browser
        .until_text(&format!("Der ligger {waiting} svar på denne enhed"))
        .await;
    browser.activate("Hent denne enheds fil").await;
    browser
        .until_text("Der ligger ingen svar på denne enhed")
        .await;
    downloaded(downloads, "hand-in-2026H2").await
}

/// The file in `downloads` whose name starts with `name`, when it is complete.
async fn downloaded(downloads: &Path, name: &str) -> PathBuf {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let found = std::fs::read_dir(downloads)
            .expect("the folder")
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .find(|path| {
                let file = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                file.starts_with(name) && file.ends_with(".json")
            });
        if let Some(path) = found {
            return path;
        }
        assert!(Instant::now() < until, "{name} was not downloaded");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Gives files to the input whose label has `words` in it.
async fn give(browser: &Browser, words: &str, files: &[&PathBuf]) {
    let script = format!(
        "const i = all('input[type=file]').findIndex(e => label(e).includes({})); return i < 0 ? null : i + 1",
        json!(words)
    );
    let idx = browser
        .until(words, &script)
        .await
        .as_u64()
        .expect("a position");
    let console = browser
        .client
        .find(Locator::Css("trust-console"))
        .await
        .expect("the console");
    let inputs = console.shadow_root().await.expect("its shadow root");
    let inputs = inputs
        .find_all(Locator::Css("input[type=file]"))
        .await
        .expect("inputs");
    let input = &inputs[usize::try_from(idx - 1).expect("small")];
    let names: Vec<String> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    input.send_keys(&names.join("\n")).await.expect("files");
}
