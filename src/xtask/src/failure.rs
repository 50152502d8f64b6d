//! What went wrong, as one sentence for the person at the terminal.

use std::{
    fmt, io,
    path::Path,
    process::{Command, ExitStatus},
};

/// The result of everything here that can fail.
pub type Outcome<T = ()> = Result<T, Failure>;

/// One sentence that names the offending thing and, where there is one, the remedy.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A sentence of the caller's own.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// An operation on a file that the system refused; `verb` as in "cannot *read* `path`".
    pub fn file(verb: &str, path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot {verb} `{}`: {error}", path.display()))
    }

    /// A program that could not be started.
    pub fn not_started(command: &Command, error: &io::Error) -> Self {
        Self(format!("cannot start `{}`: {error}", shown(command)))
    }

    /// A program that ran and reported failure; its own output has said why.
    pub fn exit(command: &Command, status: ExitStatus) -> Self {
        match status.code() {
            Some(code) => Self(format!("`{}` ended with exit code {code}", shown(command))),
            None => Self(format!("`{}` was stopped", shown(command))),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The command as a person would have typed it, with long argument lists cut.
fn shown(command: &Command) -> String {
    const ARGUMENTS_SHOWN: usize = 6;
    let program = Path::new(command.get_program());
    let mut words = vec![
        program
            .file_name()
            .unwrap_or(program.as_os_str())
            .to_string_lossy()
            .into_owned(),
    ];
    let mut arguments = command.get_args().map(|a| a.to_string_lossy().into_owned());
    words.extend(arguments.by_ref().take(ARGUMENTS_SHOWN));
    if arguments.next().is_some() {
        words.push("…".into());
    }
    words.join(" ")
}
