#![no_main]
//! See `properties::merge_commutes`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::merge_commutes(bytes));
