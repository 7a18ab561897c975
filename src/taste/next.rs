//! From verdicts to the plan of a scene's next takes: limits of the grammar, the sampler, leanings, worked examples.

use std::collections::BTreeSet;

use serde::Serialize;

use super::dealt::deal;
use super::does::Does;
use super::log::Judged;
use super::phrases::{self, Phrase};
use super::reason::Reason;
use super::words;
use crate::board::{
    Deal, Field, Leaning, Limits, Line, Lock, Motion, Range, Sampler, Scene, SceneId, Storyboard, Take, TakeId,
};

/// Accepted takes shown in the prompt. Each costs some 300 tokens to read.
const EXEMPLARS: usize = 1;
/// The share of content words that two briefs must have in common for a take of one to be an example for the other. A worked
/// example is followed closely: one that has little to do with the scene costs more in difference than it teaches.
const NEAR: f32 = 0.1;
/// A reason given in so many scenes lately holds for others too, at its first level.
const HABIT: usize = 2;
/// How many verdicts "lately" is.
const LATELY: usize = 20;
/// How strongly prose leans away from the words of a take of the wrong mood, in nats.
const WRONG_MOOD: f32 = -1.2;
/// How strongly it leans towards the words of the tone, in nats.
const TONE: f32 = 1.0;
/// How strongly it leans towards the words of a brief that was missed, beside the pull every brief has, in nats.
const MISSED_BRIEF: f32 = 1.5;
/// How strongly prose leans away from the names of places that a scene is not at, in nats.
const WRONG_PLACE: f32 = -1.5;
/// How strongly it leans towards the name of its own place, in nats.
const RIGHT_PLACE: f32 = 1.0;
/// The most words leant towards or away from for one reason.
const WORDS: usize = 16;

/// How the next takes of a scene are to be sampled, and why.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Next {
    /// What the grammar holds them to.
    pub limits: Limits,
    /// What the form of each is dealt from.
    pub deal: Deal,
    /// How tokens are drawn.
    pub sampler: Sampler,
    /// What prose leans towards and away from.
    pub leaning: Vec<Leaning>,
    /// What stays as it is, beside what scene and person lock.
    pub locked: Vec<Lock>,
    /// Accepted takes to show as worked examples.
    pub exemplars: Vec<TakeId>,
    /// What verdicts changed, for the person.
    pub changes: Vec<Change>,
}

/// A change of the plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The reason given.
    pub reason: Reason,
    /// How often, for this scene.
    pub times: usize,
    /// What it does.
    pub does: Does,
}

/// What of a person's own settings the plan listens to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Wishes<'a> {
    /// Phrases to lean away from in any case.
    pub avoid: &'a [String],
    /// Phrases not to lean away from although they keep being rejected.
    pub allow: &'a [String],
}

/// The plan for the next takes of a scene, from all verdicts that stand, in their order.
///
/// Reasons count from the newest backwards until an accepted take of the same scene: what was right needs no change. The
/// [table](super::reason) says what each does.
#[must_use]
pub fn next(board: &Storyboard, scene: &Scene, judged: &[&Judged], wishes: Wishes<'_>) -> Next {
    let mut next = Next { exemplars: exemplars(board, scene, judged), deal: deal(judged), ..Next::default() };
    // A heading is the writer's; where there is none, a take proposes one.
    next.locked.extend((!scene.heading.is_empty()).then_some(Lock::Field(Field::Heading)));
    for (reason, takes) in reasons(scene.id, judged) {
        let times = takes.len().max(1);
        if let Some(does) = change(&mut next, board, scene, reason, &takes, times) {
            next.changes.push(Change { reason, times: takes.len(), does });
        }
    }
    let found: Vec<Phrase> = phrases::recurring(judged);
    next.leaning.extend(phrases::leanings(&found, wishes.avoid, wishes.allow));
    next
}

/// The plan of a scene that one more verdict, on a take of the same scene or another, would give: what is worth sampling while
/// the reviewer still reads that take.
#[must_use]
pub fn after(board: &Storyboard, scene: &Scene, judged: &[&Judged], supposed: &Judged, wishes: Wishes<'_>) -> Next {
    let mut all = judged.to_vec();
    all.push(supposed);
    next(board, scene, &all, wishes)
}

