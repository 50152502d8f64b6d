#![no_main]
//! See `properties::parse_never_panics`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::parse_never_panics(bytes));
