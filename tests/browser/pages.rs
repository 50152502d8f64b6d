//! Pages as people meet them: doors, languages, narrow screens, a hostile host page.

use tests::browser::Browser;
use tests::program::{Server, dist};

/// Every element of the page is there and has loaded what it shows. To leave a page earlier would
/// break off its downloads, and the browser's cache may then keep the next page waiting for them.
const SETTLED: &str = "return document.readyState === 'complete'
  && !all('[aria-busy=true]').length
  && all('trust-survey, trust-results, trust-console')
       .every(e => e.shadowRoot && e.shadowRoot.querySelector('[part~=root]'))";

const PAGES: [&str; 5] = ["/", "/answer/", "/results/", "/embed/", "/hand-in/"];

#[tokio::test]
async fn the_front_page_has_three_doors_in_two_languages() {
    let server = Server::python(&dist());
    let folder = tempfile::tempdir().expect("a folder");
    let browser = Browser::start(folder.path()).await;
    browser.open(&format!("{}/", server.url)).await;
    for (page, door) in [
        ("answer", "Svar"),
        ("results", "Se resultater"),
        ("embed", "Indsæt"),
    ] {
        let script = format!(
            "return all('main a[href]').some(a => a.href.includes('/{page}/') && label(a).includes('{door}'))"
        );
        browser.until(door, &script).await;
    }
    browser.open(&format!("{}/?lang=en", server.url)).await;
    browser
        .until("English", "return document.documentElement.lang === 'en'")
        .await;
    browser.until_text("See results").await;
    browser.close().await;
}

/// The narrowest screen of WCAG 1.4.10.
#[tokio::test]
async fn no_page_scrolls_sideways_at_320_pixels() {
    let server = Server::python(&dist());
    let folder = tempfile::tempdir().expect("a folder");
    let browser = Browser::start(folder.path()).await;
    browser.narrow(320).await;
    for page in PAGES {
        browser.open(&format!("{}{page}", server.url)).await;
        browser.until("a settled page", SETTLED).await;
        assert!(!browser.scrolls_sideways().await, "{page}");
    }
    browser.close().await;
}

/// The content policy of the pages allows all that they do, and nothing is loaded from elsewhere.
#[tokio::test]
async fn pages_keep_their_own_policy() {
    let server = Server::python(&dist());
    let folder = tempfile::tempdir().expect("a folder");
    let browser = Browser::start(folder.path()).await;
    for page in PAGES {
        browser.open(&format!("{}{page}", server.url)).await;
        browser.until("a settled page", SETTLED).await;
        let foreign = browser
            .ask("return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin))")
            .await;
        assert_eq!(foreign, serde_json::json!([]), "{page}");
        let severe = browser.severe_messages().await;
        assert!(severe.is_empty(), "{page}: {severe:#?}");
    }
    browser.close().await;
}

/// Two elements inside a host page whose styles would wreck them.
#[tokio::test]
async fn a_hostile_host_page_does_not_reach_the_elements() {
    let server = Server::python(&dist());
    let folder = tempfile::tempdir().expect("a folder");
    let browser = Browser::start(folder.path()).await;
    browser.open(&format!("{}/embed/", server.url)).await;
    browser.until_text("Hvilken enhed svarer du for?").await;
    browser.until("results", "return all('trust-results').some(e => e.shadowRoot && e.shadowRoot.querySelector('svg'))").await;
    let fonts = browser
        .ask(
            "return ['trust-survey', 'trust-results'].map(tag => {
               const e = all(tag)[0], p = e.shadowRoot.querySelector('p'), s = getComputedStyle(p);
               return [s.textTransform, s.letterSpacing, s.display, parseFloat(s.fontSize) < 30];
             })",
        )
        .await;
    let expected = serde_json::json!(["none", "normal", "block", true]);
    assert_eq!(fonts, serde_json::json!([expected, expected]));
    let button = browser
        .ask(
            "const b = all('button').filter(b => label(b) === 'Begynd')[0].getBoundingClientRect();
             return b.height >= 44 && b.width >= 44",
        )
        .await;
    assert_eq!(button, true, "the button is large enough to touch");
    browser.close().await;
}
