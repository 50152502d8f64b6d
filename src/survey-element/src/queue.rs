//! Submissions of earlier visits that still wait on this device.

use crate::browser::{Waiting, is_secure, queue_remove, settled, waiting};
use crate::deliver::{Alive, Attempt, attempt_sealed};
use crate::pause::Pauses;
use wire::ProblemCode;
use yew::Callback;

/// What has become of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earlier {
    /// There are none, or none any more that anybody need hear of.
    Nothing,
    /// Some still wait.
    Waiting,
    /// All are counted now.
    Counted,
    /// One came too late: the wave had closed.
    TooLate,
    /// One could not be counted.
    Refused,
}

/// Tries all that waited when the page was opened until each is acknowledged or refused.
pub async fn flush(alive: Alive, report: Callback<Earlier>) {
    if !is_secure() {
        return;
    }
    let mut left = waiting().await;
    if left.is_empty() {
        return;
    }
    let mut worst = Earlier::Counted;
    let mut pauses = Pauses::new();
    loop {
        left = try_all(left, &mut worst).await;
        if left.is_empty() {
            return report.emit(worst);
        }
        report.emit(Earlier::Waiting);
        // The pause of a script never fails.
        let _ = pauses.pause().await;
        if !alive.get() {
            return;
        }
    }
}

/// Those that still wait after one attempt each.
async fn try_all(all: Vec<Waiting>, worst: &mut Earlier) -> Vec<Waiting> {
    let mut left = Vec::new();
    for one in all {
        match attempt_sealed(&one.url(), one.body()).await {
            Attempt::Later | Attempt::Refused(ProblemCode::WavePlanned) => {
                left.push(one);
                continue;
            }
            Attempt::Counted => {}
            Attempt::Refused(ProblemCode::WaveClosed | ProblemCode::WaveReleased) => {
                *worst = Earlier::TooLate;
            }
            Attempt::Refused(_) => *worst = Earlier::Refused,
        }
        // At worst it is sent once more at the next visit.
        let _ = settled(queue_remove(&one.key())).await;
    }
    left
}
