//! The fill-in state machine: where one respondent is, what they have answered, what comes next.
//!
//! ```text
//! Opening ─next→ Page 0 ─next→ … ─next→ Page n ─next→ Review ─submit→ Sending ──counted─→ Thanks
//!    ↑──back──────┘                         ↑──back────┘ ↑  ↑──failed─────┤                 ↑
//!                                                        │                └kept→ Waiting ───┤
//!                                                        └───────────────failed────┘  counted
//! ```
//! Nothing is compulsory: every step is allowed with everything blank.

use crate::answer::Answer;
use crate::definition::{ItemIdx, Survey};

/// Where the respondent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Reading what this is.
    Opening,
    /// Answering the page with this position.
    Page(usize),
    /// Looking over the answers.
    Review,
    /// The submission is on its way.
    Sending,
    /// No network: the sealed submission waits on the device and is sent as soon as it can be.
    Waiting,
    /// The submission has been counted.
    Thanks,
}

/// What a respondent, or the answer of the collector, can make happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Answer an item, or change the answer.
    Answer(ItemIdx, Answer),
    /// Go on.
    Next,
    /// Go back.
    Back,
    /// From the review to a page, to change something.
    GoTo(usize),
    /// Send, from the review only.
    Submit,
    /// The submission could not be delivered yet and waits.
    Kept,
    /// The submission was counted.
    Counted,
    /// The submission could not be counted; the answers stay.
    Failed,
    /// A new respondent at the same device.
    Restart,
}

/// One respondent filling in one survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Where they are.
    pub place: Place,
    answers: Vec<Answer>,
    n_pages: usize,
    reviewing: bool,
}

impl Session {
    /// A session at the opening with everything blank.
    pub fn new(survey: &Survey) -> Self {
        Self {
            place: Place::Opening,
            answers: vec![Answer::Blank; survey.items.len()],
            n_pages: survey.pages.len(),
            reviewing: false,
        }
    }

    /// The answers so far, in the order of the items. Gone after [`Action::Counted`].
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// How many items are blank.
    pub fn n_blank(&self) -> usize {
        self.answers
            .iter()
            .filter(|answer| **answer == Answer::Blank)
            .count()
    }

    /// Whether the respondent came to this page from the review, so that *next* returns there.
    pub fn is_reviewing(&self) -> bool {
        self.reviewing
    }

    /// The state after `action`; an action that has no meaning at the present place changes
    /// nothing, so that a double click or a late event does no harm.
    #[must_use]
    pub fn step(mut self, action: Action) -> Self {
        match (self.place, action) {
            (Place::Page(_), Action::Answer(item, answer)) if item < self.answers.len() => {
                self.answers[item] = answer;
            }
            (Place::Opening, Action::Next) => self.place = self.page_or_review(0),
            (Place::Page(_), Action::Next) if self.reviewing => self.review(),
            (Place::Page(page), Action::Next) => self.place = self.page_or_review(page + 1),
            (Place::Page(_), Action::Back) if self.reviewing => self.review(),
            (Place::Page(0), Action::Back) => self.place = Place::Opening,
            (Place::Page(page), Action::Back) => self.place = Place::Page(page - 1),
            (Place::Review, Action::Back) if self.n_pages > 0 => {
                self.place = Place::Page(self.n_pages - 1);
            }
            (Place::Review, Action::GoTo(page)) if page < self.n_pages => {
                self.reviewing = true;
                self.place = Place::Page(page);
            }
            (Place::Review, Action::Submit) => self.place = Place::Sending,
            (Place::Sending, Action::Kept) => self.place = Place::Waiting,
            (Place::Sending | Place::Waiting, Action::Failed) => self.place = Place::Review,
            (Place::Sending | Place::Waiting, Action::Counted) => {
                self.forget();
                self.place = Place::Thanks;
            }
            (_, Action::Restart) => {
                self.forget();
                self.place = Place::Opening;
            }
            _ => {}
        }
        self
    }

    fn review(&mut self) {
        self.reviewing = false;
        self.place = Place::Review;
    }

    fn page_or_review(&self, page: usize) -> Place {
        if page < self.n_pages {
            Place::Page(page)
        } else {
            Place::Review
        }
    }

    fn forget(&mut self) {
        self.answers.fill(Answer::Blank);
        self.reviewing = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n_pages: usize, actions: &[Action], expected: Place) -> Session {
        let start = Session {
            place: Place::Opening,
            answers: vec![Answer::Blank; 2],
            n_pages,
            reviewing: false,
        };
        let end = actions
            .iter()
            .fold(start, |session, action| session.step(*action));
        assert_eq!(end.place, expected);
        end
    }

    use Action::{Back, Counted, Failed, GoTo, Kept, Next, Restart, Submit};

    #[test]
    fn the_pages_follow_each_other_with_everything_blank() {
        check(2, &[Next, Next], Place::Page(1));
        check(2, &[Next, Next, Next], Place::Review);
        check(2, &[Next, Next, Next, Back, Back, Back], Place::Opening);
        check(0, &[Next], Place::Review);
    }

    #[test]
    fn a_page_visited_from_the_review_leads_back_to_it() {
        check(3, &[Next, Next, Next, Next, GoTo(0), Next], Place::Review);
        check(3, &[Next, Next, Next, Next, GoTo(0), Back], Place::Review);
    }

    #[test]
    fn answers_outlive_a_delivery_that_waits_and_fails_but_not_one_that_is_counted() {
        let answered = [
            Next,
            Action::Answer(1, Answer::Point(4)),
            Next,
            Submit,
            Kept,
        ];
        let failed = check(1, &[&answered[..], &[Failed]].concat(), Place::Review);
        assert_eq!(failed.answers(), [Answer::Blank, Answer::Point(4)]);
        let counted = check(1, &[&answered[..], &[Counted]].concat(), Place::Thanks);
        assert_eq!(counted.n_blank(), 2);
    }

    #[test]
    fn late_events_and_double_clicks_do_no_harm() {
        check(1, &[Submit, Counted, Kept], Place::Opening);
        check(
            1,
            &[Next, Next, Submit, Submit, Counted, Failed],
            Place::Thanks,
        );
        check(1, &[Next, Next, Submit, Counted, Restart], Place::Opening);
    }
}
