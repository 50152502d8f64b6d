//! The properties that the fuzz targets check, on what proptest makes up: the number of cases is bound and
//! not the time, and a failure shrinks to few bytes.

use proptest::prelude::*;

#[path = "../../../tests/fuzz/src/lib.rs"]
mod properties;

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 300, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn release_hides_small_groups(bytes in bytes(260)) {
        properties::release_hides_small_groups(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn differencing_releases(bytes in bytes(200)) {
        properties::differencing_releases(&bytes);
    }

    #[test]
    fn parse_never_panics(bytes in bytes(400)) {
        properties::parse_never_panics(&bytes);
    }

    #[test]
    fn merge_commutes(bytes in bytes(120)) {
        properties::merge_commutes(&bytes);
    }

    #[test]
    fn score_is_monotone(bytes in bytes(20)) {
        properties::score_is_monotone(&bytes);
    }
}
