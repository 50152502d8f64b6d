//! Language files, numbers, dates and sentences.
