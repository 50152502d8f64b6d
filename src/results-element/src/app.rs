//! The app: what is loaded, which unit is shown, and what happens next.

use crate::device;
use crate::load::{self, Problem};
use crate::outline::Outline;
use crate::page::{self, Page};
use crate::picker::picker;
use crate::width::{Watch, Widths};
use charts::Language;
use release::{Index, Release};
use std::rc::Rc;
use ui::{Host, Observation, Texts};
use web_sys::Element;
use yew::prelude::*;

/// Where releases are listed when the element does not say.
const SRC: &str = "releases/releases.json";

/// How long to wait before asking for the words again, in milliseconds. They lie beside the script
/// that is running, so only the network can have gone.
const WORDS_AGAIN: u32 = 3_000;

/// Properties of [`App`].
#[derive(Properties, PartialEq, Clone)]
pub struct Properties {
    /// The element in the page.
    pub host: Host,
    /// Where the app is, inside the element.
    pub root: Element,
}

/// What can happen.
pub enum Action {
    /// The words have come, or have not.
    Words(Option<Language>),
    /// The words are to be asked for once more.
    WordsAgain,
    /// An attribute has changed.
    Changed,
    /// The list of releases has come, for the loading of this number.
    Listed(u32, String, Result<Index, Problem>),
    /// One release has come, for its place in the list.
    Arrived(u32, usize, Box<Result<Release, Problem>>),
    /// The releases on this device have come.
    Device(u32, Vec<Result<Release, Problem>>),
    /// A person has picked a unit.
    Picked(String),
    /// A person wants everything loaded again.
    Retry,
    /// The element has become this wide.
    Width(i32),
}

/// The attributes that decide what is loaded.
#[derive(PartialEq, Clone)]
struct Sources {
    src: String,
    device: bool,
}

impl Sources {
    fn of(host: &Host) -> Self {
        let src = host.attribute("src").filter(|src| !src.is_empty());
        Self {
            src: src.unwrap_or_else(|| SRC.to_owned()),
            device: host.has("device"),
        }
    }
}

/// What is on its way and what has come.
enum Loading {
    /// Some files are missing still.
    Waiting {
        listed: bool,
        device: Option<Vec<Result<Release, Problem>>>,
        files: Vec<File>,
    },
    /// All there.
    Done {
        releases: Rc<Vec<Release>>,
        problems: Vec<Problem>,
    },
}

/// A file of the list, once it has come.
type File = Option<Result<Release, Problem>>;

/// The app.
pub struct App {
    language: Option<Rc<Language>>,
    lang: String,
    sources: Sources,
    /// Counts loadings, so that what an earlier one brings is not mixed in.
    round: u32,
    loading: Loading,
    /// The unit picked, or named by the attribute.
    unit: Option<String>,
    /// The attribute as it was last read.
    unit_attribute: Option<String>,
    widths: Option<Widths>,
    _attributes: Observation,
    _width: Watch,
}

impl Component for App {
    type Message = Action;
    type Properties = Properties;

