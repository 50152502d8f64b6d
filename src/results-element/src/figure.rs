//! A chart on the page: the picture, its reading, and its numbers.

use crate::picture::Picture;
use charts::{Chart, Key, Language, Table};
use std::rc::Rc;
use yew::prelude::*;

/// A chart with its sentence as caption and its table behind a button.
pub fn figure(chart: Chart, language: &Language) -> Html {
    html! {
        <figure part="figure">
            <h5>{ chart.title }</h5>
            <Picture svg={Rc::new(chart.svg)} />
            <figcaption part="sentence">{ chart.sentence }</figcaption>
            <details>
                <summary>{ language.get("page.table") }</summary>
                { table(&chart.table, language) }
            </details>
        </figure>
    }
}

/// What the inks mean, each once.
pub fn legend(mut keys: Vec<Key>, language: &Language) -> Html {
    let mut seen: Vec<Key> = Vec::new();
    keys.retain(|key| {
        let is_new = !seen.contains(key);
        if is_new {
            seen.push(key.clone());
        }
        is_new
    });
    if keys.is_empty() {
        return Html::default();
    }
    let entry = |key: &Key| {
        html! { <li><span class={classes!("swatch", key.class)} aria-hidden="true"></span>{ key.label.clone() }</li> }
    };
    html! {
        <ul class="legend" part="legend" aria-label={language.get("section.legend").to_owned()}>
            { for keys.iter().map(entry) }
        </ul>
    }
}

/// A table that scrolls in a box of its own, which the keyboard can reach.
fn table(table: &Table, language: &Language) -> Html {
    let label = language.fill("page.table_box", &[("caption", &table.caption)]);
    let header = |text: &String| html! { <th scope="col">{ text.clone() }</th> };
    html! {
        <div class="table-box" part="table" role="region" aria-label={label} tabindex="0">
            <table>
                <caption>{ table.caption.clone() }</caption>
                <thead><tr>{ for table.headers.iter().map(header) }</tr></thead>
                <tbody>{ for table.rows.iter().map(|cells| row(cells)) }</tbody>
            </table>
        </div>
    }
}

fn row(cells: &[String]) -> Html {
    let cell = |(place, text): (usize, &String)| match place {
        0 => html! { <th scope="row">{ text.clone() }</th> },
        _ => html! { <td>{ text.clone() }</td> },
    };
    html! { <tr>{ for cells.iter().enumerate().map(cell) }</tr> }
}
