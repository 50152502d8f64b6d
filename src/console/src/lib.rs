//! The Yew app of <trust-console>: hand-in, closing and release in the browser.
