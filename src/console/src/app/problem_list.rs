//! Everything that has to be put right, at once.

use crate::problem::Problem;
use ui::Texts;
use yew::prelude::*;

/// The problems.
#[derive(Properties, PartialEq)]
pub struct ProblemListProps {
    /// Texts and conventions.
    pub language: Texts,
    /// The problems; may be none.
    pub problems: Vec<Problem>,
}

/// The list; takes the focus when there is something new in it.
#[component]
pub fn ProblemList(props: &ProblemListProps) -> Html {
    let heading = use_node_ref();
    {
        let heading = heading.clone();
        use_effect_with(props.problems.clone(), move |problems| {
            if !problems.is_empty() {
                ui::focus(&heading);
            }
        });
    }
    if props.problems.is_empty() {
        return Html::default();
    }
    html! {
        <section class="problems" part="problems" aria-labelledby="problems">
            <h2 id="problems" tabindex="-1" ref={heading}>{ props.language.get("problems.title") }</h2>
            <ul>
                { for props.problems.iter().map(|p| html! { <li>{ sentence(&props.language, p) }</li> }) }
            </ul>
        </section>
    }
}

/// The problem and its remedy in words.
pub fn sentence(language: &Texts, problem: &Problem) -> String {
    let mut args = problem.args();
    for (name, value) in &mut args {
        if *name == "date" {
            *value = ui::long_date(value, language.lang());
        }
    }
    let args: Vec<(&str, &str)> = args
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    language.fill(problem.key(), &args)
}
