#![no_main]
//! See `properties::differencing_releases`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::differencing_releases(bytes));
