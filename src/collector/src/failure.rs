//! How a command ends that could not do what it was asked: an exit code and sentences.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

/// What scripts can tell apart; `--help` lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 1: the input has problems, or the rules forbid it now.
    Refused,
    /// 2: the command line asks for something contradictory (clap uses the same code).
    Usage,
    /// 3: the machine is in the way: a folder, a port, a file.
    Environment,
}

/// Why a command failed, one sentence a line, each naming the place and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// The sentences.
    pub lines: Vec<String>,
}

impl Failure {
    /// The input has a problem, or the rules forbid it now.
    pub fn refused(line: impl Into<String>) -> Self {
        Self {
            exit: Exit::Refused,
            lines: vec![line.into()],
        }
    }

    /// The input has all these problems.
    pub fn problems<P: fmt::Display>(problems: &[P]) -> Self {
        Self {
            exit: Exit::Refused,
            lines: problems.iter().map(ToString::to_string).collect(),
        }
    }

    /// The command line contradicts itself.
    pub fn usage(line: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            lines: vec![line.into()],
        }
    }

    /// The machine is in the way.
    pub fn environment(line: impl Into<String>) -> Self {
        Self {
            exit: Exit::Environment,
            lines: vec![line.into()],
        }
    }

    /// A file or folder is in the way.
    pub fn file(verb: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::environment(format!("cannot {verb} `{}`: {error}", path.display()))
    }
}

impl Exit {
    fn number(self) -> u8 {
        match self {
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Environment => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines.join("\n"))
    }
}

impl std::error::Error for Failure {}
