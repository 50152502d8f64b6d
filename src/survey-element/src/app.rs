//! The app: everything on screen, and every message.
//!
//! A component with messages rather than hooks: what comes back from the network finds the state as
//! it is now, not as it was when the request left.

use crate::browser::random_id;
use crate::count::count;
use crate::deliver::{Alive, Outcome, deliver};
use crate::load::{LoadProblem, Open, Way, load};
use crate::pause::Pauses;
use crate::queue::{Earlier, flush};
use crate::settings::{ATTRIBUTES, Settings};
use crate::state::{Event, State};
use crate::view::{self, View};
use std::rc::Rc;
use survey::{Action, Place};
use ui::{FetchProblem, Host, Observation, Texts, direction, pick_lang, primary_lang, tag};
use wasm_bindgen_futures::spawn_local;
use yew::{Component, Context, Html, NodeRef, Properties};

const AREA: &str = "survey";
const SUBMITTED: &str = "trust-survey:submitted";

/// What the app is started with.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The element.
    pub host: Host,
    /// Its number on the page.
    pub instance: u32,
}

/// What can happen.
#[derive(Debug)]
pub enum Msg {
    /// The page has changed an attribute.
    Attributes,
    /// Texts in this language have come, or not.
    Texts(String, Result<Texts, FetchProblem>),
    /// What is answered has come, or not; with the number of the attempt.
    Loaded(u32, Result<Rc<Open>, LoadProblem>),
    /// Load again; answers that cannot be counted are given up.
    Retry,
    /// Another language was chosen.
    Lang(String),
    /// The respondent has done something.
    Do(Event),
    /// The respondent sends.
    Send,
    /// What has become of what was sent.
    Sent(Outcome),
    /// What has become of earlier submissions.
    Earlier(Earlier),
    /// The next respondent at this device.
    Restart,
}

/// The state of the element.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    texts: Option<Texts>,
    /// The language that texts were last asked for in; others that come late are not wanted.
    texts_lang: String,
    /// Chosen here; the page's language until then.
    lang: Option<String>,
    phase: Phase,
    attempt: u32,
    earlier: Earlier,
    alive: Alive,
    heading: NodeRef,
    /// Whether the heading is to get focus after drawing.
    turned: bool,
    /// Whether a person has asked for what is being loaded, and so gets focus on it.
    asked: bool,
    _observation: Observation,
}

#[derive(Debug)]
enum Phase {
    Loading,
    Failed(LoadProblem),
    Ready(Rc<Open>, State),
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let host = &ctx.props().host;
        let changed = ctx.link().callback(|()| Msg::Attributes);
        let mut app = Self {
            settings: Settings::read(host),
            texts: None,
            texts_lang: String::new(),
            lang: None,
            phase: Phase::Loading,
            attempt: 0,
            earlier: Earlier::Nothing,
            alive: Alive::new(true.into()),
            heading: NodeRef::default(),
            turned: false,
            asked: false,
            _observation: host.on_change(&ATTRIBUTES, move || changed.emit(())),
        };
        app.load_texts(ctx);
        app.load(ctx);
        let report = ctx.link().callback(Msg::Earlier);
        spawn_local(flush(app.alive.clone(), report));
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Attributes => self.take_attributes(ctx),
            Msg::Texts(lang, Ok(texts)) if lang == self.texts_lang => self.texts = Some(texts),
            // Not wanted any more, or failed: then the loop in `load_texts` goes on, since there is no
            // word to say it with.
            Msg::Texts(..) => return false,
            Msg::Loaded(attempt, loaded) => {
                if attempt != self.attempt {
                    return false;
                }
                self.take_loaded(ctx, loaded);
            }
            Msg::Retry => {
                self.turned = true;
                self.asked = true;
                self.start_loading(ctx);
            }
            Msg::Lang(lang) => {
                self.lang = Some(lang);
                self.load_texts(ctx);
            }
            Msg::Do(event) => self.apply(event),
            Msg::Send => self.send(ctx),
            Msg::Sent(outcome) => self.take_outcome(ctx, outcome),
            Msg::Earlier(earlier) => self.earlier = earlier,
            Msg::Restart => self.restart(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Some(texts) = &self.texts else {
            return tag("progress", &["aria-hidden"], &["true"], Html::default());
        };
        let lang = self.lang();
        let content = match &self.phase {
            Phase::Loading => view::loading(texts, &self.heading),
            Phase::Failed(problem) => {
                view::load_problem(problem, texts, lang, &self.heading, ctx.link())
            }
            Phase::Ready(open, state) => view::survey(&View {
                open,
                state,
                texts,
                lang,
                link: ctx.link(),
                instance: ctx.props().instance,
                heading: &self.heading,
                earlier: self.earlier,
            }),
        };
        tag(
            "div",
            &["class", "lang", "dir"],
            &["survey", lang, direction(lang)],
            content,
        )
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.turned) {
            ui::focus(&self.heading);
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.alive.set(false);
    }
}