/// The reasons in force for a scene, each with the rejected takes it was said of, newest last; none for a habit from other scenes.
fn reasons<'a>(scene: SceneId, judged: &[&'a Judged]) -> Vec<(Reason, Vec<&'a Take>)> {
    let here = judged.iter().rev().filter(|judged| judged.scene == scene);
    let since_accepted: Vec<&&Judged> = here.take_while(|judged| !judged.accepted).collect();
    let of_scene = |reason: Reason| -> Vec<&'a Take> {
        since_accepted.iter().rev().filter(|judged| judged.reason == Some(reason)).map(|judged| &judged.take).collect()
    };
    let lately = &judged[judged.len().saturating_sub(LATELY)..];
    let scenes = |reason: Reason| {
        let others = lately.iter().filter(|judged| judged.reason == Some(reason) && judged.scene != scene);
        others.map(|judged| judged.scene).collect::<BTreeSet<_>>().len()
    };
    Reason::ALL
        .iter()
        .map(|&reason| (reason, of_scene(reason)))
        .filter(|(reason, takes)| !takes.is_empty() || (can_be_a_habit(*reason) && scenes(*reason) >= HABIT))
        .collect()
}

/// Whether a reason says something that holds beyond the take it was said of.
const fn can_be_a_habit(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::TooStatic
            | Reason::TooRestless
            | Reason::TooLong
            | Reason::TooShort
            | Reason::TooMuchDialogue
            | Reason::NotEnoughDialogue
            | Reason::OffCharacter
            | Reason::WrongPlace
    )
}

/// Changes the plan for a reason said so many times of these takes; what it does, nothing where it can do nothing.
fn change(
    next: &mut Next,
    board: &Storyboard,
    scene: &Scene,
    reason: Reason,
    takes: &[&Take],
    times: usize,
) -> Option<Does> {
    let last = takes.last().copied();
    let shots = last.map(|take| number(take.shots.len()));
    let lines = last.map_or(2, |take| number(take.dialogue.len()));
    let action = last.map_or(30, |take| number(words::count(&take.action)));
    let again = times > 1;
    match reason {
        Reason::TooStatic => {
            next.limits.motion = Some(if again { Motion::AllMove } else { Motion::SomeMove });
            Some(if again { Does::AllMove } else { Does::SomeMove })
        }
        Reason::TooRestless => {
            next.limits.motion = Some(if again { Motion::AllHold } else { Motion::SomeHold });
            Some(if again { Does::AllHold } else { Does::SomeHold })
        }
        Reason::TooLong => {
            let most = (action * 3 / 4).max(8);
            next.limits.action_words = Some(Range { least: 4, most });
            next.limits.shots = narrowed(next.limits.shots, shots.map(|most| Range { least: 1, most: most.max(1) }));
            Some(Does::ActionAtMost(most))
        }
        Reason::TooShort => {
            let least = (action * 4 / 3).clamp(12, 60);
            next.limits.action_words = Some(Range { least, most: 80 });
            next.limits.shots = narrowed(next.limits.shots, shots.map(|least| Range { least, most: 8 }));
            Some(Does::ActionAtLeast(least))
        }
        Reason::TooSlow => {
            let least = shots.unwrap_or(3) + 1;
            next.limits.shots = Some(Range { least, most: 8 });
            Some(Does::ShotsAtLeast(least))
        }
        Reason::TooFast => {
            let most = shots.unwrap_or(3).saturating_sub(1).max(1);
            next.limits.shots = Some(Range { least: 1, most });
            Some(Does::ShotsAtMost(most))
        }
        Reason::TooMuchDialogue => {
            let most = lines.saturating_sub(1);
            next.limits.lines = Some(Range { least: 0, most });
            Some(Does::LinesAtMost(most))
        }
        Reason::NotEnoughDialogue => {
            let least = (lines + 1).min(6);
            next.limits.lines = Some(Range { least, most: least.max(3) });
            Some(Does::LinesAtLeast(least))
        }
        Reason::WrongMood => {
            let wanted = board.tone.as_deref().map(content_words).unwrap_or_default();
            let unwanted: Vec<String> = last
                .map(|take| content_words(&take.action))
                .unwrap_or_default()
                .into_iter()
                .filter(|word| !wanted.contains(word) && !content_words(&scene.brief).contains(word))
                .collect();
            let strength = float(times.min(2));
            next.leaning.extend(leaning(unwanted, WRONG_MOOD * strength));
            next.leaning.extend(leaning(wanted, TONE * strength));
            last.map(|_| Does::Tone)
        }
        Reason::OffCharacter => {
            let named = named(board, scene);
            next.limits.cast.clone_from(&named);
            (!named.is_empty()).then_some(Does::Only(named))
        }
        Reason::WrongPlace => {
            let brief = content_words(&scene.brief);
            let unsaid = |place: &Line| content_words(place).into_iter().filter(|word| !brief.contains(word)).collect();
            if scene.heading.is_empty() {
                let heading = last?.heading.as_ref()?;
                let place =
                    board.bible.places.iter().map(|place| &place.name).find(|name| heading.contains(name.as_str()))?;
                next.limits.not_at.push(place.clone());
                next.leaning.extend(leaning(unsaid(place), WRONG_PLACE));
                return Some(Does::NotAt(place.clone()));
            }
            for place in board.bible.places.iter().map(|place| &place.name) {
                let by = if scene.heading.contains(place.as_str()) { RIGHT_PLACE } else { WRONG_PLACE };
                next.leaning.extend(leaning(unsaid(place), by * float(times.min(2))));
            }
            Some(Does::Heading(scene.heading.clone()))
        }
        Reason::Unclear => {
            next.sampler.temperature = (next.sampler.temperature - 0.15 * float(times)).max(0.35);
            next.limits.action_words = narrowed(next.limits.action_words, Some(Range { least: 8, most: 30 }));
            Some(Does::Likelier(next.sampler.temperature, 30))
        }
        Reason::Repeats => {
            next.sampler.repeat_penalty = (next.sampler.repeat_penalty + 0.05 * float(times)).min(1.3);
            let unwanted = last.map(|take| content_words(&take.action)).unwrap_or_default();
            let brief = content_words(&scene.brief);
            next.leaning
                .extend(leaning(unwanted.into_iter().filter(|word| !brief.contains(word)).collect(), phrases::AWAY));
            Some(Does::AwayFrom(next.sampler.repeat_penalty))
        }
        Reason::NotTheBrief => {
            next.leaning.extend(leaning(content_words(&scene.brief), MISSED_BRIEF * float(times.min(2))));
            Some(Does::TowardsBrief)
        }
    }
}

