//! The binary trust-climate: takes in submissions, keeps sealed tallies, closes and releases waves.
