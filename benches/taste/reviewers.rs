//! Simulated reviewers: each likes takes by a rule that the product is not told.

use slateboard::board::heading::Heading;
use slateboard::board::{Move, Size, Take};
use slateboard::taste::chance::Chance;

/// A hidden preference.
pub(crate) struct Reviewer {
    pub(crate) name: &'static str,
    /// Whether features of taste can express it, as far as their author knows.
    pub(crate) expressible: bool,
    likes: fn(&Take, usize) -> bool,
    /// The share of verdicts given the wrong way.
    errs: f32,
    /// What it says of a take it rejects, where it says anything.
    says: fn(&Take) -> Option<&'static str>,
}

impl Reviewer {
    /// Whether the rule likes the take, at verdict `at` from 0.
    pub(crate) fn likes(&self, take: &Take, at: usize) -> bool {
        (self.likes)(take, at)
    }

    /// What it says: the rule's word, but for its errors.
    pub(crate) fn accepts(&self, take: &Take, at: usize, chance: &mut Chance) -> bool {
        let errs = chance.share() < self.errs;
        self.likes(take, at) != errs
    }

    /// Why it rejects.
    pub(crate) fn reason(&self, take: &Take) -> Option<&'static str> {
        (self.says)(take)
    }
}

fn nothing(_: &Take) -> Option<&'static str> {
    None
}

fn moves(take: &Take) -> bool {
    take.shots.iter().any(|shot| shot.camera != Move::Static)
}

fn is_night_exterior(take: &Take, _: usize) -> bool {
    let heading = take.heading.as_deref().and_then(Heading::parse);
    heading.is_some_and(|heading| {
        heading.prefix.starts_with("EXT") && matches!(heading.time, "NIGHT" | "EVENING" | "DUSK")
    })
}

fn is_two_shots_pushing_in(take: &Take, _: usize) -> bool {
    take.shots.len() == 2 && take.shots.iter().any(|shot| matches!(shot.camera, Move::PushIn | Move::ZoomIn))
}

fn is_silent(take: &Take, _: usize) -> bool {
    take.dialogue.is_empty()
}

fn mentions_water(take: &Take, _: usize) -> bool {
    let text = slateboard::taste::words::prose(take).collect::<Vec<_>>().join(" ").to_lowercase();
    let words = ["water", "sea", "wave", "waves", "tide", "rain", "surf", "foam", "ocean", "shore"];
    text.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word))
}

fn is_short(take: &Take, _: usize) -> bool {
    take.action.split_whitespace().count() <= 18
}

fn moves_everywhere(take: &Take, _: usize) -> bool {
    take.shots.iter().all(|shot| shot.camera != Move::Static) && take.shots.len() > 1
}

fn is_close(take: &Take, _: usize) -> bool {
    let close = |size| matches!(size, Size::Medium | Size::MediumClose | Size::Close | Size::ExtremeClose);
    let shots = take.shots.iter().filter(|shot| close(shot.size)).count();
    shots * 2 > take.shots.len()
}

fn changes_its_mind(take: &Take, at: usize) -> bool {
    if at < 20 { is_silent(take, at) } else { is_close(take, at) }
}

fn says_static(take: &Take) -> Option<&'static str> {
    (!moves(take)).then_some("too static")
}

fn says_static_or_pace(take: &Take) -> Option<&'static str> {
    match take.shots.len() {
        _ if !moves(take) => Some("too static"),
        3.. => Some("too fast"),
        1 => Some("too slow"),
        _ => None,
    }
}

/// The reviewers, in the order they are reported.
pub(crate) const REVIEWERS: [Reviewer; 9] = [
    Reviewer { name: "likes night exteriors", expressible: true, likes: is_night_exterior, errs: 0.0, says: nothing },
    Reviewer {
        name: "likes two shots with a push-in",
        expressible: true,
        likes: is_two_shots_pushing_in,
        errs: 0.0,
        says: says_static_or_pace,
    },
    Reviewer {
        name: "dislikes dialogue",
        expressible: true,
        likes: is_silent,
        errs: 0.0,
        says: |take| (!take.dialogue.is_empty()).then_some("too much dialogue"),
    },
    Reviewer { name: "likes water", expressible: true, likes: mentions_water, errs: 0.0, says: nothing },
    Reviewer {
        name: "prefers short action",
        expressible: true,
        likes: is_short,
        errs: 0.0,
        says: |take| (!is_short(take, 0)).then_some("too long"),
    },
    Reviewer {
        name: "wants every shot to move",
        expressible: true,
        likes: moves_everywhere,
        errs: 0.0,
        says: says_static,
    },
    Reviewer { name: "likes close framing", expressible: true, likes: is_close, errs: 0.0, says: nothing },
    Reviewer {
        name: "dislikes dialogue, errs 10 %",
        expressible: true,
        likes: is_silent,
        errs: 0.1,
        says: |take| (!take.dialogue.is_empty()).then_some("too much dialogue"),
    },
    Reviewer {
        name: "no dialogue, then close framing",
        expressible: true,
        likes: changes_its_mind,
        errs: 0.0,
        says: nothing,
    },
];
