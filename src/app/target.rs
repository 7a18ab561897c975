//! The texts that can be changed: what they are called, and which are one line.

use serde::{Deserialize, Serialize};

use crate::board::{Field, Kind, Line, SceneId, Storyboard, TakeId, Template};
use crate::words::{self, Phrase};

/// A text that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A scene's number.
    Number(SceneId),
    /// A scene's heading.
    Heading(SceneId),
    /// A scene's brief.
    Brief(SceneId),
    /// A part of a take.
    Take(SceneId, TakeId, Field),
    /// The description of a shot, from 0.
    Shot(SceneId, TakeId, usize),
    /// How a shot, from 0, is framed and how long it lasts.
    Framing(SceneId, TakeId, usize),
    /// The length that a scene aims at.
    Length(SceneId),
    /// The parts of a take that the model must keep.
    Locked(SceneId),
    /// How many newcomers the model may bring in.
    Newcomers(SceneId),
    /// The style of a scene's frames, where it is not the board's.
    SceneStyle(SceneId),
    /// The storyboard's own title, logline or tone.
    Board(BoardText),
    /// The name of the sequence that begins with a scene.
    Sequence(SceneId),
    /// A text of a bible entry, by its list and place; one past the list's end is a new entry.
    Entry(Kind, usize, EntryText),
    /// The title of a new board, from a template where there is one.
    NewBoard(Option<Template>),
    /// A word that goes with the review's next verdict.
    Note,
    /// What is proposed: an entry's look or a scene's brief, by its place among the proposals.
    Proposal(usize),
    /// Why the take is rejected.
    Reason(SceneId, TakeId),
}

/// A text of the storyboard itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoardText {
    /// The title.
    Title,
    /// The story in a sentence.
    Logline,
    /// Direction for every scene.
    Tone,
    /// BCP 47.
    Language,
    /// Width to height.
    Aspect,
    /// Frames a second.
    Fps,
    /// The frames' style.
    Style,
}

/// A text of a bible entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryText {
    /// Its name.
    Name,
    /// What does not change.
    Look,
    /// What may change with the story.
    Now,
}

/// The words of a text that are new in it: all of a short one, and of a longer one what begins with the first word that
/// changed.
fn changed(before: &str, words: &str) -> String {
    /// Characters that are said.
    const MOST: usize = 60;
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, words) = (flat(before), flat(words));
    if words.chars().count() <= MOST {
        return Line::clipped(&words, MOST).to_string();
    }
    let same =
        before.chars().zip(words.chars()).take_while(|(old, new)| old == new).map(|(_, new)| new.len_utf8()).sum();
    let word = match words[same..].starts_with(' ') {
        true => same + 1,
        // Not every script has spaces: there it begins where the change does.
        false => words[..same].rfind(' ').filter(|space| same - space < 40).map_or(same, |space| space + 1),
    };
    let word = if same < 40 { 0 } else { word };
    let clipped = Line::clipped(&words[word..], MOST);
    if word == 0 { clipped.to_string() } else { format!("… {clipped}") }
}

impl Target {
    /// What it is called on the screen.
    #[must_use]
    pub fn name(self) -> Phrase {
        match self {
            Self::Number(_) => words::text_number(),
            Self::Heading(_) | Self::Take(_, _, Field::Heading) => words::text_heading(),
            Self::Brief(_) => words::text_brief(),
            Self::Take(_, _, Field::Action) => words::text_action(),
            Self::Take(_, _, Field::Dialogue) => words::text_dialogue(),
            Self::Take(_, _, Field::Sound) => words::text_sound(),
            Self::Take(_, _, Field::Shots) => words::text_shots(),
            Self::Shot(_, _, index) => words::text_shot(index + 1),
            Self::Framing(_, _, index) => words::text_framing(index + 1),
            Self::Length(_) => words::text_length(),
            Self::Locked(_) => words::text_locked(),
            Self::Newcomers(_) => words::text_newcomers(),
            Self::SceneStyle(_) => words::text_scene_style(),
            Self::Board(BoardText::Title) => words::text_title(),
            Self::Board(BoardText::Logline) => words::text_logline(),
            Self::Board(BoardText::Tone) => words::text_tone(),
            Self::Board(BoardText::Language) => words::text_language(),
            Self::Board(BoardText::Aspect) => words::text_aspect(),
            Self::Board(BoardText::Fps) => words::text_fps(),
            Self::Board(BoardText::Style) => words::text_style(),
            Self::Sequence(_) => words::text_sequence(),
            Self::Entry(_, _, EntryText::Name) => words::text_entry_name(),
            Self::Entry(_, _, EntryText::Look) => words::text_entry_look(),
            Self::Entry(_, _, EntryText::Now) => words::text_entry_now(),
            Self::NewBoard(_) => words::text_new_board(),
            Self::Note => words::text_note(),
            Self::Proposal(_) => words::text_proposal(),
            Self::Reason(..) => words::text_reason(),
        }
    }

