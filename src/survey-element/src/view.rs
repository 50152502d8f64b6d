//! What is on screen: plain functions from the state to elements.

mod end;
mod item;
mod opening;
mod page;
mod review;
mod who;

use crate::app::{App, Msg};
use crate::load::{File, LoadProblem, Open, Way};
use crate::queue::Earlier;
use crate::state::{Event, State};
use survey::{Action, Place, Text};
use ui::{FetchProblem, Texts, direction, long_date, name_of_lang};
use yew::html::Scope;
use yew::prelude::*;

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
    /// Earlier submissions.
    pub earlier: Earlier,
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
    html! {
        <>
            { languages(view) }
            { earlier(view) }
            // A key of its own for each place: nothing is carried over from another page's radios.
            <section part="page" class="page" key={key_of(place)}>{ content }</section>
        </>
    }
}

/// Shown until the survey has come.
pub fn loading(texts: &Texts, heading: &NodeRef) -> Html {
    html! {
        <section class="page" key="loading">
            <p class="quiet" role="status" tabindex="-1" ref={heading}>{ texts.get("load.loading") }</p>
        </section>
    }
}

/// Says why there is nothing to answer.
pub fn load_problem(
    problem: &LoadProblem,
    texts: &Texts,
    lang: &str,
    heading: &NodeRef,
    link: &Scope<App>,
) -> Html {
    let (key, day) = load_problem_key(problem);
    let date = day.map(|day| long_date(day, lang)).unwrap_or_default();
    // Released stays released; everything else may pass.
    let retry = (*problem != LoadProblem::Released).then(|| {
        let again = link.callback(|_: MouseEvent| Msg::Retry);
        html! {
            <button type="button" part="button" class="button" onclick={again}>
                { texts.get("load.again") }
            </button>
        }
    });
    html! {
        <section class="page" key="problem">
            <p role="alert" tabindex="-1" ref={heading}>{ texts.fill(key, &[("date", &date)]) }</p>
            { retry.unwrap_or_default() }
        </section>
    }
}

fn load_problem_key(problem: &LoadProblem) -> (&'static str, Option<&str>) {
    let key = match problem {
        LoadProblem::NothingNamed => "load.nothing_named",
        LoadProblem::File(_, FetchProblem::Offline) => "load.offline",
        LoadProblem::File(File::Wave, FetchProblem::Status(_)) => "load.wave_status",
        LoadProblem::File(File::Survey, FetchProblem::Status(_)) => "load.survey_status",
        LoadProblem::File(File::Wave, FetchProblem::Unreadable) => "load.wave_unreadable",
        LoadProblem::File(File::Survey, FetchProblem::Unreadable) => "load.survey_unreadable",
        LoadProblem::OtherFile(File::Wave) => "load.wave_other",
        LoadProblem::OtherFile(File::Survey) => "load.survey_other",
        LoadProblem::Insecure => "load.insecure",
        LoadProblem::NoneOpen => "load.none_open",
        LoadProblem::Planned(day) => return ("load.planned", Some(day)),
        LoadProblem::Closed(day) => return ("load.closed", Some(day)),
        LoadProblem::Released => "load.released",
    };
    (key, None)
}

/// A button for each language of the wave, named in its own language.
fn languages(view: &View<'_>) -> Html {
    let languages = &view.open.wave.languages;
    if languages.len() < 2 {
        return Html::default();
    }
    let button = |lang: &String| {
        let chosen = lang == view.lang;
        let wanted = lang.clone();
        let choose = view
            .link
            .callback(move |_: MouseEvent| Msg::Lang(wanted.clone()));
        html! {
            <button type="button" part="language" class="language" key={lang.clone()}
                lang={lang.clone()} dir={direction(lang)} aria-pressed={chosen.to_string()}
                onclick={choose}>
                { name_of_lang(lang) }
            </button>
        }
    };
    html! {
        <div class="languages" role="group" aria-label={view.t("languages").to_owned()}>
            { for languages.iter().map(button) }
        </div>
    }
}

/// Word of earlier submissions from this device.
fn earlier(view: &View<'_>) -> Html {
    let key = match view.earlier {
        Earlier::Nothing => return Html::default(),
        Earlier::Waiting => "earlier.waiting",
        Earlier::Counted => "earlier.counted",
        Earlier::TooLate => "earlier.too_late",
        Earlier::Refused => "earlier.refused",
    };
    html! { <p class="notice" role="status">{ view.t(key) }</p> }
}

/// A paragraph. One function for all, so that each is a call in the download.
pub fn paragraph(words: &str) -> Html {
    html! { <p>{ words }</p> }
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
    pub fn heading(&self, words: &str) -> Html {
        html! {
            <h2 part="heading" class="heading" tabindex="-1" ref={self.heading}>{ words }</h2>
        }
    }

    /// A paragraph of the element's texts.
    pub fn p(&self, key: &'a str) -> Html {
        paragraph(self.t(key))
    }

    /// A button that takes a step.
    pub fn step(&self, action: Action, key: &'a str, main: bool) -> Html {
        self.button(
            self.link.callback(move |_| Msg::Do(Event::Step(action))),
            key,
            main,
        )
    }

    /// A button; `main` for the one that leads on.
    pub fn button(&self, onclick: Callback<MouseEvent>, key: &'a str, main: bool) -> Html {
        let part = if main { "button primary" } else { "button" };
        html! { <button type="button" {part} class="button" {onclick}>{ self.t(key) }</button> }
    }

    /// The last day in words: nobody sees results before it.
    pub fn closing_day(&self) -> String {
        long_date(self.open.wave.closes.as_str(), self.lang)
    }

    /// Whether answers stay on this device.
    pub fn counts_here(&self) -> bool {
        self.open.way == Way::Device
    }
}
