//! Boards to choose from: opened lately, in this folder, the samples; and new ones from a template.

use std::path::{Path, PathBuf};

use super::model::{Model, Place, Target};
use super::msg::{Effect, Opening};
use super::now::Now;
use crate::board::Template;
use crate::board::text::clean;
use crate::words::{self, Phrase};

/// Boards to choose from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picker {
    /// They; `None` until the folders have been read.
    pub boards: Option<Vec<Found>>,
    /// The row under the cursor: boards first, behind them an empty board and the templates.
    pub at: usize,
    /// When the boards were found, in milliseconds since 1970.
    pub found_ms: u64,
}

/// A board that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its file.
    pub path: PathBuf,
    /// Why it is offered.
    pub origin: Origin,
    /// When its file changed last, in milliseconds since 1970.
    pub changed_ms: Option<u64>,
    /// What is in it.
    pub about: About,
}

/// Why a board is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was opened lately.
    Recent,
    /// It is in this folder.
    Folder,
    /// It is one of the samples.
    Sample,
}

/// What is in a board.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum About {
    /// It has not been read yet.
    #[default]
    Unread,
    /// So much.
    Board {
        /// The title.
        title: String,
        /// The story in a sentence.
        logline: String,
        /// Scenes.
        scenes: usize,
        /// Scenes with a picked take.
        picked: usize,
        /// Takes.
        takes: usize,
    },
    /// It cannot be read.
    Wrong(Phrase),
}

impl About {
    /// The board's title, where it is known to have one.
    fn title(&self) -> Option<&str> {
        match self {
            Self::Board { title, .. } => Some(title.as_str()).filter(|title| !title.is_empty()),
            Self::Unread | Self::Wrong(_) => None,
        }
    }
}

/// A row of the picker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Row<'a> {
    /// A board.
    Board(&'a Found),
    /// A new board, from a template where there is one.
    New(Option<Template>),
}

impl Picker {
    /// Whether another of the boards has the same title: then only its file tells it from that.
    #[must_use]
    pub fn has_namesake(&self, found: &Found) -> bool {
        let own = found.about.title();
        let mut others = self.boards.iter().flatten().filter(|other| other.path != found.path);
        own.is_some() && others.any(|other| other.about.title() == own)
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.boards.as_ref().map_or(0, |boards| boards.len() + 1 + Template::ALL.len())
    }

    /// The row at a position.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        let boards = self.boards.as_ref()?;
        match boards.get(at) {
            Some(found) => Some(Row::Board(found)),
            None => match at - boards.len() {
                0 => Some(Row::New(None)),
                n => Template::ALL.get(n - 1).map(|template| Row::New(Some(*template))),
            },
        }
    }
}

pub(super) fn can_open(model: &Model) -> bool {
    matches!(&model.place, Place::Picker(picker) if picker.row(picker.at).is_some())
}

/// Opens the board under the cursor, or asks for the name of a new one.
pub(super) fn open(model: &mut Model, _: Now) -> Vec<Effect> {
    let Place::Picker(picker) = &model.place else { return Vec::new() };
    match picker.row(picker.at) {
        Some(Row::Board(found)) => {
            let path = found.path.clone();
            model.place = Place::Opening(path.clone());
            vec![Effect::Open(path, Opening::Write)]
        }
        Some(Row::New(template)) => {
            super::editing::begin(model, Target::NewBoard(template), "");
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// What is in a board that was found.
pub(super) fn about(model: &mut Model, path: &Path, about: About) {
    if let Place::Picker(picker) = &mut model.place
        && let Some(found) = picker.boards.iter_mut().flatten().find(|found| found.path == *path)
    {
        found.about = about;
    }
}

/// A new board of that title, in this folder.
pub(super) fn make(model: &mut Model, title: &str, template: Option<Template>) -> Vec<Effect> {
    let title = clean(title).trim().to_owned();
    let file = file_name(&title);
    if file.is_empty() {
        model.warn(words::new_board_needs_title());
        return Vec::new();
    }
    vec![Effect::NewBoard { file: PathBuf::from(format!("{file}.yaml")), title, template }]
}

/// The file of a new board of that title, in this folder: the first name that is not taken.
#[must_use]
pub fn free_name(title: &str, is_taken: impl Fn(&Path) -> bool) -> PathBuf {
    let stem = Some(file_name(title)).filter(|name| !name.is_empty()).unwrap_or_else(|| "board".to_owned());
    let named = |number: usize| match number {
        1 => PathBuf::from(format!("{stem}.yaml")),
        _ => PathBuf::from(format!("{stem}-{number}.yaml")),
    };
    // The names do not end before the numbers do.
    (1..).map(named).find(|path| !is_taken(path)).unwrap_or_else(|| named(1))
}

/// "The Keeper!" becomes `the-keeper`: letters and digits of any script, and single dashes between.
fn file_name(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-");
    name.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_file_name_without_anything_a_path_obeys() {
        for (title, name) in [("The Keeper!", "the-keeper"), ("../../etc", "etc"), ("守灯人", "守灯人"), ("…", "")]
        {
            assert_eq!(file_name(title), name);
        }
    }

    #[test]
    fn boards_of_one_title_are_told_apart_by_their_files() {
        let found = |path: &str, title: &str| Found {
            path: path.into(),
            origin: Origin::Folder,
            changed_ms: None,
            about: About::Board { title: title.into(), logline: "Rain.".into(), scenes: 1, picked: 0, takes: 0 },
        };
        let boards =
            vec![found("a.yaml", "Rain"), found("b.yaml", "Rain"), found("c.yaml", "Sun"), found("d.yaml", "")];
        let picker = Picker { boards: Some(boards.clone()), ..Picker::default() };
        let told: Vec<bool> = boards.iter().map(|found| picker.has_namesake(found)).collect();
        assert_eq!(told, [true, true, false, false]);
    }

    #[test]
    fn behind_the_boards_stand_new_ones() {
        let found = Found { path: "a.yaml".into(), origin: Origin::Folder, changed_ms: None, about: About::Unread };
        let picker = Picker { boards: Some(vec![found.clone()]), ..Picker::default() };
        assert_eq!(picker.row(0), Some(Row::Board(&found)));
        assert_eq!(picker.row(1), Some(Row::New(None)));
        assert_eq!(picker.row(picker.rows() - 1), Some(Row::New(Some(Template::Sample))));
        assert_eq!(picker.row(picker.rows()), None);
    }
}
