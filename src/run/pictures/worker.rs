//! The thread that draws: the newest question first, each frame once.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};

use image::RgbaImage;
use ratatui::style::{Color, Style as Look};
use ratatui::text::{Line, Span};
use sha2::{Digest as _, Sha256};

use super::ID_BITS;
use super::cache::FrameCache;
use crate::board::{Newcomer, Shot, Storyboard};
use crate::exchange::given;
use crate::frame::{Size, Stage, Style, draw};
use crate::lettering::Fonts;
use crate::run::Arrival;
use crate::term::graphics::overlay::{Picture, Piece};
use crate::term::graphics::palette::Indexed;
use crate::term::graphics::{Protocol, blocks, fit, iterm, kitty, sixel};
use crate::ui::theme::Depth;

/// One frame to draw.
pub(super) struct Job {
    pub(super) key: u64,
    /// The board without its scenes.
    pub(super) board: Arc<Storyboard>,
    pub(super) heading: String,
    pub(super) style: Style,
    pub(super) newcomers: Vec<Newcomer>,
    pub(super) shot: Shot,
    /// Where given pictures are.
    pub(super) pictures: PathBuf,
    /// Where frames are kept that were drawn once.
    pub(super) kept: Arc<FrameCache>,
    pub(super) columns: u16,
    pub(super) rows: u16,
    pub(super) protocol: Protocol,
    /// Colours of half-blocks.
    pub(super) depth: Depth,
    /// Pixels of a cell.
    pub(super) cell: (u16, u16),
    /// In which round it was asked for.
    pub(super) round: u32,
}

/// A frame that was drawn.
pub(in crate::run) struct Drawn {
    pub(super) key: u64,
    pub(super) lines: Vec<Line<'static>>,
    pub(super) id: u32,
    pub(super) shown: Shown,
}

/// How the lines of a frame become its picture.
pub(super) enum Shown {
    /// They are it.
    Lines,
    /// The terminal has to be sent this before they mean anything.
    Sent(String),
    /// This is laid over them.
    Over(Picture),
    /// The terminal has to be sent the one, and the other is laid over them.
    SentAndOver(String, Picture),
}

