//! The one thread that counts. It drains a bounded queue into one transaction, answers, repeats.
//!
//! Group commit: while a batch is being written, the next one gathers, so that the cost of a durable
//! commit is shared without a timer (measured: a third to a half of a bare handler's rate, against
//! a tenth with one transaction a submission).

use super::counting::{Ballot, Verdict, count};
use super::{Store, StoreError};
use crate::clock::Today;
use rand::seq::SliceRandom as _;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;
use wire::{Date, ProblemCode};

/// Ballots that may wait. At the measured 9 000 a second this is under half a second; whoever
/// comes when it is full is told to try again, which browsers do by themselves.
const QUEUE: usize = 4096;
/// Ballots in one transaction: more would not make a ballot cheaper, only the answer later.
const BATCH: usize = 1024;

/// The way to the counting thread.
#[derive(Clone)]
pub struct Writer {
    queue: SyncSender<Message>,
}

/// The thread itself, to be waited for at the end.
pub struct Counting {
    thread: JoinHandle<Result<(), StoreError>>,
}

enum Message {
    Count(Job),
    /// Finish what came before, then stop.
    Stop,
}

struct Job {
    ballot: Ballot,
    answer: oneshot::Sender<Verdict>,
}

impl Writer {
    /// Starts the thread, which owns `store` from now on.
    pub fn start(store: Store, today: Today) -> (Self, Counting) {
        let (queue, waiting) = sync_channel(QUEUE);
        let thread = thread::spawn(move || run(store, &waiting, today));
        (Self { queue }, Counting { thread })
    }

    /// Counts a ballot. When this returns [`Ok`], it is on the disk.
    ///
    /// # Errors
    /// Why it was not counted; [`ProblemCode::Unavailable`] when it is worth trying again.
    pub async fn count(&self, ballot: Ballot) -> Verdict {
        let (answer, counted) = oneshot::channel();
        match self.queue.try_send(Message::Count(Job { ballot, answer })) {
            Ok(()) => counted.await.unwrap_or(Err(ProblemCode::Unavailable)),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
                Err(ProblemCode::Unavailable)
            }
        }
    }
}

impl Counting {
    /// Counts what is in the queue, empties the write-ahead log, and ends the thread.
    ///
    /// # Errors
    /// When the log could not be moved into the database.
    pub fn finish(self, writer: &Writer) -> Result<(), StoreError> {
        // Fails only when the thread has ended, which is what is asked for.
        writer.queue.send(Message::Stop).ok();
        match self.thread.join() {
            Ok(ended) => ended,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

fn run(mut store: Store, waiting: &Receiver<Message>, today: Today) -> Result<(), StoreError> {
    loop {
        let (jobs, stop) = next_batch(waiting);
        if !jobs.is_empty() {
            answer(&mut store, jobs, today);
        }
        if stop {
            return store.checkpoint();
        }
    }
}

/// Waits for a ballot, then takes what else is there; and whether to stop afterwards.
fn next_batch(waiting: &Receiver<Message>) -> (Vec<Job>, bool) {
    let mut jobs = Vec::new();
    let Ok(mut message) = waiting.recv() else {
        return (jobs, true);
    };
    loop {
        match message {
            Message::Stop => return (jobs, true),
            Message::Count(job) => jobs.push(job),
        }
        if jobs.len() == BATCH {
            return (jobs, false);
        }
        match waiting.try_recv() {
            Ok(next) => message = next,
            Err(_) => return (jobs, false),
        }
    }
}

fn answer(store: &mut Store, mut jobs: Vec<Job>, today: Today) {
    // The order of arrival is nobody's business, not even the write-ahead log's.
    jobs.shuffle(&mut rand::rng());
    let ballots: Vec<&Ballot> = jobs.iter().map(|job| &job.ballot).collect();
    let verdicts = verdicts(store, &ballots, &today());
    // The log keeps every version of a page: with the keys, one person's answers after the other. So
    // it is emptied before anybody is answered, and a reader that is in the way only delays that.
    if let Err(error) = store.checkpoint() {
        tracing::warn!(%error, "the write-ahead log was not emptied; it is tried again at the next batch");
    }
    for (job, verdict) in jobs.into_iter().zip(verdicts) {
        // Nobody waits when the connection is gone; the browser will ask again.
        job.answer.send(verdict).ok();
    }
}

/// Counts a batch. Where one ballot's keys or tally are at fault, the others must not wait for
/// them: then each is counted in a transaction of its own.
fn verdicts(store: &mut Store, ballots: &[&Ballot], today: &Date) -> Vec<Verdict> {
    match count(store, ballots, today) {
        Ok(verdicts) => verdicts,
        Err(StoreError::Key(_) | StoreError::Damaged(..) | StoreError::Tally(_))
            if ballots.len() > 1 =>
        {
            ballots
                .iter()
                .flat_map(|ballot| verdicts(store, &[ballot], today))
                .collect()
        }
        Err(error) => {
            tracing::error!(ballots = ballots.len(), %error, "a batch was not counted");
            vec![Err(ProblemCode::Unavailable); ballots.len()]
        }
    }
}
