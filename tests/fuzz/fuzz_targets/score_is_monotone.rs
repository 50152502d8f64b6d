#![no_main]
//! See `properties::score_is_monotone`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::score_is_monotone(bytes));
