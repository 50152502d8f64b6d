//! `cargo xtask size`: what each element makes a browser download, held to `sizes.toml`.
//!
//! The scripts are found as a browser finds them, by following the imports from the entries.
//! What scripts fetch is declared in `sizes.toml`, and a script that reaches for a file that is
//! not declared there fails the command, so that nothing can be forgotten.

mod imports;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write as _},
};

use flate2::{Compression, write::GzEncoder};
use serde::Deserialize;

use crate::{
    failure::{Failure, Outcome},
    workspace::{Workspace, read_text},
    www::Site,
};

/// What one element may download, as `sizes.toml` states it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// The most bytes after brotli, every file compressed by itself.
    brotli: usize,
    /// Scripts that the host page or the registration loads.
    entries: Vec<String>,
    /// Files that the scripts fetch: wasm, texts, styles, one survey.
    fetches: Vec<String>,
    /// Files that the scripts name but do not load for this element.
    #[serde(default)]
    not_loaded: Vec<String>,
}

/// The size of one file in bytes: as it is, and as servers send it.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Measures every module, prints the table and compares with the budgets.
///
/// # Errors
/// Names the modules that are over their budget.
pub fn size(workspace: &Workspace) -> Outcome {
    let site = Site::read(&workspace.dist())?;
    let mut over = Vec::new();
    for (module, budget) in budgets(workspace)? {
        let total = report(&site, &module, &budget)?;
        if total.brotli > budget.brotli {
            over.push(module);
        }
    }
    if over.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "over the budget of `sizes.toml`: {}",
        over.join(", ")
    )))
}

fn budgets(workspace: &Workspace) -> Outcome<BTreeMap<String, Budget>> {
    let text = read_text(&workspace.path("sizes.toml"))?;
    toml::from_str(&text).map_err(|error| Failure::new(format!("`sizes.toml`: {error}")))
}

/// Prints one module's files and their sum, and returns the sum.
fn report(site: &Site, module: &str, budget: &Budget) -> Outcome<Size> {
    let mut rows = Vec::new();
    let mut total = Size::default();
    for name in loaded(site, module, budget)? {
        let size = measured(site.get(&name).unwrap_or_default())
            .map_err(|error| Failure::new(format!("cannot compress `{name}`: {error}")))?;
        total = total.plus(size);
        rows.push((name, size));
    }
    print(module, &rows, total, budget.brotli)
        .map_err(|error| Failure::new(format!("cannot print the sizes: {error}")))?;
    Ok(total)
}

/// The names of all files that one module loads.
fn loaded(site: &Site, module: &str, budget: &Budget) -> Outcome<BTreeSet<String>> {
    let entries = resolved(site, module, &budget.entries)?;
    let fetches = resolved(site, module, &budget.fetches)?;
    let not_loaded = resolved(site, module, &budget.not_loaded)?;
    let graph = imports::follow(site, &entries)?;
    let forgotten = graph.named.iter().find(|name| {
        !graph.scripts.contains(*name) && !fetches.contains(*name) && !not_loaded.contains(*name)
    });
    match forgotten {
        Some(name) => Err(Failure::new(format!(
            "a script of `{module}` names `{name}`: declare it in `sizes.toml` under `fetches` or `not_loaded`"
        ))),
        None => Ok(graph.scripts.into_iter().chain(fetches).collect()),
    }
}

/// The files that patterns stand for; `*` stands for any part of a name, and of several files
/// that fit, the largest counts: no language or survey may break the budget.
fn resolved(site: &Site, module: &str, patterns: &[String]) -> Outcome<BTreeSet<String>> {
    patterns
        .iter()
        .map(|pattern| {
            site.iter()
                .filter(|(name, _)| fits(pattern, name))
                .max_by_key(|(_, bytes)| bytes.len())
                .map(|(name, _)| name.to_owned())
                .ok_or_else(|| {
                    Failure::new(format!(
                        "`sizes.toml`: no file of the site fits `{pattern}` of `{module}`"
                    ))
                })
        })
        .collect()
}

/// Whether a name fits a pattern in which `*` stands for anything but `/`.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            let reach = rest.find('/').unwrap_or(rest.len());
            (0..=reach)
                .filter(|end| rest.is_char_boundary(*end))
                .any(|end| fits(after, &rest[end..]))
        }),
    }
}

impl Size {
    fn plus(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

/// Compresses one file as hard as a server can beforehand: gzip 9 and brotli 11.
fn measured(bytes: &[u8]) -> io::Result<Size> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    // 22: brotli's default and largest ordinary window, 4 MB.
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters)?;
    Ok(Size {
        raw: bytes.len(),
        gzip: gzip.finish()?.len(),
        brotli: brotli.len(),
    })
}

fn print(module: &str, rows: &[(String, Size)], total: Size, budget: usize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "\n{module:<46} {:>9} {:>9} {:>9}",
        "raw", "gzip 9", "brotli 11"
    )?;
    for (name, size) in rows {
        writeln!(
            out,
            "  {name:<44} {:>9} {:>9} {:>9}",
            size.raw, size.gzip, size.brotli
        )?;
    }
    writeln!(
        out,
        "  {:<44} {:>9} {:>9} {:>9}",
        "total", total.raw, total.gzip, total.brotli
    )?;
    let verdict = if total.brotli > budget {
        "OVER"
    } else {
        "within"
    };
    writeln!(
        out,
        "  {:<44} {:>9} {:>9} {budget:>9}  {verdict}",
        "budget", "", ""
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_part_of_one_name() {
        assert!(fits("a/*/x.js", "a/0123/x.js"));
        assert!(fits("a/*/texts.*.json", "a/0123/texts.da.json"));
        assert!(!fits("a/*/x.js", "a/0123/y/x.js"));
        assert!(!fits("surveys/*.json", "surveys/a.toml"));
        assert!(fits("trust-climate.js", "trust-climate.js"));
    }

    #[test]
    fn sizes_are_of_the_compressed_bytes() {
        let size = measured(&[b'a'; 10_000]).expect("compressing memory cannot fail");
        assert_eq!(size.raw, 10_000);
        assert!(size.gzip < 60, "{}", size.gzip);
        assert!(size.brotli < 30, "{}", size.brotli);
    }
}
