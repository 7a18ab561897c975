//! Verdicts, and the feedback records that keep them: the truth from which taste is computed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::edit::{Edit, EditError, SceneChange};
use super::id::{FeedbackId, SceneId, TakeId};
use super::reading::Reading;
use super::storyboard::Storyboard;
use super::take::Take;
use super::text::Line;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What a person says of a take.
    Verdict: "verdict" {
        /// The take becomes the picked one.
        Accept = "accept",
        /// The take leaves the board and stays in the feedback log.
        Reject = "reject",
        /// An earlier verdict is taken back.
        Retract = "retract",
        /// A person changed the take: they accept what it became and reject what it was. Nothing follows for the board.
        Edit = "edit",
    }
}

impl Verdict {
    /// What a person can say in so many words; an edit says itself.
    pub const SPOKEN: [Self; 3] = [Self::Accept, Self::Reject, Self::Retract];
}

/// One line of the feedback log: the verdict and everything needed to learn from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Feedback {
    /// Its identity; sorts by time and merges two reviewers' logs.
    pub id: FeedbackId,
    /// Milliseconds since 1970.
    pub at_ms: u64,
    /// Who judged.
    pub reviewer: Line,
    /// The scene judged.
    pub scene: SceneId,
    /// What was said.
    pub verdict: Verdict,
    /// Why, in the reviewer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    /// How long the take was looked at, where known, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_ms: Option<u64>,
    /// The take judged, whole, with its provenance: plan, model and seed.
    pub take: Take,
    /// How the model read the take when it wrote it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
    /// The take as the model wrote it, where a person edited it before this verdict: who edits a take accepts what it
    /// became and rejects what it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_from: Option<Box<Take>>,
    /// Which take was the picked one before; a retraction restores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picked_before: Option<TakeId>,
    /// Where among the scene's takes it stood, from 0; a retraction puts it back there.
    #[serde(default)]
    pub index: usize,
}

impl Feedback {
    /// The record that takes this one back.
    #[must_use]
    pub fn retraction(&self, id: FeedbackId, at_ms: u64, reviewer: Line) -> Self {
        Self { id, at_ms, reviewer, verdict: Verdict::Retract, reason: None, looked_ms: None, ..self.clone() }
    }
}

/// The verdicts that stand, the last on each take, in the order they were given: a retraction takes the last one on its take
/// back, and what was said before it stands again. Edits are none of them.
#[must_use]
pub fn standing<'a>(records: impl IntoIterator<Item = &'a Feedback>) -> Vec<&'a Feedback> {
    let mut ordered: Vec<&Feedback> = records.into_iter().collect();
    ordered.sort_by_key(|record| record.id);
    let mut said: BTreeMap<TakeId, Vec<&Feedback>> = BTreeMap::new();
    for record in ordered {
        let verdicts = said.entry(record.take.id).or_default();
        match record.verdict {
            Verdict::Accept | Verdict::Reject => verdicts.push(record),
            Verdict::Retract => drop(verdicts.pop()),
            Verdict::Edit => {}
        }
    }
    let mut last: Vec<&Feedback> = said.into_values().filter_map(|verdicts| verdicts.last().copied()).collect();
    last.sort_by_key(|record| record.id);
    last
}

