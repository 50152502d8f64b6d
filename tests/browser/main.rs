//! The product in a real browser: by keyboard, in Danish, against the built program and site.

mod collector;
mod digits;
mod pages;
mod respondent;
mod static_site;
