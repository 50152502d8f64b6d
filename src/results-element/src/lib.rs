//! The Yew app of <trust-results>.
