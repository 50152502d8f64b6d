//! The numbered lines a person sees while a command works.

/// Counts the steps of one command and announces each before it starts.
#[derive(Default)]
pub struct Progress {
    steps: usize,
}

impl Progress {
    /// Announces the next step; cargo's own progress follows below the line.
    pub fn step(&mut self, what: &str) {
        self.steps += 1;
        eprintln!("{}. {what}", self.steps);
    }
}
