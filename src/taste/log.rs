//! From the feedback log to what stands: each take judged, once, with its last verdict that was not taken back.

use std::collections::BTreeMap;

use super::features::{Features, features};
use super::reason::Reason;
use crate::board::{Feedback, FeedbackId, Line, Reading, Scene, SceneId, Storyboard, Take, TakeId, Verdict, verdict};

/// A take and what was said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The verdict's record.
    pub id: FeedbackId,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// Who said it.
    pub reviewer: Line,
    /// Of which scene.
    pub scene: SceneId,
    /// Whether it was accepted.
    pub accepted: bool,
    /// Why, in the reviewer's words.
    pub said: Option<Line>,
    /// Why, as taste understands it.
    pub reason: Option<Reason>,
    /// The take.
    pub take: Take,
    /// How the model read it.
    pub reading: Option<Reading>,
    /// What taste sees of it.
    pub features: Features,
}

/// Reasons in a reviewer's own words, by the change each asks for.
pub type Wording = [(String, Reason)];

/// The verdicts that stand, in the order they were given.
///
/// A take judged again counts with its last verdict. A retraction takes the last verdict on its take back, and what was
/// said before it stands again. A take that was edited, before its verdict or after, or without any, is accepted and brings
/// the take it was made from, as rejected; one that was edited and then rejected is only that.
/// `board` gives the headings of takes that propose none; `wording` the reasons a reviewer has words of their own for.
#[must_use]
pub fn standing(records: &[Feedback], board: &Storyboard, wording: &Wording) -> Vec<Judged> {
    let mut last: BTreeMap<TakeId, &Feedback> =
        verdict::standing(records).into_iter().map(|one| (one.take.id, one)).collect();
    for (take, edit) in edits(records) {
        let newest = last.entry(take).or_insert(edit);
        *newest = if newest.id < edit.id { edit } else { *newest };
    }
    let mut last: Vec<&Feedback> = last.into_values().collect();
    last.sort_by_key(|record| record.id);
    last.into_iter().flat_map(|record| judged(record, board, wording)).collect()
}

/// The last edit of each take, where it was not undone.
fn edits(records: &[Feedback]) -> BTreeMap<TakeId, &Feedback> {
    let mut edits: BTreeMap<TakeId, &Feedback> = BTreeMap::new();
    for record in records.iter().filter(|record| record.verdict == Verdict::Edit) {
        let newest = edits.entry(record.take.id).or_insert(record);
        *newest = if newest.id < record.id { record } else { *newest };
    }
    edits.retain(|_, record| !record.take.provenance.edited.is_empty());
    edits
}

fn judged(record: &Feedback, board: &Storyboard, wording: &Wording) -> Vec<Judged> {
    let heading = board.scene(record.scene).map(|scene| scene.heading.clone()).unwrap_or_default();
    let accepted = record.verdict != Verdict::Reject;
    let one = |take: &Take, accepted, reading: Option<&Reading>, said: Option<&Line>| Judged {
        id: record.id,
        at_ms: record.at_ms,
        reviewer: record.reviewer.clone(),
        scene: record.scene,
        accepted,
        reason: said.and_then(|said| Reason::of(said, wording)),
        said: said.cloned(),
        features: features(take, &heading),
        reading: reading.cloned(),
        take: take.clone(),
    };
    // The model's reading is of what the model wrote.
    let edited = record.edited_from.as_deref();
    let of_take = if edited.is_none() { record.reading.as_ref() } else { None };
    let origin = edited.filter(|_| accepted).map(|origin| one(origin, false, record.reading.as_ref(), None));
    origin.into_iter().chain([one(&record.take, accepted, of_take, record.reason.as_ref())]).collect()
}

/// A verdict that may yet come.
#[must_use]
pub fn supposed(take: &Take, scene: &Scene, reviewer: &Line, accepted: bool) -> Judged {
    Judged {
        id: FeedbackId::default(),
        at_ms: 0,
        reviewer: reviewer.clone(),
        scene: scene.id,
        accepted,
        said: None,
        reason: None,
        take: take.clone(),
        reading: None,
        features: features(take, &scene.heading),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Field;

    fn record(id: u128, take: u128, verdict: Verdict) -> Feedback {
        let take = format!("{{id: {}, action: Take {take}.}}", TakeId::new(take.into()));
        Feedback {
            id: FeedbackId::new(id.into()),
            at_ms: 0,
            reviewer: Line::default(),
            scene: SceneId::new(1.into()),
            verdict,
            reason: None,
            looked_ms: None,
            take: serde_yaml::from_str(&take).unwrap(),
            reading: None,
            edited_from: None,
            picked_before: None,
            index: 0,
        }
    }

    fn said(records: &[Feedback]) -> Vec<(String, bool)> {
        let standing = standing(records, &Storyboard::default(), &[]);
        standing.into_iter().map(|judged| (judged.take.action.to_string(), judged.accepted)).collect()
    }

    #[test]
    fn the_last_word_on_a_take_counts_and_a_retraction_brings_back_the_one_before() {
        use Verdict::{Accept, Reject, Retract};
        let (one, two) = ("Take 1.".to_owned(), "Take 2.".to_owned());
        let records = [record(1, 1, Reject), record(2, 2, Reject), record(3, 1, Accept)];
        assert_eq!(said(&records), [(two.clone(), false), (one.clone(), true)]);
        let mut taken_back = records.to_vec();
        taken_back.push(record(4, 1, Retract));
        assert_eq!(said(&taken_back), [(one, false), (two, false)]);
        taken_back.extend([record(5, 1, Retract), record(6, 2, Retract), record(7, 2, Retract)]);
        assert_eq!(said(&taken_back), []);
    }

    #[test]
    fn an_edited_take_is_accepted_and_what_it_was_is_rejected() {
        let mut edited = record(1, 1, Verdict::Accept);
        edited.edited_from = Some(Box::new(record(1, 2, Verdict::Accept).take));
        assert_eq!(said(&[edited.clone()]), [("Take 2.".to_owned(), false), ("Take 1.".to_owned(), true)]);
        edited.verdict = Verdict::Reject;
        assert_eq!(said(&[edited]), [("Take 1.".to_owned(), false)]);
    }

    #[test]
    fn an_edit_alone_is_a_pair_until_it_is_undone_or_the_take_is_rejected() {
        let edit = |id, fields: &[Field]| {
            let mut edit = record(id, 1, Verdict::Edit);
            edit.take.provenance.edited = fields.to_vec();
            edit.edited_from = (!fields.is_empty()).then(|| Box::new(record(id, 2, Verdict::Accept).take));
            edit
        };
        let pair = [("Take 2.".to_owned(), false), ("Take 1.".to_owned(), true)];
        let accept = record(1, 1, Verdict::Accept);
        let edited = [accept.clone(), edit(2, &[Field::Action]), edit(3, &[Field::Action, Field::Sound])];
        assert_eq!(said(&edited[1..]), pair);
        assert_eq!(said(&edited), pair, "a verdict given before it does not change that");
        let mut then = edited.to_vec();
        then.push(record(4, 1, Verdict::Retract));
        assert_eq!(said(&then), pair, "what is taken back is the verdict");
        then.push(edit(5, &[]));
        assert_eq!(said(&then), [], "the edit was undone too");
        then.extend([edit(6, &[Field::Action]), record(7, 1, Verdict::Reject)]);
        assert_eq!(said(&then), [("Take 1.".to_owned(), false)]);
    }
}