/// A range within another, as far as both can hold.
fn narrowed(known: Option<Range>, by: Option<Range>) -> Option<Range> {
    let (Some(known), Some(by)) = (known, by) else { return known.or(by) };
    let least = known.least.max(by.least);
    Some(Range { least, most: known.most.min(by.most).max(least) })
}

/// The bible's characters and props that a scene's brief or heading names.
fn named(board: &Storyboard, scene: &Scene) -> Vec<Line> {
    let told: BTreeSet<String> = words_of(&scene.brief).chain(words_of(&scene.heading)).collect();
    let is_named = |name: &&Line| {
        let mut parts = words::content(name).map(|word| words::stem(&word)).peekable();
        parts.peek().is_some() && parts.all(|part| told.contains(&part))
    };
    board.bible.subjects().filter(is_named).cloned().collect()
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    words::content(text).map(|word| words::stem(&word))
}

/// A text's content words, each once, in order.
fn content_words(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words::content(text).filter(|word| seen.insert(words::stem(word))).take(WORDS).collect()
}

fn leaning(words: Vec<String>, by: f32) -> impl Iterator<Item = Leaning> {
    words.into_iter().map(move |word| Leaning { phrase: Line::clipped(&word, 40), by })
}

/// The accepted takes of other scenes whose briefs have most in common with this one's, and enough, the nearest last; those
/// accepted later win ties. Only takes that are still on the board: the prompt can be made again from it.
fn exemplars(board: &Storyboard, scene: &Scene, judged: &[&Judged]) -> Vec<TakeId> {
    let stems = |text: &str| words_of(text).collect::<BTreeSet<String>>();
    let wanted = stems(&scene.brief);
    let mut near: Vec<(f32, usize, TakeId)> = judged
        .iter()
        .enumerate()
        .filter(|(_, judged)| judged.accepted && judged.scene != scene.id)
        .filter_map(|(at, judged)| {
            let other = board.scene(judged.scene).filter(|other| other.take(judged.take.id).is_some())?;
            Some((words::overlap(&wanted, &stems(&other.brief)), at, judged.take.id))
        })
        .filter(|&(likeness, ..)| likeness >= NEAR)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    near.truncate(EXEMPLARS);
    near.into_iter().rev().map(|(.., take)| take).collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "how often a reason was given")]
