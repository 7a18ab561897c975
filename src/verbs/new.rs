//! `slateboard new`: a board to begin with.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Failure, boards, out};
use crate::board::{self, Line, SceneId, Storyboard, Text};
use crate::store::{BoardFile, template};

/// Make a new board
#[derive(Debug, Args)]
pub struct New {
    /// The file to make; it must not be there yet
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// The title; else made from the file's name
    #[arg(long)]
    title: Option<String>,
    /// The story in a sentence
    #[arg(long)]
    logline: Option<String>,
    /// What it is for: sets the aspect, the frame rate, the tone and scenes to fill in
    #[arg(long)]
    template: Option<Template>,
}

/// Boards to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Template {
    /// A short film in three acts, 2.39:1
    Film,
    /// An animated short that tells itself without words, 16:9
    Animation,
    /// A game's cutscene between two stretches of play, 60 frames a second
    Game,
    /// An advertisement of thirty seconds, 25 frames a second
    Ad,
    /// A music video, 4:3
    MusicVideo,
    /// A copy of the sample board, with takes in it, to look around in
    Sample,
}

impl From<Template> for board::Template {
    fn from(template: Template) -> Self {
        match template {
            Template::Film => Self::Film,
            Template::Animation => Self::Animation,
            Template::Game => Self::Game,
            Template::Ad => Self::Ad,
            Template::MusicVideo => Self::MusicVideo,
            Template::Sample => Self::Sample,
        }
    }
}

impl Template {
    fn board(self) -> Result<Storyboard, Failure> {
        template::board(self.into()).map_err(Failure::failed)
    }
}

impl New {
    /// Writes it.
    ///
    /// # Errors
    /// Where a file is there already or cannot be written.
    pub fn run(self) -> Result<(), Failure> {
        let mut board = self.template.map_or_else(|| Ok(Storyboard::default()), Template::board)?;
        for scene in &mut board.scenes {
            scene.id = SceneId::new(boards::fresh());
        }
        board.title = match &self.title {
            Some(title) => Line::new(title)?,
            None => title_of(&self.board),
        };
        if let Some(logline) = &self.logline {
            board.logline = Text::new(logline)?;
        }
        BoardFile::create(&self.board, &board)?;
        let path = boards::shown(&self.board);
        let next = format!("open it with `slateboard {path}`");
        out::print(&match board.scenes.len() {
            0 => format!("{path} is made: {next}\n"),
            many => format!("{path} is made, with {many} scenes to fill in: {next}\n"),
        })
    }
}

/// `the-keeper.yaml` becomes "The keeper".
fn title_of(path: &std::path::Path) -> Line {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().replace(['-', '_'], " ");
    let mut letters = name.trim().chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    Line::clipped(&(first + letters.as_str()), 200)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::check::check;

    #[test]
    fn every_template_is_a_board_with_nothing_to_mend() {
        for template in Template::value_variants() {
            let board = template.board().unwrap();
            assert_eq!(check(&board), [], "{template:?}");
            assert!(board.scenes.len() >= 3, "{template:?} gives too little to begin with");
            assert!(board.tone.is_some(), "{template:?} has no tone");
        }
    }

    #[test]
    fn a_file_name_becomes_a_title() {
        for (path, expected) in [("the-keeper.yaml", "The keeper"), ("a/b_c.yml", "B c"), ("é.yaml", "É")] {
            assert_eq!(title_of(std::path::Path::new(path)), expected);
        }
    }
}
