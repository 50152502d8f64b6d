#![no_main]
//! See `properties::release_hides_small_groups`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::release_hides_small_groups(bytes));
