//! The Yew app of <trust-survey>.
