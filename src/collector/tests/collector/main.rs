//! The collector from outside: HTTP on a free port, real SQLite in a folder of its own, and the
//! binary as a second process.

mod import;
mod lifecycle;
mod privacy;
mod processes;
mod submissions;
mod support;
mod survey;
mod waves;
