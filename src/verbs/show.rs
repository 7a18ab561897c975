//! `slateboard show`: the board as text, as JSON, or with its frames drawn into the terminal.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use image::RgbaImage;
use serde_json::{Value, json};

use super::frame::scene_style;
use super::{Failure, boards, out};
use crate::board::{Kind, Passage, Scene, SceneId, Shot, Storyboard, Take, TakeId};
use crate::exchange::given;
use crate::frame::{Size, Stage, draw};
use crate::lettering::Fonts;
use crate::store::Access;
use crate::term::graphics::palette::Indexed;
use crate::term::graphics::{Images, Multiplexer, Protocol, fit, inside, iterm, kitty, sixel};
use crate::term::{Capabilities, probe};

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
    /// How frames reach the terminal: auto, kitty, iterm, sixel, blocks or none
    #[arg(long, value_name = "HOW", default_value = "auto", requires = "frames")]
    images: Images,
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
        let images = as_told(self.images);
        let pictures = given::folder(opened.file.sidecar());
        for scene in scenes {
            describe(scene, &mut text);
            out::print(&std::mem::take(&mut text))?;
            draw_frames(board, scene, &pictures, images)?;
        }
        Ok(())
    }
}

/// Draws the leading take's shots one below the other, as wide as the terminal and at most 80 columns.
fn draw_frames(board: &Storyboard, scene: &Scene, pictures: &Path, images: Images) -> Result<(), Failure> {
    let Some(take) = scene.leading_take() else { return Ok(()) };
    let style = scene_style(board, scene, None)?;
    let fonts = Fonts::for_words(&Stage::names(board, &take.shots));
    let stage = Stage::new(board, scene.current_heading()).with_newcomers(&take.newcomers).with_fonts(fonts);
    let size = Size::default();
    for shot in &take.shots {
        let given = given::picture(pictures, shot, (size.width(), size.height()), style.surround.0);
        let picture = match given {
            Some(given) => given,
            None => draw(shot, &stage, size, &style)?,
        };
        print_frame(picture, images)?;
        out::print(&format!("{}\n", terms(shot)))?;
    }
    Ok(())
}

/// How long a terminal may take to say how it understands pictures, before it is taken for what it is known for.
const PATIENCE: Duration = Duration::from_millis(400);

/// How pictures are to reach a terminal that is asked; as before where it does not answer.
pub(super) fn as_told(images: Images) -> Images {
    if images != Images::Auto {
        return images;
    }
    let told = probe::ask(PATIENCE).ok().filter(Capabilities::is_told);
    told.and_then(|can| images.told(&can, |name| std::env::var(name).ok())).map_or(images, Images::Only)
}

/// Draws a picture into the terminal, below what is there, as wide as it and at most 80 columns. kitty and sixel
/// terminals get a picture with a palette, a fraction of the bytes; the others get what viuer sends.
pub(super) fn print_frame(picture: RgbaImage, images: Images) -> Result<(), Failure> {
    let window = crossterm::terminal::window_size().ok();
    let columns = window.as_ref().map_or(80, |window| window.columns.clamp(2, 80));
    let cell = window.filter(|window| window.width > 0 && window.height > 0 && window.columns > 0 && window.rows > 0);
    let cell = cell.map_or((10.0, 20.0), |window| {
        (f32::from(window.width) / f32::from(window.columns), f32::from(window.height) / f32::from(window.rows))
    });
    let ratio = picture.width() as f32 / picture.height().max(1) as f32;
    let protocol = images.protocol(|name| std::env::var(name).ok());
    let most = |cell: f32| (sixel::LONGEST_SIDE as f32 / cell) as u16;
    let (columns, rows) = match protocol {
        Some(Protocol::Sixel) => fit::cells(ratio, columns.min(most(cell.0)), most(cell.1), cell),
        _ => fit::cells(ratio, columns, u16::MAX, cell),
    };
    let small = || {
        let side = |cells: u16, cell: f32| (f32::from(cells) * cell) as u32;
        Indexed::of(&fit::resized(&picture, side(columns, cell.0), side(rows, cell.1)))
    };
    let encoding = |error: png::EncodingError| Failure::failed(format!("the picture could not be encoded: {error}"));
    match (protocol, images) {
        (None, _) => Ok(()),
        (Some(Protocol::Sixel), _) => out::print(&format!("{}\n", sixel::encode(&small()))),
        (Some(Protocol::Kitty | Protocol::KittyPlaced), _) => {
            // A number of this picture's own, so that several stay on the screen together.
            let id = picture
                .as_raw()
                .chunks(4093)
                .map(|part| u32::from(part[0]))
                .fold(1, |id, byte| (id * 31 + byte) % 0xff_ffff)
                + 1;
            if inside(|name| std::env::var(name).ok()) == Some(Multiplexer::Tmux) {
                // tmux moves its cells about, and knows nothing of what lies over them: so cells show the picture.
                let sent = kitty::send_for_cells(id, &small(), columns, rows).map_err(encoding)?;
                return out::print(&format!("{}{}", kitty::through_tmux(&sent), kitty::cells(id, columns, rows)));
            }
            let room = "\n".repeat(rows.into());
            let up = format!("\x1b[{rows}A");
            let sent = kitty::send(id, &small()).map_err(encoding)?;
            out::print(&format!("{room}{up}{sent}{}{room}", kitty::show(id, columns, rows)))
        }
        (Some(Protocol::Iterm), Images::Only(_)) => {
            out::print(&format!("{}\n", iterm::encode(&small(), columns, rows).map_err(encoding)?))
        }
        (Some(protocol), images) => {
            let auto = images == Images::Auto;
            let config = viuer::Config {
                absolute_offset: false,
                width: Some(columns.into()),
                use_kitty: auto,
                use_iterm: auto || protocol == Protocol::Iterm,
                ..viuer::Config::default()
            };
            viuer::print(&picture.into(), &config)
                .map_err(|error| Failure::failed(format!("the terminal could not be drawn on: {error}")))?;
            Ok(())
        }
    }
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
    for passage in take.passages() {
        let _ = match passage {
            Passage::Action(words) => writeln!(text, "{}", indented(words, 4)),
            Passage::Speech(speech) => writeln!(text, "      {}: {}", speech.cue(), speech.line.replace('\n', " ")),
        };
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
