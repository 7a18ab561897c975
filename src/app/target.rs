//! The texts that can be changed: what they are called, and which are one line.

use crate::board::{Field, Kind, Line, SceneId, Storyboard, TakeId, Template};
use crate::words::{self, Phrase};

/// A text that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryText {
    /// Its name.
    Name,
    /// What does not change.
    Look,
    /// What may change with the story.
    Now,
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
            Self::Board(BoardText::Logline) => words::short_logline(),
            Self::Board(BoardText::Tone) => words::short_tone(),
            Self::Board(BoardText::Language) => words::short_language(),
            Self::Board(BoardText::Aspect) => words::short_aspect(),
            other => other.name(),
        }
    }

    /// What is said when it was changed: of what it is, and how it begins now.
    pub(super) fn edited(self, board: Option<&Storyboard>, words: &str) -> Phrase {
        /// Characters of it that are said.
        const BEGINNING: usize = 60;
        let scene = self.scene().and_then(|scene| board?.scene(scene));
        let entry = match self {
            Self::Entry(kind, at, EntryText::Look | EntryText::Now) => {
                board.and_then(|board| board.bible.list(kind).get(at))
            }
            _ => None,
        };
        let what = match (scene, entry) {
            (Some(scene), _) => words::of_scene(scene.number.as_str(), self.in_short()),
            (None, Some(entry)) => words::of_entry(entry.name.as_str(), self.in_short()),
            (None, None) => self.in_short(),
        };
        let begins = Line::clipped(words, BEGINNING);
        match begins.as_str() {
            "" => words::emptied(what),
            whole if whole == words.trim() => words::edited(what, whole),
            begins => words::edited(what, format!("{begins}…")),
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
            | Self::Sequence(scene)
            | Self::Reason(scene, _) => Some(scene),
            Self::Board(_) | Self::Entry(..) | Self::NewBoard(_) | Self::Note | Self::Proposal(_) => None,
        }
    }

    /// Whether it is one line, which enter ends.
    #[must_use]
    pub fn is_line(self) -> bool {
        if let Self::Board(text) = self {
            return !matches!(text, BoardText::Logline | BoardText::Tone);
        }
        matches!(
            self,
            Self::Number(_)
                | Self::Heading(_)
                | Self::Framing(..)
                | Self::Length(_)
                | Self::Sequence(_)
                | Self::Entry(_, _, EntryText::Name)
                | Self::Note
                | Self::NewBoard(_)
                | Self::Reason(..)
                | Self::Take(_, _, Field::Heading)
        )
    }
}