/// What a verdict does to the board.
///
/// - `accept` picks the take.
/// - `reject` takes it out; where it was the picked one, the scene is left without one.
/// - `retract`, of a record made by [`Feedback::retraction`]: a take that was rejected is put back where it stood,
///   picked again where it was picked and nothing else has been since; a take that was accepted gives the pick back
///   to the one before it, unless the pick has moved on. Where there is nothing to take back the edit is empty.
/// - `edit` does nothing: the board has the edit already.
///
/// # Errors
/// [`EditError`] where the scene, or for a new verdict the take, is not on the board.
pub fn verdict_edit(board: &Storyboard, record: &Feedback) -> Result<Edit, EditError> {
    let scene = board.scene(record.scene).ok_or(EditError::NoScene(record.scene))?;
    let judged = record.take.id;
    let there = scene.take(judged).is_some();
    let pick = |take| Edit::Scene { id: scene.id, change: SceneChange::Picked(take) };
    match record.verdict {
        Verdict::Accept | Verdict::Reject if !there => Err(EditError::NoTake(judged)),
        Verdict::Accept => Ok(pick(Some(judged))),
        Verdict::Reject => Ok(Edit::RemoveTake { scene: scene.id, take: judged }),
        Verdict::Edit => Ok(Edit::Together(Vec::new())),
        Verdict::Retract if there => {
            let before = record.picked_before.filter(|&take| scene.take(take).is_some());
            let unpicks = scene.picked == Some(judged) && before != Some(judged);
            Ok(if unpicks { pick(before) } else { Edit::Together(Vec::new()) })
        }
        Verdict::Retract => {
            let at = record.index.min(scene.takes.len());
            let back = Edit::InsertTake { scene: scene.id, at, take: Box::new(record.take.clone()) };
            let was_picked = record.picked_before == Some(judged) && scene.picked.is_none();
            Ok(if was_picked { Edit::Together(vec![back, pick(Some(judged))]) } else { back })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Scene;

    fn take(n: u128) -> Take {
        Take {
            id: TakeId::new(n.into()),
            parent: None,
            heading: None,
            action: Default::default(),
            dialogue: Vec::new(),
            sound: Default::default(),
            shots: Vec::new(),
            newcomers: Vec::new(),
            provenance: Default::default(),
            extra: Default::default(),
        }
    }

    /// A board with one scene of three takes, the second picked.
    fn board() -> Storyboard {
        let scene = Scene {
            id: SceneId::new(9.into()),
            takes: (1..=3).map(take).collect(),
            picked: Some(TakeId::new(2.into())),
            ..Scene::default()
        };
        Storyboard { scenes: vec![scene], ..Storyboard::default() }
    }

    fn says(board: &Storyboard, verdict: Verdict, judged: u128) -> Feedback {
        let scene = &board.scenes[0];
        Feedback {
            id: FeedbackId::new(judged.into()),
            at_ms: 0,
            reviewer: Line::default(),
            scene: scene.id,
            verdict,
            reason: None,
            looked_ms: None,
            take: take(judged),
            reading: None,
            edited_from: None,
            picked_before: scene.picked,
            index: judged as usize - 1,
        }
    }

    fn follow(board: &mut Storyboard, record: &Feedback) {
        verdict_edit(board, record).unwrap().apply(board).unwrap();
    }

    fn back(record: &Feedback) -> Feedback {
        record.retraction(FeedbackId::new(77.into()), 1, Line::clipped("eve", 10))
    }

    #[test]
    fn accepting_moves_the_pick_and_rejecting_takes_the_take_out() {
        let mut board = board();
        let accept = says(&board, Verdict::Accept, 3);
        follow(&mut board, &accept);
        assert_eq!(board.scenes[0].picked, Some(TakeId::new(3.into())));
        let reject = says(&board, Verdict::Reject, 3);
        follow(&mut board, &reject);
        assert_eq!(board.scenes[0].picked, None);
        assert_eq!(
            board.scenes[0].takes.iter().map(|take| take.id).collect::<Vec<_>>(),
            [1, 2].map(|n: u128| TakeId::new(n.into()))
        );
    }

    #[test]
    fn a_retracted_verdict_leaves_the_board_as_it_was_before_it() {
        for verdict in [Verdict::Accept, Verdict::Reject] {
            for judged in 1..=3 {
                let before = board();
                let mut board = before.clone();
                let record = says(&board, verdict, judged);
                follow(&mut board, &record);
                follow(&mut board, &back(&record));
                assert_eq!(board, before, "{verdict} of take {judged}");
            }
        }
    }

    #[test]
    fn retracting_an_old_acceptance_leaves_a_later_pick_alone() {
        let mut board = board();
        let old = says(&board, Verdict::Accept, 1);
        follow(&mut board, &old);
        let later = says(&board, Verdict::Accept, 3);
        follow(&mut board, &later);
        follow(&mut board, &back(&old));
        assert_eq!(board.scenes[0].picked, Some(TakeId::new(3.into())));
    }

    #[test]
    fn a_pick_given_back_to_a_take_that_is_gone_is_no_pick() {
        let mut board = board();
        let accept = says(&board, Verdict::Accept, 3);
        follow(&mut board, &accept);
        let reject = says(&board, Verdict::Reject, 2);
        follow(&mut board, &reject);
        follow(&mut board, &back(&accept));
        assert_eq!(board.scenes[0].picked, None);
    }

    #[test]
    fn a_take_put_back_into_a_shorter_list_comes_last() {
        let mut board = board();
        let last = says(&board, Verdict::Reject, 3);
        follow(&mut board, &last);
        let first = says(&board, Verdict::Reject, 1);
        follow(&mut board, &first);
        follow(&mut board, &back(&last));
        assert_eq!(board.scenes[0].takes.last().map(|take| take.id), Some(TakeId::new(3.into())));
    }

    #[test]
    fn a_verdict_on_what_is_not_there_is_refused() {
        let board = board();
        let absent = says(&board, Verdict::Accept, 8);
        assert_eq!(verdict_edit(&board, &absent), Err(EditError::NoTake(TakeId::new(8.into()))));
        let elsewhere = Feedback { scene: SceneId::new(1.into()), ..absent };
        assert_eq!(verdict_edit(&board, &elsewhere), Err(EditError::NoScene(SceneId::new(1.into()))));
    }
}
