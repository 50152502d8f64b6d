//! The whole path against the collector: twelve people answer, the wave is closed and released, and
//! the ninth point appears.

use crate::respondent::Respondent;
use release::{IndexValue, Release};
use tests::browser::Browser;
use tests::program::{Server, run};

const WAVE: &str = "2026H2";

#[tokio::test]
async fn from_twelve_respondents_to_the_ninth_point_of_the_trend() {
    let home = tempfile::tempdir().expect("a folder");
    let data = home.path().join("data");
    let folder = data.to_str().expect("a plain path");
    run(&["demo", "--data", folder]);
    let server = Server::collector(&data);
    let browser = Browser::start(home.path()).await;
    let answer_page = format!("{}/answer/", server.url);

    for seed in 0..12 {
        let unit = if seed < 5 {
            "Vestervang Skole"
        } else {
            "Rehabilitering"
        };
        Respondent { unit, seed }
            .answer(&browser, &answer_page)
            .await;
    }
    assert_eq!(browser.ask("return document.cookie").await, "");

    let results_page = format!("{}/results/", server.url);
    browser.open(&results_page).await;
    browser.until_text("2. halvår 2025").await;
    assert!(
        !browser.text().await.contains("2. halvår 2026"),
        "results of an open wave"
    );

    run(&["wave", "close", WAVE, "--data", folder]);
    run(&["wave", "release", WAVE, "--data", folder]);
    browser.open(&results_page).await;
    browser.until_text("2. halvår 2026").await;
    let points = browser
        .until("a trend with nine waves", "const t = all('figure table')[0]; return t ? [...t.querySelectorAll('tbody tr')].map(r => [...r.children].map(c => c.textContent.trim())) : null")
        .await;
    let rows = points.as_array().expect("rows");
    assert_eq!(rows.len(), 9, "{points}");
    let ninth = rows[8].as_array().expect("cells");
    assert!(
        ninth[0].as_str().expect("text").contains("2. halvår 2026"),
        "{points}"
    );

    let release = released(&server.url, &browser).await;
    let root = release.root().expect("a root");
    assert_eq!(root.responses.shown().expect("shown").n, 12);
    let value = root.scales["P3_total"].shown().expect("shown");
    let IndexValue::Points(index) = value.index else {
        panic!("{value:?}")
    };
    assert_eq!((value.n, index), (12, expected_index()));
    assert!(
        ninth.iter().any(|cell| cell == &index.to_string()),
        "{points}"
    );
    browser.close().await;
}

/// Mean of the respondents' means over the 17 items of principle 3, in whole points.
fn expected_index() -> u8 {
    let mean = |seed: usize| {
        let respondent = Respondent { unit: "", seed };
        let steps: usize = (0..17).map(|item| respondent.point(item) - 1).sum();
        100.0 * f64::from(u32::try_from(steps).expect("small")) / (4.0 * 17.0)
    };
    let sum: f64 = (0..12).map(mean).sum();
    format!("{:.0}", sum / 12.0).parse().expect("0 to 100")
}

async fn released(url: &str, browser: &Browser) -> Release {
    let script = format!(
        "const done = arguments[0]; fetch('{url}/releases/{WAVE}.json').then(r => r.text()).then(done)"
    );
    let text = browser
        .client
        .execute_async(&script, Vec::new())
        .await
        .expect("the release file");
    Release::from_json(text.as_str().expect("text").as_bytes()).expect("a release")
}

/// A submission with the network down is not lost and is counted once when it is back.
#[tokio::test]
async fn an_answer_waits_for_the_collector_and_is_counted_once() {
    let home = tempfile::tempdir().expect("a folder");
    let data = home.path().join("data");
    let folder = data.to_str().expect("a plain path");
    run(&["demo", "--data", folder]);
    let browser = Browser::start(home.path()).await;
    let first = Server::collector(&data);
    let port = first.url.rsplit(':').next().expect("a port").to_owned();
    browser.open(&format!("{}/answer/", first.url)).await;
    let respondent = Respondent {
        unit: "Rehabilitering",
        seed: 3,
    };
    respondent.fill_in(&browser).await;
    drop(first);
    browser.activate("Send svar").await;
    browser.until_text("Dit svar er ikke sendt endnu").await;
    let again = Server::collector_on(&data, port.parse().expect("a port"));
    browser.until_text("Dit svar er talt med").await;
    drop(again);
    let database = data.join("trust-climate.sqlite");
    let connection = rusqlite::Connection::open(database).expect("the database");
    let counted: u32 = connection
        .query_row(
            "SELECT count(*) FROM counted WHERE wave = ?1",
            [WAVE],
            |row| row.get(0),
        )
        .expect("a count");
    assert_eq!(counted, 1);
    browser.close().await;
}
