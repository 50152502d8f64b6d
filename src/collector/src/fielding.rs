//! The states of a wave, and the steps between them.
//!
//! ```text
//! planned ──open──► open ──close──► closed ──(grace period)──release──► released
//!          first day      last day has come
//! ```
//! The dates are promises of the wave file: the page that people answer on shows them.

use crate::clock::plus_days;
use std::fmt;
use wire::{Date, ProblemCode, WaveFile};

/// Where a wave is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Made, not yet asking.
    Planned,
    /// Asking; nobody sees results.
    Open,
    /// Not asking; devices that wait may deliver until the grace period is over.
    Closed,
    /// Its release is published; nothing more is counted and nothing else is kept.
    Released,
}

/// Why a step is not allowed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The step does not start from this state.
    State {
        /// What was asked for.
        step: &'static str,
        /// Where the wave is.
        state: State,
        /// Where it would have to be.
        needed: State,
    },
    /// The first day has not come.
    OpensLater(Date),
    /// The last day has not come.
    ClosesLater(Date),
    /// Devices may still deliver.
    GraceUntil(Date),
}

impl State {
    /// Every state, in the order of a wave's life.
    pub const ALL: [Self; 4] = [Self::Planned, Self::Open, Self::Closed, Self::Released];

    /// The word in the store, the API and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Released => "released",
        }
    }

    /// The state that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Opens a planned wave, from its first day.
    ///
    /// # Errors
    /// When the wave is not planned, or its first day has not come.
    pub fn open(self, wave: &WaveFile, today: &Date) -> Result<Self, Refusal> {
        self.needs(Self::Planned, "opened")?;
        if *today < wave.opens {
            Err(Refusal::OpensLater(wave.opens.clone()))
        } else {
            Ok(Self::Open)
        }
    }

    /// Closes an open wave, from its last day.
    ///
    /// # Errors
    /// When the wave is not open, or its last day has not come: the page promised people that day.
    pub fn close(self, wave: &WaveFile, today: &Date) -> Result<Self, Refusal> {
        self.needs(Self::Open, "closed")?;
        if *today < wave.closes {
            Err(Refusal::ClosesLater(wave.closes.clone()))
        } else {
            Ok(Self::Closed)
        }
    }

    /// Releases a closed wave, when the grace period is over.
    ///
    /// # Errors
    /// When the wave is not closed, or devices may still deliver.
    pub fn release(self, wave: &WaveFile, today: &Date) -> Result<Self, Refusal> {
        self.needs(Self::Closed, "released")?;
        if grace_is_over(wave, today) {
            Ok(Self::Released)
        } else {
            Err(Refusal::GraceUntil(last_delivery(wave)))
        }
    }

    /// Whether a submission is taken in.
    ///
    /// # Errors
    /// The problem to answer with.
    pub fn admits(self, wave: &WaveFile, today: &Date) -> Result<(), ProblemCode> {
        match self {
            Self::Planned => Err(ProblemCode::WavePlanned),
            Self::Open => Ok(()),
            Self::Closed if grace_is_over(wave, today) => Err(ProblemCode::WaveClosed),
            Self::Closed => Ok(()),
            Self::Released => Err(ProblemCode::WaveReleased),
        }
    }

    fn needs(self, needed: Self, step: &'static str) -> Result<(), Refusal> {
        if self == needed {
            Ok(())
        } else {
            Err(Refusal::State {
                step,
                state: self,
                needed,
            })
        }
    }
}

/// The last day on which a closed wave takes in what devices have waiting.
fn last_delivery(wave: &WaveFile) -> Date {
    plus_days(&wave.closes, wave.grace_days)
}

/// A wave without grace days is over as soon as it is closed; else the grace days are whole days
/// after the last one.
fn grace_is_over(wave: &WaveFile, today: &Date) -> bool {
    wave.grace_days == 0 || *today > last_delivery(wave)
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State {
                step,
                state,
                needed,
            } => write!(
                f,
                "it is {}, and only a wave that is {} can be {step}",
                state.as_str(),
                needed.as_str(),
            ),
            Self::OpensLater(day) => {
                write!(f, "the wave file says that it opens on {day}: open it then")
            }
            Self::ClosesLater(day) => write!(
                f,
                "the wave file promises that people can answer until {day}: close it then"
            ),
            Self::GraceUntil(day) => write!(
                f,
                "devices that wait may deliver until {day} (the grace period of the wave file): \
                 release it after that day"
            ),
        }
    }
}

impl std::error::Error for Refusal {}
