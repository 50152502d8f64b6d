//! Which wave this is about.

use super::PartProps;
use super::file_field::{FileField, first};
use crate::room::{Action, Given, LoadedWave, Loading};
use ui::Texts;
use yew::prelude::*;

/// Name and dates of the wave, and the fields for files that the page lacks.
#[component]
pub fn WavePart(props: &PartProps) -> Html {
    let language = &props.language;
    let wave_chosen = {
        let room = props.room.dispatcher();
        first(Callback::from(move |(name, bytes)| {
            room.dispatch(Action::Gave(Given::WaveChosen(name, bytes)))
        }))
    };
    let edition_chosen = {
        let room = props.room.dispatcher();
        first(Callback::from(move |(name, bytes)| {
            room.dispatch(Action::Gave(Given::EditionChosen(name, bytes)))
        }))
    };
    let label = match props.room.wave {
        Loading::Here(_) => "wave.choose",
        Loading::Waiting | Loading::Missing => "wave.choose-first",
    };
    html! {
        <section part="wave" aria-labelledby="wave">
            <h2 id="wave">{ language.get("wave.title") }</h2>
            { match props.room.wave() {
                Some(wave) => described(language, wave),
                None => html! { <p>{ language.get("wave.missing") }</p> },
            } }
            if matches!(props.room.edition, Loading::Missing) {
                <p>{ language.get("wave.edition-missing") }</p>
                <FileField
                    id="edition-file"
                    label={language.get("wave.choose-edition").to_owned()}
                    onfiles={edition_chosen}
                />
            }
            <FileField id="wave-file" label={language.get(label).to_owned()} onfiles={wave_chosen} />
        </section>
    }
}

fn described(language: &Texts, wave: &LoadedWave) -> Html {
    let (name, employer) = (
        wave.file.name.get(language.lang(), &wave.file.languages),
        wave.file
            .employer
            .get(language.lang(), &wave.file.languages),
    );
    let (opens, closes) = (
        ui::long_date(wave.file.opens.as_str(), language.lang()),
        ui::long_date(wave.file.closes.as_str(), language.lang()),
    );
    let threshold = wave.file.policy.threshold.answers().to_string();
    html! {
        <>
            <p class="lead">
                { language.fill("wave.named", &[("name", name), ("employer", employer)]) }
            </p>
            <p>
                { language.fill(
                    "wave.dates",
                    &[("opens", &opens), ("closes", &closes), ("k", &threshold)],
                ) }
            </p>
        </>
    }
}
