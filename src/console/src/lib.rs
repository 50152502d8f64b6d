//! The Yew app of `<trust-console>`: hand-in, closing and release in the browser.
//!
//! The first room works without a server. A device's counts become a sealed, numbered file
//! ([`hand_in`]); the files of several devices are sorted unopened ([`intake`]); whoever holds the
//! closing key and its passphrase ([`wave_key`]) opens them together and makes the release
//! ([`closing`]), which becomes two files to publish ([`publish`]). [`room`] is the state of it all;
//! [`app`] draws it.
//!
//! What is published is decided by `disclosure` and checked by `audit`; this crate only carries.

pub mod closing;
pub mod hand_in;
pub mod intake;
pub mod problem;
pub mod publish;
pub mod room;
pub mod wave_key;

pub mod app;
mod browser;
mod device;
#[cfg(test)]
mod fixture;
mod mount;

pub use mount::{Handle, mount};
