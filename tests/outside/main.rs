//! Everything from outside that needs no browser.

mod fjordby;
mod layering;
