//! `slateboard show`: the board as text, as JSON, or with its frames drawn into the terminal.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::frame::style;
use super::{Failure, boards, out};
use crate::board::{Kind, Scene, SceneId, Shot, Storyboard, Take, TakeId};
use crate::frame::{Size, Stage, Style, draw};
use crate::store::Access;

/// Print a board, or one of its scenes
#[derive(Debug, Args)]
pub struct Show {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// Only the scene of this number or id
    #[arg(long, value_name = "N")]
    scene: Option<String>,
    /// Draw the frames of each scene's leading take into the terminal
    #[arg(long, conflicts_with = "json")]
    frames: bool,
    /// Print as JSON, each take with its index
    #[arg(long)]
    json: bool,
}

impl Show {
    /// Prints it.
    ///
    /// # Errors
    /// Where the board cannot be read or has no such scene.
    pub fn run(self) -> Result<(), Failure> {
        let opened = boards::open(&self.board, Access::ReadOnly)?;
        let board = &opened.board;
        let scenes = boards::scenes(board, self.scene.as_deref())?;
        if self.json {
            return match (&self.scene, scenes.as_slice()) {
                (Some(_), [scene]) => out::json(&scene_json(scene)?),
                _ => out::json(&board_json(board)?),
            };
        }
        let mut text = String::new();
        if self.scene.is_none() {
            head(board, &mut text);
        }
        if !self.frames {
            for scene in scenes {
                describe(scene, &mut text);
            }
            return out::print(&text);
        }
        if !std::io::stdout().is_terminal() {
            return Err(Failure::usage("frames are drawn into a terminal, and stdout is none")
                .hint("write them as files: slateboard frame BOARD.yaml --out DIR"));
        }
        let style = style(board, None)?;
        for scene in scenes {
            describe(scene, &mut text);
            out::print(&std::mem::take(&mut text))?;
            draw_frames(board, scene, &style)?;
        }
        Ok(())
    }
}

/// Draws the leading take's shots one below the other, as wide as the terminal and at most 80 columns.
fn draw_frames(board: &Storyboard, scene: &Scene, style: &Style) -> Result<(), Failure> {
    let stage = Stage::new(board, scene.current_heading());
    let columns = crossterm::terminal::size().map_or(80, |(columns, _)| columns.clamp(2, 80));
    for shot in scene.leading_take().map(|take| take.shots.as_slice()).unwrap_or_default() {
        let picture = draw(shot, &stage, Size::default(), style)?;
        let config = viuer::Config { absolute_offset: false, width: Some(columns.into()), ..viuer::Config::default() };
        viuer::print(&picture.into(), &config)
            .map_err(|error| Failure::failed(format!("the terminal could not be drawn on: {error}")))?;
        out::print(&format!("{}\n", terms(shot)))?;
    }
    Ok(())
}

/// The board as in the YAML, each take with its `index` from 1.
fn board_json(board: &Storyboard) -> Result<Value, Failure> {
    let mut value = serde_json::to_value(board)?;
    value["scenes"] = board.scenes.iter().map(scene_json).collect::<Result<_, _>>()?;
    Ok(value)
}

/// A scene as in the YAML, each take with its `index` from 1.
fn scene_json(scene: &Scene) -> Result<Value, Failure> {
    let mut value = serde_json::to_value(scene)?;
    let mut takes = Vec::with_capacity(scene.takes.len());
    for (at, take) in scene.takes.iter().enumerate() {
        let mut take = serde_json::to_value(take)?;
        take["index"] = json!(at + 1);
        takes.push(take);
    }
    value["takes"] = Value::Array(takes);
    Ok(value)
}

// Writing to a `String` cannot fail, so the results below are let go.

fn head(board: &Storyboard, text: &mut String) {
    let title = if board.title.is_empty() { "(untitled)" } else { &board.title };
    let _ = writeln!(text, "{title}");
    if !board.logline.is_empty() {
        let _ = writeln!(text, "{}", board.logline);
    }
    let _ = write!(text, "{}, {} frames a second, language {}", board.aspect, board.fps, board.language);
    if let Some(tone) = &board.tone {
        let _ = write!(text, "; {tone}");
    }
    text.push('\n');
    for &kind in Kind::ALL {
        for entry in board.bible.list(kind) {
            let now = entry.now.as_ref().map(|now| format!("; now {now}")).unwrap_or_default();
            let _ = writeln!(text, "  {kind:<9}  {}: {}{now}", entry.name, entry.look);
        }
    }
}

/// A scene with only these of its takes, as text.
pub(super) fn scene_text(board: &Storyboard, scene: SceneId, takes: &[TakeId]) -> String {
    let mut text = String::new();
    if let Some(scene) = board.scene(scene) {
        describe_some(scene, &mut text, |take| takes.contains(&take.id));
    }
    text
}

fn describe(scene: &Scene, text: &mut String) {
    describe_some(scene, text, |_| true);
}

fn describe_some(scene: &Scene, text: &mut String, shown: impl Fn(&Take) -> bool) {
    let _ = writeln!(text, "\n{}  {}", scene.number, scene.current_heading());
    if !scene.brief.is_empty() {
        let _ = writeln!(text, "{}", indented(&scene.brief, 4));
    }
    if scene.takes.is_empty() {
        let _ = writeln!(text, "    no take yet");
    }
    for (at, take) in scene.takes.iter().enumerate().filter(|(_, take)| shown(take)) {
        let picked = if scene.picked == Some(take.id) { ", picked" } else { "" };
        let (id, origin, seconds) = (take.id, take.provenance.origin, take.seconds());
        let _ = writeln!(text, "  take {}{picked}  {id}  by {origin}, {seconds}", at + 1);
        describe_take(take, text);
    }
}

fn describe_take(take: &Take, text: &mut String) {
    if !take.action.is_empty() {
        let _ = writeln!(text, "{}", indented(&take.action, 4));
    }
    for speech in &take.dialogue {
        let _ = writeln!(text, "      {}: {}", speech.speaker, speech.line.replace('\n', " "));
    }
    if !take.sound.is_empty() {
        let _ = writeln!(text, "    sound: {}", take.sound.replace('\n', " "));
    }
    for (at, shot) in take.shots.iter().enumerate() {
        let _ = writeln!(text, "    {}. {}", at + 1, terms(shot));
        if !shot.description.is_empty() {
            let _ = writeln!(text, "{}", indented(&shot.description, 7));
        }
        for staged in &shot.staging {
            let facing = staged.facing.map(|facing| format!(", facing {facing}")).unwrap_or_default();
            let pose = staged.pose.as_ref().map(|pose| format!(", {pose}")).unwrap_or_default();
            let _ = writeln!(text, "       {} {} {}{facing}{pose}", staged.subject, staged.position, staged.depth);
        }
    }
}

fn terms(shot: &Shot) -> String {
    format!("{}, {}, {}, {}", shot.size, shot.angle, shot.camera, shot.seconds)
}

fn indented(words: &str, by: usize) -> String {
    words.lines().map(|line| format!("{:by$}{line}", "")).collect::<Vec<_>>().join("\n")
}
