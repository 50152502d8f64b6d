//! What the tests from outside share: the built program, static servers, a browser.
//!
//! `cargo xtask test` builds the program and the site and says where they are; nothing here is a
//! stand-in for a part of ours.

pub mod browser;
pub mod program;
