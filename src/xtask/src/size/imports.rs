//! The import graph of the built scripts, read from their text.
//!
//! Not a parser of JavaScript: it knows the few forms in which our own scripts and
//! wasm-bindgen's glue name another file, each with a literal relative address:
//! `import … from "./x.js"`, `import "./x.js"`, `export … from "./x.js"`, `import("./x.js")` and
//! `new URL("./x", import.meta.url)`.

use std::collections::BTreeSet;

use crate::{
    failure::{Failure, Outcome},
    www::Site,
};

/// What was found by following the imports.
#[derive(Default)]
pub struct Graph {
    /// The scripts that are loaded: entries and all that they import.
    pub scripts: BTreeSet<String>,
    /// Files that those scripts name without importing them outright.
    pub named: BTreeSet<String>,
}

/// How a script names another file.
#[derive(Debug, PartialEq, Eq)]
enum Reference<'a> {
    /// Loaded together with the script.
    Import(&'a str),
    /// Loaded later, or fetched.
    Name(&'a str),
}

/// Follows static imports from the entries. Dynamic ones are only named: which of them a module
/// takes is stated by its entries.
pub fn follow(site: &Site, entries: &BTreeSet<String>) -> Outcome<Graph> {
    let mut graph = Graph::default();
    let mut waiting: Vec<String> = entries.iter().cloned().collect();
    while let Some(script) = waiting.pop() {
        if !graph.scripts.insert(script.clone()) {
            continue;
        }
        for reference in references(text(site, &script)?) {
            match reference {
                Reference::Import(address) => waiting.push(resolve(&script, address)),
                Reference::Name(address) => {
                    graph.named.insert(resolve(&script, address));
                }
            }
        }
    }
    Ok(graph)
}

fn text<'a>(site: &'a Site, script: &str) -> Outcome<&'a str> {
    site.get(script)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .ok_or_else(|| Failure::new(format!("a script imports `{script}`, which the site lacks")))
}

/// All references in a script, comments left out.
fn references(source: &str) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    for (start, quote) in source
        .char_indices()
        .filter(|(_, c)| matches!(c, '"' | '\'' | '`'))
    {
        let rest = &source[start + 1..];
        let Some((address, after)) = rest.split_once(quote) else {
            continue;
        };
        if !(address.starts_with("./") || address.starts_with("../")) || address.contains('\n') {
            continue;
        }
        if let Some(reference) = classified(&source[..start], address, after) {
            found.push(reference);
        }
    }
    found
}

/// Tells from what stands around a relative address how it is used.
fn classified<'a>(before: &str, address: &'a str, after: &str) -> Option<Reference<'a>> {
    let line = before.rsplit('\n').next().unwrap_or(before).trim_start();
    if line.starts_with("//") || line.starts_with('*') || line.starts_with("/*") {
        return None;
    }
    let before = before.trim_end();
    if before.ends_with("from") || before.ends_with("import") {
        return Some(Reference::Import(address));
    }
    // The glue gives wasm its imports under the name of a module that is no file.
    let key = before.ends_with(['{', ',']) && after.trim_start().starts_with(':');
    (!key).then_some(Reference::Name(address))
}

/// A relative address as seen from a script, as a name in the site.
fn resolve(script: &str, address: &str) -> String {
    let address = address.split(['?', '#']).next().unwrap_or(address);
    let mut parts: Vec<&str> = script.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[Reference<'_>]) {
        assert_eq!(references(source), expected);
    }

    #[test]
    fn imports_are_found_in_every_form() {
        use Reference::{Import, Name};
        check("import './a.js'", &[Import("./a.js")]);
        check("import { a,\n b } from \"./a.js\";", &[Import("./a.js")]);
        check("export * from '../a.js';", &[Import("../a.js")]);
        check("const a = await import('./a.js')", &[Name("./a.js")]);
        check(
            "new URL('./a_bg.wasm', import.meta.url)",
            &[Name("./a_bg.wasm")],
        );
    }

    #[test]
    fn comments_and_other_strings_are_left_alone() {
        check("// import './a.js'", &[]);
        check(" * @see './a.js'", &[]);
        check("return { \"./a_bg.js\": imports };", &[]);
        check("const a = 'from', b = \"/api/waves\";", &[]);
    }

    #[test]
    fn addresses_are_relative_to_the_script() {
        assert_eq!(resolve("trust-climate.js", "./a/0f/x.js"), "a/0f/x.js");
        assert_eq!(resolve("a/0f/x.js", "./y.js?v=1"), "a/0f/y.js");
        assert_eq!(
            resolve("a/0f/x.js", "../../surveys/index.json"),
            "surveys/index.json"
        );
    }
}
