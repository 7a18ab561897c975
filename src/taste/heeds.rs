//! Whether takes that were written before a reason was given heed it: those that do are shown before the others.

use super::log::supposed;
use super::next::{Wishes, next};
use super::reason::Reason;
use super::words;
use crate::board::heading::Heading;
use crate::board::plan::{Limits, Motion, Range};
use crate::board::{Line, Move, Scene, Storyboard, Take};

/// What a reason given for a rejected take asks of the scene's next ones, as far as it can be told of a take that is there
/// already. `wording` are the reviewer's own words for reasons.
#[must_use]
pub fn asked(
    board: &Storyboard,
    scene: &Scene,
    rejected: &Take,
    reason: &Line,
    wording: &[(String, Reason)],
) -> Limits {
    let mut judged = supposed(rejected, scene, &Line::default(), false);
    judged.reason = Reason::of(reason, wording);
    next(board, scene, &[&judged], Wishes::default()).limits
}

/// Whether a take could have been written under these limits.
#[must_use]
pub fn heeds(take: &Take, limits: &Limits) -> bool {
    let within = |range: Option<Range>, count: usize| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        range.is_none_or(|range| (range.least..=range.most).contains(&count))
    };
    let moves = take.shots.iter().filter(|shot| shot.camera != Move::Static).count();
    let of_all = take.shots.len();
    let motion = match limits.motion {
        None => true,
        Some(Motion::SomeMove) => moves > 0,
        Some(Motion::AllMove) => moves == of_all,
        Some(Motion::SomeHold) => moves < of_all,
        Some(Motion::AllHold) => moves == 0,
    };
    let is_cast = |name: &Line| {
        limits.cast.is_empty()
            || limits.cast.contains(name)
            || take.newcomers.iter().any(|newcomer| newcomer.name == *name)
    };
    let seen = take.shots.iter().flat_map(|shot| &shot.staging).map(|staged| &staged.subject);
    let heard = take.dialogue.iter().map(|speech| &speech.speaker);
    let place = take.heading.as_deref().and_then(Heading::parse).map(|heading| heading.place.to_uppercase());
    let is_at = |name: &Line| place.as_ref().is_some_and(|place| *place == name.to_uppercase());
    motion
        && within(limits.shots, of_all)
        && within(limits.lines, take.dialogue.len())
        && within(limits.action_words, words::count(&take.action))
        && seen.chain(heard).all(is_cast)
        && !limits.not_at.iter().any(is_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(yaml: &str) -> Take {
        serde_yaml::from_str(yaml).unwrap()
    }

    const STILL: &str = "{action: She waits., shots: [{size: wide, seconds: 4}, {size: close, seconds: 4}]}";
    const MOVING: &str =
        "{action: She waits., shots: [{size: wide, move: pan-left, seconds: 4}, {size: close, seconds: 4}]}";
    const TALKING: &str = "{action: She waits., dialogue: [{speaker: MARA, line: Hm.}, {speaker: JOSEF, line: No.}]}";

    fn asks(reason: &str, rejected: &str) -> Limits {
        let board: Storyboard = serde_yaml::from_str(
            "{slateboard: 1, bible: {characters: [{name: MARA}, {name: JOSEF}], places: [{name: SHORE}]}, \
             scenes: [{id: 01J9Z0V5W6M4QK3T8E2C7R1XNB, brief: Mara waits.}]}",
        )
        .unwrap();
        let own = [("asleep".to_owned(), Reason::TooStatic)];
        asked(&board, &board.scenes[0], &take(rejected), &Line::new(reason).unwrap(), &own)
    }

    #[test]
    fn what_a_reason_speaks_against_does_not_heed_it() {
        let placed = "{heading: EXT. SHORE - DAY, action: She waits.}";
        let elsewhere = "{heading: INT. CAVE - DAY, action: She waits.}";
        let long = "{action: She waits and waits and waits for him to come back over the wet stones with the lamp., \
                    shots: [{size: wide, seconds: 4}]}";
        let short = "{action: She waits and waits., shots: [{size: wide, seconds: 4}]}";
        // The reason, the take it was said of, one that heeds it, one that does not.
        let cases = [
            ("too static", STILL, MOVING, STILL),
            ("Asleep", STILL, MOVING, STILL),
            ("too restless", MOVING, STILL, "{shots: [{size: wide, move: tilt-up, seconds: 4}]}"),
            ("too much dialogue", TALKING, STILL, TALKING),
            ("not enough dialogue", STILL, TALKING, STILL),
            ("too long", long, short, long),
            ("off character", TALKING, "{dialogue: [{speaker: MARA, line: Hm.}]}", TALKING),
            ("wrong place", placed, elsewhere, placed),
        ];
        for (reason, rejected, heeding, not) in cases {
            let limits = asks(reason, rejected);
            assert!(heeds(&take(heeding), &limits), "{reason}: {limits:?}");
            assert!(!heeds(&take(not), &limits), "{reason}: {limits:?}");
        }
    }

    #[test]
    fn what_cannot_be_told_of_a_take_speaks_against_none() {
        for reason in ["wrong mood", "unclear to me", "no reason of the table"] {
            let limits = asks(reason, TALKING);
            let others = Limits { action_words: None, ..limits };
            assert!(heeds(&take(STILL), &others), "{reason}");
        }
    }
}