    fn create(ctx: &Context<Self>) -> Self {
        let Properties { host, root } = ctx.props();
        let link = ctx.link();
        let (changed, resized) = (
            link.callback(|()| Action::Changed),
            link.callback(Action::Width),
        );
        let names = ["src", "unit", "lang", "device"];
        let unit = host.attribute("unit");
        let mut app = Self {
            language: None,
            lang: host.lang(),
            sources: Sources::of(host),
            round: 0,
            loading: Loading::Waiting {
                listed: false,
                device: None,
                files: Vec::new(),
            },
            unit: unit.clone(),
            unit_attribute: unit,
            widths: None,
            _attributes: host.on_change(&names, move || changed.emit(())),
            _width: Watch::new(root, move |across| resized.emit(across)),
        };
        app.load_words(ctx);
        app.load(ctx);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        match action {
            Action::Words(words) => self.take_words(ctx, words),
            Action::WordsAgain => {
                self.load_words(ctx);
                false
            }
            Action::Changed => self.attributes_changed(ctx),
            Action::Listed(round, url, index) => {
                round == self.round && self.take_list(ctx, &url, index)
            }
            Action::Arrived(round, place, result) => {
                round == self.round && self.take_file(place, *result)
            }
            Action::Device(round, results) => round == self.round && self.take_device(results),
            Action::Picked(unit) => {
                ctx.props()
                    .host
                    .dispatch("trust-results:unit", &[("unit", &unit)]);
                self.unit = Some(unit);
                true
            }
            Action::Retry => {
                self.load(ctx);
                true
            }
            Action::Width(across) => {
                let widths = Some(Widths::of(across));
                std::mem::replace(&mut self.widths, widths) != widths
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Some(language) = &self.language else {
            return html! { <div aria-busy="true" class="busy" /> };
        };
        let content = match &self.loading {
            Loading::Waiting { .. } => {
                html! { <p class="busy" role="status">{ language.get("page.loading") }</p> }
            }
            Loading::Done { releases, problems } => html! {
                <>
                    { self.problems(ctx, problems, releases.is_empty(), language) }
                    { self.results(ctx, releases, problems, language) }
                </>
            },
        };
        let busy = matches!(self.loading, Loading::Waiting { .. });
        html! {
            <div class="results" lang={language.tag().to_owned()} dir={ui::direction(language.tag())} aria-busy={busy.to_string()}>
                { content }
            </div>
        }
    }
}

impl App {
    fn load_words(&self, ctx: &Context<Self>) {
        let lang = self.lang.clone();
        ctx.link().send_future(async move {
            let texts = Texts::load(&lang, "results").await.ok();
            Action::Words(texts.map(|texts| {
                let words = texts.words().clone().into_iter().collect();
                Language::new(texts.lang(), words)
            }))
        });
    }

    fn take_words(&mut self, ctx: &Context<Self>, words: Option<Language>) -> bool {
        match words {
            Some(language) => self.language = Some(Rc::new(language)),
            None => {
                let again = ctx.link().callback(|()| Action::WordsAgain);
                // Asking an app that has ended is nothing.
                gloo::timers::callback::Timeout::new(WORDS_AGAIN, move || again.emit(())).forget();
            }
        }
        true
    }

    /// Starts from the list of releases, and asks this device at the same time when it should.
    fn load(&mut self, ctx: &Context<Self>) {
        self.round += 1;
        let round = self.round;
        let device = if self.sources.device {
            None
        } else {
            Some(Vec::new())
        };
        self.loading = Loading::Waiting {
            listed: false,
            device,
            files: Vec::new(),
        };
        let src = self.sources.src.clone();
        ctx.link().send_future(async move {
            match ui::absolute(&src, None) {
                None => Action::Listed(round, src.clone(), Err(Problem::Address(src))),
                Some(url) => {
                    let index = load::index(&url).await;
                    Action::Listed(round, url, index)
                }
            }
        });
        if self.sources.device {
            ctx.link()
                .send_future(async move { Action::Device(round, device::releases().await) });
        }
    }

    fn take_list(&mut self, ctx: &Context<Self>, url: &str, index: Result<Index, Problem>) -> bool {
        let Loading::Waiting { listed, files, .. } = &mut self.loading else {
            return false;
        };
        *listed = true;
        match index {
            Err(problem) => files.push(Some(Err(problem))),
            Ok(index) => {
                for (place, entry) in index.releases.into_iter().enumerate() {
                    files.push(None);
                    let (round, url) = (self.round, url.to_owned());
                    ctx.link().send_future(async move {
                        Action::Arrived(round, place, Box::new(load::listed(&url, &entry).await))
                    });
                }
            }
        }
        self.finish()
    }

    fn take_file(&mut self, place: usize, result: Result<Release, Problem>) -> bool {
        if let Loading::Waiting { files, .. } = &mut self.loading
            && let Some(file) = files.get_mut(place)
        {
            *file = Some(result);
        }
        self.finish()
    }

    fn take_device(&mut self, results: Vec<Result<Release, Problem>>) -> bool {
        if let Loading::Waiting { device, .. } = &mut self.loading {
            *device = Some(results);
        }
        self.finish()
    }

    /// Whether everything has come; then it is put in order.
    fn finish(&mut self) -> bool {
        let Loading::Waiting {
            listed,
            device,
            files,
        } = &mut self.loading
        else {
            return false;
        };
        if !*listed || device.is_none() || files.iter().any(Option::is_none) {
            return false;
        }
        let arrived = std::mem::take(files).into_iter().flatten();
        let arrived = arrived.chain(device.take().into_iter().flatten());
        let (mut releases, mut problems) = (Vec::<Release>::new(), Vec::new());
        for result in arrived {
            match result {
                // A wave on this device that is also in the list: the published one is shown.
                Ok(release)
                    if releases
                        .iter()
                        .any(|other| other.wave.id == release.wave.id) => {}
                // The list is in order; what comes from this device goes where its last day says.
                Ok(release) => {
                    let is_before = |other: &Release| other.wave.closes <= release.wave.closes;
                    let before = releases.iter().rposition(is_before);
                    releases.insert(before.map_or(0, |place| place + 1), release);
                }
                Err(problem) => problems.push(problem),
            }
        }
        self.loading = Loading::Done {
            releases: Rc::new(releases),
            problems,
        };
        true
    }

    fn attributes_changed(&mut self, ctx: &Context<Self>) -> bool {
        let host = &ctx.props().host;
        let lang = host.lang();
        if lang != self.lang {
            self.lang = lang;
            self.load_words(ctx);
        }
        let unit = host.attribute("unit");
        if unit != self.unit_attribute {
            self.unit.clone_from(&unit);
            self.unit_attribute = unit;
        }
        let sources = Sources::of(host);
        if sources != self.sources {
            self.sources = sources;
            self.load(ctx);
        }
        true
    }

    fn problems(
        &self,
        ctx: &Context<Self>,
        problems: &[Problem],
        nothing_is_shown: bool,
        language: &Language,
    ) -> Html {
        if problems.is_empty() {
            return Html::default();
        }
        let heading = if nothing_is_shown {
            "error.heading"
        } else {
            "error.heading_some"
        };
        let entry = |problem: &Problem| {
            let [what, remedy] = problem.sentences(language);
            html! { <li>{ what }{ " " }{ remedy }</li> }
        };
        let onclick = ctx.link().callback(|_: MouseEvent| Action::Retry);
        html! {
            <div class="problems" part="problems" role="alert">
                <p><strong>{ language.get(heading) }</strong></p>
                <ul>{ for problems.iter().map(entry) }</ul>
                <button type="button" part="retry" {onclick}>{ language.get("page.retry") }</button>
            </div>
        }
    }

    fn results(
        &self,
        ctx: &Context<Self>,
        releases: &Rc<Vec<Release>>,
        problems: &[Problem],
        language: &Rc<Language>,
    ) -> Html {
        let (Some(latest), Some(widths)) = (releases.last(), self.widths) else {
            let is_empty = releases.is_empty() && problems.is_empty();
            return if is_empty {
                html! { <p>{ language.get("page.empty") }</p> }
            } else {
                Html::default()
            };
        };
        let wanted = self.unit.as_deref().filter(|unit| !unit.is_empty());
        let found = wanted.and_then(|unit| latest.unit(unit));
        // A release without a root does not pass the audit.
        let Some(unit) = found.or_else(|| latest.root()) else {
            return Html::default();
        };
        let gone = wanted.filter(|_| found.is_none()).map(|unit| {
            let values = [("unit", unit), ("wave", language.pick(&latest.wave.name))];
            html! { <p role="status">{ language.fill("unit.gone", &values) }</p> }
        });
        let shown = Page {
            language,
            releases,
            latest,
            unit,
            widths,
        };
        let outline = Outline::of(releases);
        html! {
            <>
                { page::heading(latest, language) }
                { picker(latest, &unit.id, language, &ctx.link().callback(Action::Picked)) }
                { gone }
                <p class="responses" part="responses" role="status">{ shown.responses() }</p>
                { shown.trends(&outline) }
                { shown.distributions(&outline) }
                { shown.notes() }
            </>
        }
    }
}