/// Draws until nobody asks any more.
pub(super) fn work(asked: &Receiver<Vec<Job>>, arrivals: &Sender<Arrival>) {
    let mut done: VecDeque<(u32, u64)> = VecDeque::new();
    let mut next_id = 0;
    let mut jobs: VecDeque<Job> = VecDeque::new();
    loop {
        // The newest question wins.
        loop {
            match asked.try_recv() {
                Ok(newer) => jobs = newer.into(),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        let Some(job) = jobs.pop_front() else {
            match asked.recv() {
                Ok(newer) => jobs = newer.into(),
                Err(_) => return,
            }
            continue;
        };
        if done.contains(&(job.round, job.key)) {
            continue;
        }
        next_id = next_id % ((1 << ID_BITS) - 1) + 1;
        let Some((picture, source)) = picture(&job) else { continue };
        let Some(drawn) = drawn(&job, &picture, job.round << ID_BITS | next_id) else { continue };
        done.push_back((job.round, job.key));
        if done.len() > 32 {
            done.pop_front();
        }
        if arrivals.send(Arrival::Picture(drawn)).is_err() {
            return;
        }
        // The screen does not wait for the disk.
        if let Source::Drawn(name) = source {
            job.kept.keep(&name, &picture);
        }
    }
}

/// Where a picture came from.
enum Source {
    /// It was drawn now; under this name it can be kept.
    Drawn(String),
    /// It is on disk as it is.
    Kept,
}

/// A job's picture: the one that was given, else the one that was drawn before, else a new one.
fn picture(job: &Job) -> Option<(RgbaImage, Source)> {
    let (wide, high) = (u32::from(job.columns) * u32::from(job.cell.0), u32::from(job.rows) * u32::from(job.cell.1));
    let size = Size::new(wide.clamp(16, 8192), high.clamp(16, 8192))?;
    if let Some(given) = given::picture(&job.pictures, &job.shot, (size.width(), size.height()), job.style.surround.0) {
        return Some((given, Source::Kept));
    }
    let name = job.name(size);
    if let Some(kept) = job.kept.picture(&name, size) {
        return Some((kept, Source::Kept));
    }
    let fonts = Fonts::for_words(&Stage::names(&job.board, std::slice::from_ref(&job.shot)));
    let stage = Stage::new(&job.board, &job.heading).with_newcomers(&job.newcomers).with_fonts(fonts);
    Some((draw(&job.shot, &stage, size, &job.style).ok()?, Source::Drawn(name)))
}

impl Job {
    /// A name for all that its picture depends on, the program's version too: what another version drew is drawn anew.
    fn name(&self, size: Size) -> String {
        let mut hasher = Sha256::new();
        let mut take = |part: &str| {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        };
        take(env!("CARGO_PKG_VERSION"));
        take(&format!("{size:?} {:?}", self.style));
        take(&self.board.aspect);
        take(&self.heading);
        for (kind, entry) in self.board.bible.entries() {
            take(kind.word());
            take(&serde_json::to_string(entry).unwrap_or_default());
        }
        take(&serde_json::to_string(&self.newcomers).unwrap_or_default());
        take(&serde_json::to_string(&self.shot).unwrap_or_default());
        hasher.finalize().iter().take(16).fold(String::new(), |name, byte| format!("{name}{byte:02x}"))
    }
}

/// A picture as the terminal is to be shown it.
fn drawn(job: &Job, picture: &RgbaImage, id: u32) -> Option<Drawn> {
    let small = || blocks::cells(&fit::resized(picture, u32::from(job.columns), u32::from(job.rows) * 2));
    let indexed = || Indexed::of(picture);
    let over = |pieces: Vec<Piece>, wipe: String| Picture {
        columns: job.columns,
        rows: job.rows,
        pieces,
        wipe,
        blocks: small(),
    };
    let whole = |bytes: String| vec![Piece::whole(bytes)];
    let shown = match job.protocol {
        Protocol::Blocks => Shown::Lines,
        Protocol::Kitty => Shown::Sent(kitty::send_for_cells(id, &indexed(), job.columns, job.rows).ok()?),
        Protocol::KittyPlaced => {
            let placed = over(whole(kitty::show(id, job.columns, job.rows)), kitty::hide(id));
            Shown::SentAndOver(kitty::send(id, &indexed()).ok()?, placed)
        }
        Protocol::Sixel => Shown::Over(over(sixels(&indexed(), job.cell), String::new())),
        Protocol::Iterm => {
            Shown::Over(over(whole(iterm::encode(&indexed(), job.columns, job.rows).ok()?), String::new()))
        }
    };
    let lines = match shown {
        Shown::Lines => half_blocks(small(), job.depth),
        Shown::Sent(_) | Shown::Over(_) | Shown::SentAndOver(..) => marks(id, job.columns, job.rows)?,
    };
    Some(Drawn { key: job.key, lines, id, shown })
}

/// A picture in sixels, cut along cells of these pixels where it is large.
fn sixels(picture: &Indexed, cell: (u16, u16)) -> Vec<Piece> {
    let side = |cell: u16| sixel::LONGEST_SIDE / u32::from(cell.max(1)) * u32::from(cell.max(1));
    let (wide, high) = (side(cell.0).max(1), side(cell.1).max(1));
    let corners = (0..picture.height).step_by(high as usize);
    let corners = corners.flat_map(|top| (0..picture.width).step_by(wide as usize).map(move |left| (left, top)));
    let cells = |pixels: u32, cell: u16| u16::try_from(pixels / u32::from(cell.max(1))).unwrap_or(u16::MAX);
    let piece = |(left, top): (u32, u32)| Piece {
        column: cells(left, cell.0),
        row: cells(top, cell.1),
        bytes: sixel::encode(&picture.part((left, top), (wide, high))),
    };
    corners.map(piece).collect()
}

fn half_blocks(cells: Vec<Vec<blocks::Cell>>, depth: Depth) -> Vec<Line<'static>> {
    let line = |row: Vec<blocks::Cell>| {
        Line::from_iter(
            row.into_iter()
                .map(|(upper, lower)| Span::styled("▀", Look::default().fg(depth.told(upper)).bg(depth.told(lower)))),
        )
    };
    cells.into_iter().map(line).collect()
}

/// Cells that say which picture they are a part of; `None` where it is larger than can be said.
fn marks(id: u32, columns: u16, rows: u16) -> Option<Vec<Line<'static>>> {
    let [_, red, green, blue] = id.to_be_bytes();
    let look = Look::default().fg(Color::Rgb(red, green, blue));
    let cells = |row: Vec<String>| Line::from_iter(row.into_iter().map(|cell| Span::styled(cell, look)));
    (0..rows).map(|row| Some(cells(kitty::row(id, row, columns)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_in_sixels_is_cut_along_cells_into_pieces_that_xterm_draws() {
        let picture =
            Indexed { width: 1080, height: 640, palette: vec![[0; 3], [255; 3]], pixels: vec![1; 1080 * 640] };
        let pieces = sixels(&picture, (9, 20));
        let places: Vec<(u16, u16)> = pieces.iter().map(|piece| (piece.column, piece.row)).collect();
        assert_eq!(places, [(0, 0), (111, 0)]);
        for (piece, width) in pieces.iter().zip([999, 81]) {
            assert!(piece.bytes.starts_with(&format!("\x1bP0;1q\"1;1;{width};640#")), "{}", &piece.bytes[..30]);
        }
        assert_eq!(sixels(&picture.part((0, 0), (900, 600)), (9, 20)).len(), 1);
    }
}
