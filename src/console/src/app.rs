//! The room on screen: effects at the edge, small parts below.

mod close_part;
mod confirm_part;
mod device_part;
mod done_part;
mod effects;
mod file_field;
mod files_table;
mod problem_list;
mod wave_part;

use crate::room::{Action, Loading, Room, Stage};
use close_part::ClosePart;
use confirm_part::ConfirmPart;
use device_part::DevicePart;
use done_part::DonePart;
use problem_list::ProblemList;
use std::rc::Rc;
use ui::Texts;
use wave_part::WavePart;
use wire::Date;
use yew::prelude::*;

/// Where the page keeps what the room needs, as addresses relative to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// The wave file.
    pub wave: String,
    /// The folder of editions, with its final slash.
    pub surveys: String,
    /// The index of releases.
    pub releases: String,
    /// The results page.
    pub results: String,
    /// The closing key, where a demonstration offers it.
    pub closing_key: Option<String>,
}

/// What the room is made of.
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// Addresses from the element's attributes.
    pub addresses: Rc<Addresses>,
    /// Texts and conventions.
    pub language: Texts,
}

impl Reducible for Room {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Rc::unwrap_or_clone(self).after(action))
    }
}

/// The room.
#[component]
pub fn App(props: &AppProps) -> Html {
    let room = use_reducer(|| Room::new(today()));
    effects::use_page(&props.addresses, &room);
    effects::use_edition(&props.addresses, &room);
    effects::use_device(&room);

    let language = props.language.clone();
    match &room.stage {
        Stage::Gathering => gathering(&room, language),
        Stage::Confirming | Stage::Working => {
            html! { <ConfirmPart room={room.clone()} {language} /> }
        }
        Stage::Released(publication) => {
            let results = props.addresses.results.clone();
            let name = room.wave().map(|wave| {
                wave.file
                    .name
                    .get(language.lang(), &wave.file.languages)
                    .to_owned()
            });
            html! {
                <DonePart
                    {language}
                    {results}
                    name={name.unwrap_or_default()}
                    publication={publication.clone()}
                    kept={room.kept}
                />
            }
        }
    }
}

fn gathering(room: &UseReducerHandle<Room>, language: Texts) -> Html {
    if matches!(room.wave, Loading::Waiting) {
        return html! { <p role="status">{ language.get("room.starting") }</p> };
    }
    html! {
        <>
            <ProblemList language={language.clone()} problems={room.problems.clone()} />
            <WavePart language={language.clone()} room={room.clone()} />
            <DevicePart language={language.clone()} room={room.clone()} />
            <ClosePart {language} room={room.clone()} />
        </>
    }
}

/// What every part is given.
#[derive(Properties, PartialEq)]
pub struct PartProps {
    /// Texts and conventions.
    pub language: Texts,
    /// The room.
    pub room: UseReducerHandle<Room>,
}

/// Today where the person is.
fn today() -> Date {
    // Only a clock beyond the year 9999 gives no such date, and it is wrong; the epoch closes no wave.
    Date::parse(&ui::today()).unwrap_or_else(|_| Date::parse("1970-01-01").expect("a date"))
}

/// `<key>-one` or `<key>-many`, filled with the number.
fn counted(language: &Texts, key: &str, count: usize) -> String {
    let number = count.to_string();
    let key = if count == 1 {
        format!("{key}-one")
    } else {
        format!("{key}-many")
    };
    language.fill(&key, &[("n", &number)])
}
