//! Language files: nested tables in TOML for people, flat JSON for the elements.

use std::collections::{BTreeMap, BTreeSet};

use super::site::Site;
use crate::{
    failure::{Failure, Outcome},
    workspace::Workspace,
};

/// Texts by dotted key.
type Texts = BTreeMap<String, String>;

/// `texts/<lang>.<area>.json` for every `www/texts/<lang>/<area>.toml`; an area is what one
/// element or the pages need, so that nobody loads another's texts.
///
/// # Errors
/// Every language must have the same keys: a missing text would be found by a member of staff.
pub fn compiled(workspace: &Workspace) -> Outcome<Site> {
    let sources = Site::read(&workspace.path("www/texts"))?;
    let mut areas: BTreeMap<&str, Vec<(&str, Texts)>> = BTreeMap::new();
    for (name, bytes) in sources.iter() {
        if let Some((language, area)) = name.strip_suffix(".toml").and_then(|n| n.split_once('/')) {
            let texts = parsed(name, bytes)?;
            areas.entry(area).or_default().push((language, texts));
        }
    }
    let mut site = Site::default();
    for (area, languages) in areas {
        same_keys(area, &languages)?;
        for (language, texts) in languages {
            let name = format!("texts/{language}.{area}.json");
            let json = serde_json::to_vec(&texts)
                .map_err(|error| Failure::new(format!("cannot write `{name}`: {error}")))?;
            site.add(name, json)?;
        }
    }
    Ok(site)
}

fn parsed(name: &str, bytes: &[u8]) -> Outcome<Texts> {
    let problem = |what: String| Failure::new(format!("`www/texts/{name}`: {what}"));
    let text = std::str::from_utf8(bytes).map_err(|error| problem(error.to_string()))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| problem(error.to_string()))?;
    let mut texts = Texts::new();
    flatten(&table, "", &mut texts).map_err(|key| problem(format!("`{key}` is not a text")))?;
    Ok(texts)
}

/// Turns `[survey] next = "Næste"` into `survey.next`; refuses by key what is neither a table
/// nor a string.
fn flatten(table: &toml::Table, prefix: &str, texts: &mut Texts) -> Result<(), String> {
    for (name, value) in table {
        let key = format!("{prefix}{name}");
        match value {
            toml::Value::Table(inner) => flatten(inner, &format!("{key}."), texts)?,
            toml::Value::String(text) => {
                texts.insert(key, text.clone());
            }
            toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_)
            | toml::Value::Array(_) => return Err(key),
        }
    }
    Ok(())
}

fn same_keys(area: &str, languages: &[(&str, Texts)]) -> Outcome {
    let all: BTreeSet<&String> = languages
        .iter()
        .flat_map(|(_, texts)| texts.keys())
        .collect();
    for (language, texts) in languages {
        let missing: Vec<&str> = all
            .iter()
            .filter(|key| !texts.contains_key(**key))
            .map(|key| key.as_str())
            .collect();
        if !missing.is_empty() {
            let missing = missing.join("`, `");
            return Err(Failure::new(format!(
                "`www/texts/{language}/{area}.toml` lacks `{missing}`, which another language has"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_tables_become_dotted_keys() {
        let source = "[survey]\nnext = \"Næste\"\n[survey.review]\ntitle = \"Gennemse\"\n";
        let texts = parsed("da/survey.toml", source.as_bytes()).expect("the source is well formed");
        let pairs: Vec<_> = texts
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("survey.next", "Næste"),
                ("survey.review.title", "Gennemse")
            ]
        );
    }

    #[test]
    fn a_number_is_named_by_its_key() {
        let failure = parsed("da/survey.toml", b"[a]\nb = 1\n").expect_err("a number is no text");
        assert_eq!(
            failure.to_string(),
            "`www/texts/da/survey.toml`: `a.b` is not a text"
        );
    }

    #[test]
    fn a_language_that_lacks_a_key_is_refused() {
        let da = parsed("da/survey.toml", b"a = \"x\"\nb = \"y\"\n").expect("well formed");
        let en = parsed("en/survey.toml", b"a = \"x\"\n").expect("well formed");
        let failure = same_keys("survey", &[("da", da), ("en", en)]).expect_err("en lacks b");
        assert_eq!(
            failure.to_string(),
            "`www/texts/en/survey.toml` lacks `b`, which another language has"
        );
    }
}
