//! Short names between a wasm module and its glue.
//!
//! wasm-bindgen names each import and export after what it does and a hash, once in the module and
//! once or more in the glue. Nobody else sees those names, and they are 2.5 kB of every download.

use std::collections::HashMap;

use walrus::Module;

/// How the names begin that only the glue uses. All others are part of what the module offers.
const BETWEEN: [&str; 2] = ["__", "wasm_bindgen__"];

/// Gives a bound module short names; what each long name has become.
pub fn shorten(module: &mut Module) -> HashMap<String, String> {
    let mut short = HashMap::new();
    for import in module.imports.iter_mut() {
        rename(&mut short, &mut import.name);
    }
    for export in module.exports.iter_mut() {
        rename(&mut short, &mut export.name);
    }
    short
}

fn rename(short: &mut HashMap<String, String>, name: &mut String) {
    if BETWEEN.iter().any(|start| name.starts_with(start)) {
        let next = format!("_{:x}", short.len());
        name.clone_from(short.entry(name.clone()).or_insert(next));
    }
}

/// The glue with the same short names.
pub fn shortened(glue: &str, short: &HashMap<String, String>) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut result = String::with_capacity(glue.len());
    let mut rest = glue;
    while let Some(start) = rest.find(is_part) {
        let (between, after) = rest.split_at(start);
        let end = after.find(|c| !is_part(c)).unwrap_or(after.len());
        let (name, after) = after.split_at(end);
        result.push_str(between);
        result.push_str(short.get(name).map_or(name, String::as_str));
        rest = after;
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_are_shortened() {
        let short = HashMap::from([("__wbg_a".to_owned(), "_0".to_owned())]);
        let check = |glue, expected: &str| assert_eq!(shortened(glue, &short), expected);
        check(
            "wasm.__wbg_a(); wasm.__wbg_ab();",
            "wasm._0(); wasm.__wbg_ab();",
        );
        check("{ __wbg_a: function() {} }", "{ _0: function() {} }");
        check("æ", "æ");
    }
}