fn float(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::super::log::{standing, supposed};
    use super::*;
    use crate::board::{Feedback, FeedbackId, Verdict};

    const BOARD: &str = r#"
slateboard: 1
tone: quiet, wry
bible:
  characters: [{name: MARA, look: old}, {name: JOSEF, look: tall}]
  places: [{name: SHORE, look: wet}]
  props: [{name: BOTTLE, look: green}]
scenes:
  - {id: 01J9Z0V5W6M4QK3T8E2C7R1XNB, number: "1", heading: EXT. SHORE - DAWN, brief: Mara finds the bottle by the water.}
  - {id: 01J9Z0V7A1B2C3D4E5F6G7H8J9, number: "2", heading: EXT. SHORE - DAY, brief: Mara throws the bottle back.}
  - {id: 01J9Z0V8K2M3N4P5Q6R7S8T9VA, number: "3", heading: EXT. SHORE - DAY, brief: Josef counts stamps.}
"#;

    const TAKE: &str = "{action: Mara walks slowly along the grey water and hums a sad old tune to the gulls., \
                        dialogue: [{speaker: MARA, line: Hm.}, {speaker: MARA, line: No.}], \
                        shots: [{size: wide, seconds: 4}, {size: close, seconds: 4}]}";

    fn board() -> Storyboard {
        serde_yaml::from_str(BOARD).unwrap()
    }

    /// Verdicts: the scene from 0, accepted or not, the reason.
    fn said(board: &Storyboard, verdicts: &[(usize, bool, &str)]) -> Vec<Judged> {
        let records: Vec<Feedback> = (1..)
            .zip(verdicts)
            .map(|(id, &(scene, accepted, reason)): (u128, _)| Feedback {
                id: FeedbackId::new(id.into()),
                at_ms: 0,
                reviewer: Line::default(),
                scene: board.scenes[scene].id,
                verdict: if accepted { Verdict::Accept } else { Verdict::Reject },
                reason: Line::new(reason).ok().filter(|reason| !reason.is_empty()),
                looked_ms: None,
                take: Take { id: TakeId::new(id.into()), ..serde_yaml::from_str(TAKE).unwrap() },
                reading: None,
                edited_from: None,
                picked_before: None,
                index: 0,
            })
            .collect();
        standing(&records, board, &[])
    }

    fn plan(scene: usize, verdicts: &[(usize, bool, &str)]) -> Next {
        let board = board();
        let judged = said(&board, verdicts);
        next(&board, &board.scenes[scene], &judged.iter().collect::<Vec<_>>(), Wishes::default())
    }

    #[test]
    fn each_reason_changes_what_the_table_says() {
        let range = |least, most| Some(Range { least, most });
        let one = |reason| plan(0, &[(0, false, reason)]);
        let two = |reason| plan(0, &[(0, false, reason), (0, false, reason)]);
        assert_eq!(one("too static").limits.motion, Some(Motion::SomeMove));
        assert_eq!(two("too static").limits.motion, Some(Motion::AllMove));
        assert_eq!(one("too restless").limits.motion, Some(Motion::SomeHold));
        assert_eq!(one("too long").limits.action_words, range(4, 12));
        assert_eq!(one("too long").limits.shots, range(1, 2));
        assert_eq!(one("too short").limits.action_words, range(21, 80));
        assert_eq!(one("too slow").limits.shots, range(3, 8));
        assert_eq!(one("too fast").limits.shots, range(1, 1));
        assert_eq!(one("too much dialogue").limits.lines, range(0, 1));
        assert_eq!(one("not enough dialogue").limits.lines, range(3, 3));
        assert_eq!(one("off character").limits.cast, ["MARA", "BOTTLE"]);
        assert!(one("unclear").sampler.temperature < two("").sampler.temperature);
        assert!(two("repeats").sampler.repeat_penalty > one("repeats").sampler.repeat_penalty);
        let by =
            |next: &Next, word: &str| next.leaning.iter().find(|one| one.phrase == *word).map_or(0.0, |one| one.by);
        assert!(by(&one("wrong mood"), "sad") < 0.0 && by(&one("wrong mood"), "wry") > 0.0);
        assert_eq!(by(&one("wrong mood"), "water"), 0.0, "the brief's own words are never avoided");
        assert!(by(&one("repeats"), "gulls") < 0.0);
        assert!(by(&one("wrong place"), "shore") > 0.0);
        assert!(by(&two("not the brief"), "finds") > by(&one("not the brief"), "finds"));
    }

    #[test]
    fn a_heading_is_the_writers_and_one_that_a_take_proposed_can_be_wrong() {
        let mut board = board();
        let mut judged = said(&board, &[(0, false, "wrong place")]);
        judged[0].take.heading = Line::new("EXT. SHORE - NIGHT").ok();
        let next = |board: &Storyboard| next(board, &board.scenes[0], &[&judged[0]], Wishes::default());
        assert_eq!(next(&board).locked, [Lock::Field(Field::Heading)]);
        assert!(next(&board).limits.not_at.is_empty());
        board.scenes[0].heading = Line::default();
        assert!(next(&board).locked.is_empty());
        assert_eq!(next(&board).limits.not_at, ["SHORE"]);
    }

    #[test]
    fn every_reason_does_something_and_says_what() {
        for &reason in Reason::ALL {
            let next = plan(0, &[(0, false, reason.word())]);
            assert_eq!(next.changes.len(), 1, "{reason}");
            assert!(!next.changes[0].does.to_string().is_empty(), "{reason}");
            let nothing = Next { changes: next.changes.clone(), ..plan(0, &[(0, false, "")]) };
            assert_ne!(next, nothing, "{reason}");
        }
    }

    #[test]
    fn an_accepted_take_ends_the_reasons_of_its_scene() {
        assert_eq!(plan(0, &[(0, false, "too static"), (0, true, "")]).limits, Limits::default());
    }

    #[test]
    fn a_reason_is_of_its_scene_until_it_is_a_habit() {
        assert_eq!(plan(2, &[(0, false, "too static")]).limits.motion, None);
        let habit = plan(2, &[(0, false, "too static"), (1, false, "too static")]);
        assert_eq!(habit.limits.motion, Some(Motion::SomeMove));
        assert_eq!(habit.changes[0].times, 0);
    }

    #[test]
    fn the_accepted_take_with_the_nearest_brief_is_the_worked_example() {
        let mut board = board();
        let judged = said(&board, &[(1, true, ""), (2, true, "")]);
        board.scenes[1].takes.push(judged[0].take.clone());
        board.scenes[2].takes.push(judged[1].take.clone());
        let judged: Vec<&Judged> = judged.iter().collect();
        let exemplars = |scene: usize| next(&board, &board.scenes[scene], &judged, Wishes::default()).exemplars;
        assert_eq!(exemplars(0), [judged[0].take.id]);
        assert_eq!(exemplars(1), [], "never the scene's own, and none of a scene that has nothing to do with it");
        board.scenes[2].brief = crate::board::Text::new("Josef throws the bottle further.").unwrap();
        let exemplars = |scene: usize| next(&board, &board.scenes[scene], &judged, Wishes::default()).exemplars;
        assert_eq!(exemplars(1), [judged[1].take.id]);
    }

    #[test]
    fn a_plan_can_be_made_for_a_verdict_still_to_come() {
        let board = board();
        let judged = said(&board, &[(0, false, "too static"), (0, false, "")]);
        let take = &judged[1].take;
        let of = |accepted| {
            let supposed = supposed(take, &board.scenes[0], &Line::default(), accepted);
            after(&board, &board.scenes[0], &[&judged[0]], &supposed, Wishes::default())
        };
        assert_eq!(of(false).limits.motion, Some(Motion::SomeMove));
        assert_eq!(of(true).limits.motion, None);
    }
}