impl App {
    /// The language on screen: the one chosen here, else the page's, among those of the wave.
    fn lang(&self) -> &str {
        let wanted = self.lang.as_deref().unwrap_or(&self.settings.lang);
        match &self.phase {
            Phase::Ready(open, _) => pick_lang(wanted, &open.wave.languages).unwrap_or(wanted),
            Phase::Loading | Phase::Failed(_) => wanted,
        }
    }

    /// Loads the texts of the language in force, however long it takes: without words there is
    /// nothing to show instead.
    fn load_texts(&mut self, ctx: &Context<Self>) {
        let lang = primary_lang(self.lang()).to_owned();
        self.texts_lang.clone_from(&lang);
        let alive = self.alive.clone();
        let report = ctx.link().callback(|(lang, texts)| Msg::Texts(lang, texts));
        spawn_local(async move {
            let mut pauses = Pauses::new();
            loop {
                let loaded = Texts::load(&lang, AREA).await;
                let done = loaded.is_ok() || !alive.get();
                report.emit((lang.clone(), loaded));
                if done {
                    return;
                }
                // The pause of a script never fails.
                let _ = pauses.pause().await;
            }
        });
    }

    fn load(&self, ctx: &Context<Self>) {
        let attempt = self.attempt;
        let source = self.settings.source.clone();
        let report = ctx
            .link()
            .callback(move |loaded| Msg::Loaded(attempt, loaded));
        spawn_local(async move { report.emit(load(source).await) });
    }

    fn start_loading(&mut self, ctx: &Context<Self>) {
        self.attempt += 1;
        self.phase = Phase::Loading;
        self.load(ctx);
    }

    fn take_attributes(&mut self, ctx: &Context<Self>) {
        let settings = Settings::read(&ctx.props().host);
        let before = std::mem::replace(&mut self.settings, settings);
        if before.lang != self.settings.lang {
            self.lang = None;
            self.load_texts(ctx);
        }
        if before.source != self.settings.source {
            self.start_loading(ctx);
        } else if let Phase::Ready(open, state) = &mut self.phase {
            if before.unit != self.settings.unit {
                state.fix_unit(&open.wave.units, self.settings.unit.as_deref());
            }
            if before.code != self.settings.code {
                state.give_code(self.settings.code.as_deref());
            }
        }
    }

    fn take_loaded(&mut self, ctx: &Context<Self>, loaded: Result<Rc<Open>, LoadProblem>) {
        self.turned |= std::mem::take(&mut self.asked);
        self.phase = match loaded {
            Ok(open) => {
                let state = self.fresh_state(&open);
                Phase::Ready(open, state)
            }
            Err(problem) => Phase::Failed(problem),
        };
        // The wave may not offer the page's language.
        if primary_lang(self.lang()) != self.texts_lang {
            self.load_texts(ctx);
        }
    }

    fn fresh_state(&self, open: &Open) -> State {
        let (unit, code) = (self.settings.unit.as_deref(), self.settings.code.as_deref());
        State::new(&open.survey, &open.wave.units, unit, code, random_id())
    }

    fn apply(&mut self, event: Event) {
        if let Phase::Ready(_, state) = &mut self.phase {
            let before = state.session.place;
            state.apply(event);
            self.turned |= state.session.place != before;
        }
    }

    fn restart(&mut self) {
        if let Phase::Ready(open, _) = &self.phase {
            let open = open.clone();
            let state = self.fresh_state(&open);
            self.phase = Phase::Ready(open, state);
            self.turned = true;
        }
    }

    fn send(&mut self, ctx: &Context<Self>) {
        let Phase::Ready(open, state) = &mut self.phase else {
            return;
        };
        let asks_for_code = open.asks_for_code();
        if state.session.place != Place::Review {
            return;
        }
        if let Some(missing) = state.missing(asks_for_code) {
            state.apply(Event::Trouble(missing));
            return;
        }
        let submission = state.submission(&open.wave.id, &open.wave.edition, asks_for_code);
        let Some(submission) = submission else { return };
        let open = open.clone();
        self.apply(Event::Step(Action::Submit));
        let report = ctx.link().callback(Msg::Sent);
        let alive = self.alive.clone();
        spawn_local(async move {
            match open.way.clone() {
                Way::Collector(url) => {
                    deliver(open, url, submission, alive, report).await;
                }
                Way::Device => report.emit(match count(open, submission).await {
                    Ok(()) => Outcome::Counted,
                    Err(trouble) => Outcome::Refused(trouble),
                }),
            }
        });
    }

    fn take_outcome(&mut self, ctx: &Context<Self>, outcome: Outcome) {
        match outcome {
            Outcome::Counted => {
                self.apply(Event::Step(Action::Counted));
                if let Phase::Ready(open, _) = &self.phase {
                    ctx.props()
                        .host
                        .dispatch(SUBMITTED, &[("wave", &open.wave.id)]);
                }
            }
            Outcome::Kept => self.apply(Event::Step(Action::Kept)),
            Outcome::Refused(trouble) => self.apply(Event::Trouble(trouble)),
        }
    }
}
