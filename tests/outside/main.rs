//! Everything from outside that needs no browser.

mod describe;
mod fjordby;
mod layering;
