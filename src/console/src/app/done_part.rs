//! The wave is released: what to do with it, and what to destroy.

use super::effects;
use super::problem_list::sentence;
use crate::problem::Problem;
use crate::publish::{Download, Publication};
use ui::Texts;
use yew::prelude::*;

/// A release just made.
#[derive(Properties, PartialEq)]
pub struct DonePartProps {
    /// Texts and conventions.
    pub language: Texts,
    /// Name of the wave.
    pub name: AttrValue,
    /// Address of the results page.
    pub results: AttrValue,
    /// The release and its index.
    pub publication: Publication,
    /// Whether this browser keeps the release.
    pub kept: bool,
}

/// The way to the results, the two files to publish, and the cleaning up.
#[component]
pub fn DonePart(props: &DonePartProps) -> Html {
    let heading = use_node_ref();
    {
        let heading = heading.clone();
        use_effect_with((), move |()| ui::focus(&heading));
    }
    let say = |key: &str| props.language.get(&format!("done.{key}")).to_owned();
    let title = props.language.fill("done.title", &[("name", &props.name)]);
    let count = props.publication.without.to_string();
    let without = props.language.fill("done.without", &[("count", &count)]);
    html! {
        <section part="done" aria-labelledby="done">
            <h2 id="done" tabindex="-1" ref={heading}>{ title }</h2>
            if props.kept {
                <p>{ say("what") }</p>
                <p><a href={&props.results}>{ say("see") }</a></p>
            } else {
                <p class="warning">{ sentence(&props.language, &Problem::NotKept) }</p>
            }
            if props.publication.without > 0 {
                <p class="warning">{ without }</p>
            }
            <h3>{ say("publish") }</h3>
            <p>{ say("publish-how") }</p>
            <div class="actions">
                { saver(&props.language, &props.publication.release) }
                { saver(&props.language, &props.publication.index) }
            </div>
            <h3>{ say("after") }</h3>
            <p>{ say("after-how") }</p>
        </section>
    }
}

fn saver(language: &Texts, file: &Download) -> Html {
    let onclick = {
        let file = file.clone();
        Callback::from(move |_| effects::save(&file.name, &file.bytes))
    };
    html! {
        <button type="button" {onclick}>{ language.fill("done.save", &[("file", &file.name)]) }</button>
    }
}
