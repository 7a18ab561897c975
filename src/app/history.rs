//! Undo and redo of board edits and verdicts.

use crate::board::{Edit, Feedback};
use crate::words::Phrase;

/// What was done, so that it can be taken back or done again.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// An edit: the one that leads over the step, back where it was done, forwards where it was undone.
    Edit(Box<Edit>),
    /// A verdict, as it was recorded.
    Verdict(Box<Feedback>),
}

/// One step with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What was done: "moved scene 3".
    pub words: Phrase,
    /// The change.
    pub change: Change,
}

/// The steps done and the steps undone, newest last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Remembers a new step; what was undone can then not be done again.
    pub fn did(&mut self, step: Step) {
        self.done.push(step);
        self.undone.clear();
    }

    /// Takes the newest step out, to be undone.
    pub fn pop_done(&mut self) -> Option<Step> {
        self.done.pop()
    }

    /// Takes the newest undone step out, to be done again.
    pub fn pop_undone(&mut self) -> Option<Step> {
        self.undone.pop()
    }

    /// Remembers a step that was undone.
    pub fn undid(&mut self, step: Step) {
        self.undone.push(step);
    }

    /// Remembers a step that was done again.
    pub fn redid(&mut self, step: Step) {
        self.done.push(step);
    }

    /// Whether there is something to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to do again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}
