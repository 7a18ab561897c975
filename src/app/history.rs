//! Undo and redo of board edits and verdicts.

use crate::board::{Edit, Feedback, TakeId};
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

    /// The steps done, oldest first.
    #[must_use]
    pub fn done(&self) -> &[Step] {
        &self.done
    }

    /// The steps undone, the one that can be done again next last.
    #[must_use]
    pub fn undone(&self) -> &[Step] {
        &self.undone
    }

    /// Takes the newest verdict on a take out, whatever was done since.
    pub fn pop_verdict(&mut self, take: TakeId) -> Option<Step> {
        let is_it = |step: &Step| matches!(&step.change, Change::Verdict(record) if record.take.id == take);
        self.done.iter().rposition(is_it).map(|at| self.done.remove(at))
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
