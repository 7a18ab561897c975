//! `slateboard frame`: the picked takes' shots as PNG files.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::{Code, Failure, boards, export, out};
use crate::board::{Line, Scene, Storyboard};
use crate::frame::{FrameError, Size, Stage, Style, draw, png};
use crate::store::Access;

/// Draw shots into PNG files
#[derive(Debug, Args)]
pub struct Frame {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// Only the scene of this number or id
    #[arg(long, value_name = "N")]
    scene: Option<String>,
    /// Only this shot of each scene, from 1
    #[arg(long, value_name = "M")]
    shot: Option<usize>,
    /// The folder to write to; made where it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Width and height in pixels, each from 16 to 8192
    #[arg(long, value_name = "WxH", default_value = "1280x720")]
    size: Size,
    /// The style; else the board's
    #[arg(long, value_name = "NAME")]
    style: Option<String>,
}

impl Frame {
    /// Draws them, one file a shot: `scene-1-shot-01.png`.
    ///
    /// # Errors
    /// Where the board cannot be read, has no such shot or style, or a file cannot be written.
    pub fn run(self) -> Result<(), Failure> {
        let opened = boards::open(&self.board, Access::ReadOnly)?;
        let board = &opened.board;
        let style = style(board, self.style.as_deref())?;
        fs::create_dir_all(&self.out).map_err(|error| {
            Failure::failed(format!("the folder {} could not be made: {error}", boards::shown(&self.out)))
        })?;
        let mut drawn = 0_usize;
        for scene in boards::scenes(board, self.scene.as_deref())? {
            let stage = Stage::new(board, scene.current_heading());
            let shots = scene.leading_take().map(|take| take.shots.as_slice()).unwrap_or_default();
            for (at, shot) in shots.iter().enumerate().filter(|(at, _)| self.shot.is_none_or(|only| only == at + 1)) {
                let path = self.out.join(format!("scene-{}-shot-{:02}.png", file_name(scene, board), at + 1));
                export::write(&path, &png(&draw(shot, &stage, self.size, &style)?)?)?;
                out::print(&format!("{}\n", boards::shown(&path)))?;
                drawn += 1;
            }
        }
        if drawn == 0 {
            return Err(Failure::usage("there is no such shot to draw")
                .hint("a scene is drawn from its picked take, else from its newest; `slateboard show` lists them"));
        }
        Ok(())
    }
}

/// The style of that name, else the board's, else pencil.
pub(super) fn style(board: &Storyboard, wanted: Option<&str>) -> Result<Style, Failure> {
    match wanted.or(board.style.as_deref()).unwrap_or("pencil") {
        "pencil" => Ok(Style::pencil()?),
        other => Err(Failure::usage(format!("there is no frame style {}", Line::clipped(other, 40)))
            .hint("the style is pencil: --style pencil")),
    }
}

/// A scene's number as part of a file name: letters and digits alone, for a number comes from the board's file. Where
/// nothing else is left, or two scenes would share it, its id.
fn file_name(scene: &Scene, board: &Storyboard) -> String {
    let safe = |scene: &Scene| scene.number.chars().filter(|c| c.is_ascii_alphanumeric()).take(20).collect::<String>();
    let name = safe(scene);
    let shared = board.scenes.iter().filter(|other| safe(other).eq_ignore_ascii_case(&name)).count() > 1;
    if name.is_empty() || shared { scene.id.to_string() } else { name }
}

impl From<FrameError> for Failure {
    fn from(error: FrameError) -> Self {
        let code = match error {
            FrameError::Size(_) => Code::Usage,
            _ => Code::Failed,
        };
        Self::new(code, error.to_string())
    }
}