    /// What it is called where nobody is asked to write it.
    #[must_use]
    pub fn in_short(self) -> Phrase {
        match self {
            Self::Take(_, _, Field::Dialogue) => words::short_dialogue(),
            Self::Framing(_, _, index) => words::short_framing(index + 1),
            Self::Length(_) => words::short_length(),
            Self::Locked(_) => words::short_locked(),
            Self::Newcomers(_) => words::short_newcomers(),
            Self::SceneStyle(_) => words::text_style(),
            Self::Board(BoardText::Logline) => words::short_logline(),
            Self::Board(BoardText::Tone) => words::short_tone(),
            Self::Board(BoardText::Language) => words::short_language(),
            Self::Board(BoardText::Aspect) => words::short_aspect(),
            other => other.name(),
        }
    }

    /// What it is called where somebody is asked to write it, with the bible entry it is of.
    #[must_use]
    pub fn titled(self, board: Option<&Storyboard>) -> Phrase {
        match self.entry(board) {
            Some(name) => words::of_entry(name, self.name()),
            None => self.name(),
        }
    }

    /// The name of the bible entry it is of; `None` for one that is not there yet.
    fn entry(self, board: Option<&Storyboard>) -> Option<&str> {
        match self {
            Self::Entry(kind, at, _) => board?.bible.list(kind).get(at).map(|entry| entry.name.as_str()),
            _ => None,
        }
    }

    /// What is said when it was changed: of what it is, and its words now, a longer text's from the first change on.
    pub(super) fn edited(self, board: Option<&Storyboard>, before: &str, words: &str) -> Phrase {
        let scene = self.scene().and_then(|scene| board?.scene(scene));
        let what = match (scene, self, self.entry(board)) {
            (Some(scene), ..) => words::of_scene(scene.number.as_str(), self.in_short()),
            (None, Self::Entry(_, _, EntryText::Name), None) => return words::entry_added(words.trim().to_uppercase()),
            (None, _, Some(name)) => words::of_entry(name, self.in_short()),
            (None, _, None) => self.in_short(),
        };
        match changed(before, words).as_str() {
            "" => words::emptied(what),
            changed => words::edited(what, changed),
        }
    }

    /// The scene it is of.
    #[must_use]
    pub const fn scene(self) -> Option<SceneId> {
        match self {
            Self::Number(scene)
            | Self::Heading(scene)
            | Self::Brief(scene)
            | Self::Take(scene, ..)
            | Self::Shot(scene, ..)
            | Self::Framing(scene, ..)
            | Self::Length(scene)
            | Self::Locked(scene)
            | Self::Newcomers(scene)
            | Self::SceneStyle(scene)
            | Self::Sequence(scene)
            | Self::Reason(scene, _) => Some(scene),
            Self::Board(_) | Self::Entry(..) | Self::NewBoard(_) | Self::Note | Self::Proposal(_) => None,
        }
    }

    /// The take it is of.
    #[must_use]
    pub const fn take(self) -> Option<TakeId> {
        match self {
            Self::Take(_, take, _) | Self::Shot(_, take, _) | Self::Framing(_, take, _) | Self::Reason(_, take) => {
                Some(take)
            }
            _ => None,
        }
    }

    /// Whether it is one line, which enter ends.
    #[must_use]
    pub fn is_line(self) -> bool {
        matches!(
            self,
            Self::Number(_)
                | Self::Board(_)
                | Self::Heading(_)
                | Self::Framing(..)
                | Self::Length(_)
                | Self::Locked(_)
                | Self::Newcomers(_)
                | Self::SceneStyle(_)
                | Self::Sequence(_)
                | Self::Entry(_, _, EntryText::Name)
                | Self::Note
                | Self::NewBoard(_)
                | Self::Reason(..)
                | Self::Take(_, _, Field::Heading)
        )
    }
}
