//! What is on screen: plain functions from the state to elements.

mod act;
mod end;
mod item;
mod opening;
mod page;
mod review;
mod who;

use crate::app::App;
use crate::load::{LoadProblem, Open};
use crate::state::State;
pub use act::Act;
use std::rc::Rc;
use survey::{Place, Text};
use ui::{Tag, Texts, all, direction, long_date, name_of_lang, tag, words};
use yew::html::Scope;
use yew::virtual_dom::Listener;
use yew::{Html, NodeRef};

/// Everything that the functions draw from.
pub struct View<'a> {
    /// What is answered.
    pub open: &'a Open,
    /// The respondent.
    pub state: &'a State,
    /// Words.
    pub texts: &'a Texts,
    /// Language in force.
    pub lang: &'a str,
    /// Where messages go.
    pub link: &'a Scope<App>,
    /// Number of the element on its page.
    pub instance: u32,
    /// The heading that gets focus when the page turns.
    pub heading: &'a NodeRef,
    /// Key of what is said of earlier submissions; empty for nothing.
    pub earlier: &'a str,
}

/// The survey at the respondent's place.
pub fn survey(view: &View<'_>) -> Html {
    let place = view.state.session.place;
    let content = match place {
        Place::Opening => opening::opening(view),
        Place::Page(page) => page::page(view, page),
        Place::Review => review::review(view),
        Place::Sending => end::sending(view),
        Place::Waiting => end::waiting(view),
        Place::Thanks => end::thanks(view),
    };
    let page = Tag::new("section", &["part", "class"], &[Some("page"), Some("page")]);
    // A key of its own for each place: nothing is carried over from another page's radios.
    let page = page.keyed(&key_of(place)).of(content);
    all(vec![languages(view), earlier(view), page])
}

/// Shown until the survey has come.
pub fn loading(texts: &Texts, heading: &NodeRef) -> Html {
    let status = Tag::new(
        "p",
        &["class", "role", "tabindex"],
        &[Some("quiet"), Some("status"), Some("-1")],
    );
    let status = status.at(heading).of(words(texts.get("load.loading")));
    section("loading", status)
}

/// Says why there is nothing to answer.
pub fn load_problem(
    problem: &LoadProblem,
    texts: &Texts,
    lang: &str,
    heading: &NodeRef,
    link: &Scope<App>,
) -> Html {
    let day = problem.day.as_deref();
    let date = day.map(|day| long_date(day, lang)).unwrap_or_default();
    // Released stays released; everything else may pass.
    let retry = if problem.key == "load.released" {
        Html::default()
    } else {
        let again = Act::Retry.on_click(link);
        button("button", "button", again, texts.get("load.again"))
    };
    let said = Tag::new("p", &["role", "tabindex"], &[Some("alert"), Some("-1")]);
    let said = said
        .at(heading)
        .of(words(&texts.fill(&problem.key, &[("date", &date)])));
    section("problem", all(vec![said, retry]))
}

fn section(key: &str, content: Html) -> Html {
    let section = Tag::new("section", &["class"], &[Some("page")]);
    section.keyed(key).of(content)
}

/// A button for each language of the wave, named in its own language.
fn languages(view: &View<'_>) -> Html {
    let languages = &view.open.wave.languages;
    if languages.len() < 2 {
        return Html::default();
    }
    let mut buttons = Vec::new();
    for lang in languages {
        let pressed = if lang == view.lang { "true" } else { "false" };
        let button = Tag::new(
            "button",
            &["type", "part", "class", "lang", "dir", "aria-pressed"],
            &[
                Some("button"),
                Some("language"),
                Some("language"),
                Some(lang),
                Some(direction(lang)),
                Some(pressed),
            ],
        );
        let choose = Act::Lang(lang.clone()).on_click(view.link);
        let name = words(&name_of_lang(lang));
        buttons.push(button.keyed(lang).on(choose).of(name));
    }
    tag(
        "div",
        &["class", "role", "aria-label"],
        &["languages", "group", view.t("languages")],
        all(buttons),
    )
}

/// Word of earlier submissions from this device.
fn earlier(view: &View<'_>) -> Html {
    if view.earlier.is_empty() {
        return Html::default();
    }
    let said = words(view.t(view.earlier));
    tag("p", &["class", "role"], &["notice", "status"], said)
}

/// A paragraph.
pub fn paragraph(said: &str) -> Html {
    tag("p", &[], &[], words(said))
}

/// A box of a class.
pub fn class(class: &str, content: Html) -> Html {
    tag("div", &["class"], &[class], content)
}

/// A button with words on it.
#[inline(never)]
pub fn button(part: &str, class: &str, listener: Rc<dyn Listener>, name: &str) -> Html {
    let button = Tag::new(
        "button",
        &["type", "part", "class"],
        &[Some("button"), Some(part), Some(class)],
    );
    button.on(listener).of(words(name))
}

/// A button that says more to a screen reader.
#[inline(never)]
pub fn named_button(
    [part, class]: [&str; 2],
    label: &str,
    listener: Rc<dyn Listener>,
    name: &str,
) -> Html {
    let button = Tag::new(
        "button",
        &["type", "part", "class", "aria-label"],
        &[Some("button"), Some(part), Some(class), Some(label)],
    );
    button.on(listener).of(words(name))
}

fn key_of(place: Place) -> String {
    match place {
        Place::Opening => "opening".to_owned(),
        Place::Page(page) => page.to_string(),
        Place::Review => "review".to_owned(),
        Place::Sending => "sending".to_owned(),
        Place::Waiting => "waiting".to_owned(),
        Place::Thanks => "thanks".to_owned(),
    }
}

impl<'a> View<'a> {
    /// A text of the element.
    pub fn t(&self, key: &'a str) -> &'a str {
        self.texts.get(key)
    }

    /// A text of the survey or the wave.
    pub fn text(&self, text: &'a Text) -> &'a str {
        text.get(self.lang, &self.open.survey.languages)
    }

    /// The page's heading, which takes focus when the page turns but is no stop of the tab key.
    #[inline(never)]
    pub fn heading(&self, said: &str) -> Html {
        let heading = Tag::new(
            "h2",
            &["part", "class", "tabindex"],
            &[Some("heading"), Some("heading"), Some("-1")],
        );
        heading.at(self.heading).of(words(said))
    }

    /// A paragraph of the element's texts.
    pub fn p(&self, key: &'a str) -> Html {
        paragraph(self.t(key))
    }

    /// A button; `main` for the one that leads on.
    #[inline(never)]
    pub fn button(&self, act: Act, key: &'a str, main: bool) -> Html {
        let part = if main { "button primary" } else { "button" };
        button(part, "button", act.on_click(self.link), self.t(key))
    }

    /// The last day in words: nobody sees results before it.
    pub fn closing_day(&self) -> String {
        long_date(&self.open.wave.closes, self.lang)
    }

    /// Whether answers stay on this device.
    pub fn counts_here(&self) -> bool {
        self.open.here
    }
}
