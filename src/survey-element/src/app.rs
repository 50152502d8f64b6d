//! The app: everything on screen, and every message.
//!
//! A component with messages rather than hooks: what comes back from the network finds the state as
//! it is now, not as it was when the request left.

use crate::errands::{Errands, Hear, json_of, random_id};
use crate::load::{LoadProblem, Open};
use crate::settings::{ATTRIBUTES, Settings};
use crate::state::{Event, State, Trouble};
use crate::view::{self, View};
use std::rc::Rc;
use survey::{Action, Place};
use ui::{Host, Observation, Texts, direction, joined, pick_lang, primary_lang, tag};
use wasm_bindgen::JsValue;
use yew::{Component, Context, Html, NodeRef, Properties};

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
    /// What is said of an errand: its topic, and what came of it.
    Heard(String, JsValue),
    /// Load again; answers that cannot be counted are given up.
    Retry,
    /// Another language was chosen.
    Lang(String),
    /// The respondent has done something.
    Do(Event),
    /// The respondent sends.
    Send,
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
    /// Key of what is said of earlier submissions; empty for nothing.
    earlier: String,
    errands: Errands,
    _hear: Hear,
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
        let link = ctx.link().clone();
        let hear = Hear::new(move |topic: JsValue, outcome| {
            link.send_message(Msg::Heard(topic.as_string().unwrap_or_default(), outcome));
        });
        let mut app = Self {
            settings: Settings::read(host),
            texts: None,
            texts_lang: String::new(),
            lang: None,
            phase: Phase::Loading,
            earlier: String::new(),
            errands: Errands::new(&hear),
            _hear: hear,
            heading: NodeRef::default(),
            turned: false,
            asked: false,
            _observation: host.on_change(&ATTRIBUTES, move || changed.emit(())),
        };
        app.load_texts();
        app.load();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Attributes => self.take_attributes(ctx),
            Msg::Heard(topic, outcome) => self.hear(ctx, &topic, outcome),
            Msg::Retry => {
                self.turned = true;
                self.asked = true;
                self.start_loading();
            }
            Msg::Lang(lang) => {
                self.lang = Some(lang);
                self.load_texts();
            }
            Msg::Do(event) => self.apply(event),
            Msg::Send => self.send(),
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
                earlier: &self.earlier,
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
        self.errands.end();
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

    fn load_texts(&mut self) {
        let lang = primary_lang(self.lang()).to_owned();
        self.errands.texts(&lang);
        self.texts_lang = lang;
    }

    fn load(&self) {
        let source = &self.settings.source;
        self.errands.load(
            source.src.as_deref(),
            source.wave.as_deref(),
            source.wave_hash.as_deref(),
            source.collector.as_deref(),
        );
    }

    fn start_loading(&mut self) {
        self.phase = Phase::Loading;
        self.load();
    }

    fn hear(&mut self, ctx: &Context<Self>, topic: &str, outcome: JsValue) {
        let word = outcome.as_string().unwrap_or_default();
        match topic {
            "texts" => self.texts = Texts::read(outcome).or(self.texts.take()),
            "open" => self.take_loaded(Open::read(outcome)),
            "shut" => {
                if let Some(problem) = LoadProblem::read(outcome) {
                    self.take_loaded(Err(problem));
                }
            }
            "earlier" => self.earlier = joined(&["earlier.", &word]),
            _ => self.take_outcome(ctx, &word),
        }
    }

    fn take_attributes(&mut self, ctx: &Context<Self>) {
        let settings = Settings::read(&ctx.props().host);
        let before = std::mem::replace(&mut self.settings, settings);
        if before.lang != self.settings.lang {
            self.lang = None;
            self.load_texts();
        }
        if before.source != self.settings.source {
            self.start_loading();
        } else if let Phase::Ready(open, state) = &mut self.phase {
            if before.unit != self.settings.unit {
                state.fix_unit(&open.wave.units, self.settings.unit.as_deref());
            }
            if before.code != self.settings.code {
                state.give_code(self.settings.code.as_deref());
            }
        }
    }

    fn take_loaded(&mut self, loaded: Result<Open, LoadProblem>) {
        self.turned |= std::mem::take(&mut self.asked);
        self.phase = match loaded {
            Ok(open) => {
                let state = self.fresh_state(&open);
                Phase::Ready(Rc::new(open), state)
            }
            Err(problem) => Phase::Failed(problem),
        };
        // The wave may not offer the page's language.
        if primary_lang(self.lang()) != self.texts_lang {
            self.load_texts();
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

    fn send(&mut self) {
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
        self.errands.send(&json_of(&submission));
        self.apply(Event::Step(Action::Submit));
    }

    fn take_outcome(&mut self, ctx: &Context<Self>, outcome: &str) {
        match outcome {
            "counted" => {
                self.apply(Event::Step(Action::Counted));
                if let Phase::Ready(open, _) = &self.phase {
                    ctx.props()
                        .host
                        .dispatch(SUBMITTED, &[("wave", &open.wave.id)]);
                }
            }
            "kept" => self.apply(Event::Step(Action::Kept)),
            trouble => self.apply(Event::Trouble(Trouble::named(trouble))),
        }
    }
}
