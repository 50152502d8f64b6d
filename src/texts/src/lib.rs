//! Words for people: language files, numbers, dates and lists.
//!
//! A [`Language`] is a flat map of strings with `{placeholders}`, compiled from `www/texts`. It never
//! fails: a text that is missing is taken from the source language, and then the key itself is shown,
//! so that a forgotten line is seen and nothing breaks. This crate knows no DOM and composes no
//! chart; sentences about values are put together in `charts`.
//!
//! ```
//! use texts::Language;
//!
//! let danish = Language::new("da", [("hello".into(), "Hej {name}".into())].into());
//! assert_eq!(danish.fill("hello", &[("name", "Fjordby")]), "Hej Fjordby");
//! assert_eq!(danish.percent(73), "73\u{a0}%");
//! assert_eq!(danish.date("2026-11-22"), "22. november 2026");
//! ```

mod conventions;
mod language;

pub use language::Language;
