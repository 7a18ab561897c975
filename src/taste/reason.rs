//! Reasons, and what each changes in the next takes of the scene.
//!
//! A reason acts on the grammar and the sampler, so it works with the smallest model. The table:
//!
//! | reason | first time | said again |
//! | --- | --- | --- |
//! | too static | at least one shot's camera moves | every shot's does |
//! | too restless | at least one shot is static | every shot is |
//! | too long | action at most three quarters as long, no more shots than it had | again three quarters |
//! | too short | action a third longer at the least, no fewer shots than it had | again a third |
//! | too slow | one shot more than it had | one more |
//! | too fast | one shot fewer than it had | one fewer |
//! | too much dialogue | one line fewer than it had at the most | one fewer |
//! | not enough dialogue | one line more than it had at the least | one more |
//! | wrong mood | its content words are leant away from, the tone's are leant towards | stronger |
//! | off character | only characters and props that the brief or heading names may speak and be seen | the same |
//! | wrong place | the scene's own heading is kept | the same |
//! | unclear | likelier words: temperature falls by 0.15, action of at most 30 words | falls again, to 0.35 |
//! | repeats | its phrases are leant away from, the repetition penalty rises by 0.05 | rises again, to 1.3 |
//! | not the brief | the brief's words are leant towards twice as strongly | three times |

use crate::board::Line;
use crate::board::vocabulary::vocabulary;

vocabulary! {
    /// Why a take was rejected, as far as it says what to change.
    Reason: "reason" {
        /// The camera does not move.
        TooStatic = "too static",
        /// The camera moves too much.
        TooRestless = "too restless",
        /// It says too much.
        TooLong = "too long",
        /// It says too little.
        TooShort = "too short",
        /// Its shots last too long.
        TooSlow = "too slow",
        /// Its shots do not last.
        TooFast = "too fast",
        /// The feeling is another.
        WrongMood = "wrong mood",
        /// Somebody is not who they are, or should not be there.
        OffCharacter = "off character",
        /// Nobody knows what happens.
        Unclear = "unclear",
        /// It was seen before.
        Repeats = "repeats",
        /// It is somewhere else.
        WrongPlace = "wrong place",
        /// They talk too much.
        TooMuchDialogue = "too much dialogue",
        /// They talk too little.
        NotEnoughDialogue = "not enough dialogue",
        /// It is another scene.
        NotTheBrief = "not the brief",
    }
}

/// Other ways to say a reason: it is meant where a reviewer's words hold one of these. The first that fits counts.
const SAID: &[(&str, Reason)] = &[
    ("static", Reason::TooStatic),
    ("nothing moves", Reason::TooStatic),
    ("no movement", Reason::TooStatic),
    ("move the camera", Reason::TooStatic),
    ("restless", Reason::TooRestless),
    ("too many moves", Reason::TooRestless),
    ("shaky", Reason::TooRestless),
    ("not enough talk", Reason::NotEnoughDialogue),
    ("not enough dialog", Reason::NotEnoughDialogue),
    ("too little dialog", Reason::NotEnoughDialogue),
    ("more dialog", Reason::NotEnoughDialogue),
    ("nobody speaks", Reason::NotEnoughDialogue),
    ("too much talk", Reason::TooMuchDialogue),
    ("too much dialog", Reason::TooMuchDialogue),
    ("less dialog", Reason::TooMuchDialogue),
    ("no dialog", Reason::TooMuchDialogue),
    ("talky", Reason::TooMuchDialogue),
    ("wordy", Reason::TooLong),
    ("too much text", Reason::TooLong),
    ("slow", Reason::TooSlow),
    ("drags", Reason::TooSlow),
    ("fast", Reason::TooFast),
    ("hectic", Reason::TooFast),
    ("mood", Reason::WrongMood),
    ("tone", Reason::WrongMood),
    ("character", Reason::OffCharacter),
    ("wrong prop", Reason::OffCharacter),
    ("wrong person", Reason::OffCharacter),
    ("place", Reason::WrongPlace),
    ("location", Reason::WrongPlace),
    ("setting", Reason::WrongPlace),
    ("confus", Reason::Unclear),
    ("makes no sense", Reason::Unclear),
    ("not clear", Reason::Unclear),
    ("seen before", Reason::Repeats),
    ("again", Reason::Repeats),
    ("same as", Reason::Repeats),
    ("repeat", Reason::Repeats),
    ("off brief", Reason::NotTheBrief),
    ("brief", Reason::NotTheBrief),
];

impl Reason {
    /// The reason in a reviewer's words: as one of the list, as the config words it (`own`, compared whole, without
    /// regard to case), or said in another way that the table knows.
    #[must_use]
    pub fn of(said: &Line, own: &[(String, Self)]) -> Option<Self> {
        let said = said.to_lowercase().replace('-', " ");
        let said = said.trim();
        let own = own.iter().find(|(words, _)| words.to_lowercase() == said).map(|&(_, reason)| reason);
        let listed = || Self::ALL.iter().copied().find(|reason| said.contains(reason.word()));
        let otherwise = || SAID.iter().find(|(words, _)| said.contains(words)).map(|&(_, reason)| reason);
        own.or_else(listed).or_else(otherwise)
    }

    /// What it changes, in words for the person.
    #[must_use]
    pub const fn change(self) -> &'static str {
        match self {
            Self::TooStatic => "the camera moves",
            Self::TooRestless => "the camera holds still",
            Self::TooLong => "shorter action",
            Self::TooShort => "longer action",
            Self::TooSlow => "more and shorter shots",
            Self::TooFast => "fewer and longer shots",
            Self::WrongMood => "away from its words, towards the tone's",
            Self::OffCharacter => "only who the brief names",
            Self::Unclear => "likelier words, shorter action",
            Self::Repeats => "away from its phrases",
            Self::WrongPlace => "the scene's own heading",
            Self::TooMuchDialogue => "fewer lines",
            Self::NotEnoughDialogue => "more lines",
            Self::NotTheBrief => "closer to the brief's words",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_understood_in_a_reviewers_own_words() {
        let own = [("like the last one".to_owned(), Reason::Repeats)];
        let cases = [
            ("too static", Some(Reason::TooStatic)),
            ("Too static, really", Some(Reason::TooStatic)),
            ("too-static", Some(Reason::TooStatic)),
            ("nothing moves here", Some(Reason::TooStatic)),
            ("too much talk", Some(Reason::TooMuchDialogue)),
            ("not enough dialogue", Some(Reason::NotEnoughDialogue)),
            ("wrong place or prop", Some(Reason::WrongPlace)),
            ("out of character", Some(Reason::OffCharacter)),
            ("Like The Last One", Some(Reason::Repeats)),
            ("hm", None),
            ("", None),
        ];
        for (said, expected) in cases {
            assert_eq!(Reason::of(&Line::new(said).unwrap(), &own), expected, "{said}");
        }
    }

    #[test]
    fn every_reason_is_understood_by_its_own_word() {
        for &reason in Reason::ALL {
            assert_eq!(Reason::of(&Line::new(reason.word()).unwrap(), &[]), Some(reason));
        }
    }
}
