//! Worksheets as PDF: panels with captions, on pages that are written as they are made.
//!
//! Only the page at hand is in memory: its pictures and words go to the file at once, and fonts, which need to know every
//! glyph used, come last.

mod file;
mod font;
mod page;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::ops::ControlFlow;

use crate::board::vocabulary::vocabulary;
use crate::board::{Line, aspect};

use super::order::{Credit, ExportError, Order, Report, Watch};
use super::reel::{Part, Reel};
use super::source::Source;
use crate::lettering::Typesetter;

vocabulary! {
    /// Paper.
    #[derive(Default)]
    Paper: "paper" {
        /// 210 × 297 mm.
        #[default]
        A4 = "a4",
        /// 8.5 × 11 inches.
        Letter = "letter",
    }
}

vocabulary! {
    /// Which way the paper lies.
    #[derive(Default)]
    Orientation: "orientation" {
        /// Wide.
        #[default]
        Landscape = "landscape",
        /// High.
        Portrait = "portrait",
    }
}

vocabulary! {
    /// Which way panels are read.
    #[derive(Default)]
    Reading: "reading order" {
        /// Rows from the left.
        #[default]
        LeftToRight = "left-to-right",
        /// Columns from the right, each from the top, as Japanese pages are read.
        Japanese = "japanese",
    }
}

vocabulary! {
    /// What may stand under a panel.
    Caption: "caption" {
        /// Scene and shot, as `1-2`.
        Shot = "shot",
        /// Size, angle, move.
        Framing = "framing",
        /// How long it lasts.
        Seconds = "seconds",
        /// What is seen.
        Description = "description",
        /// What is said while it is seen.
        Dialogue = "dialogue",
        /// Who stands where.
        Staging = "staging",
        /// What happens, at a take's first shot.
        Action = "action",
        /// What is heard, at a take's first shot.
        Sound = "sound",
    }
}

/// How pages look.
#[derive(Debug, Clone)]
pub struct Pages {
    /// Panels on a page: 1, 2, 3, 4, 6, 9 or 12.
    pub panels: u8,
    /// The paper.
    pub paper: Paper,
    /// How it lies.
    pub orientation: Orientation,
    /// Which way panels are read.
    pub reading: Reading,
    /// What stands under a panel, in order.
    pub captions: Vec<Caption>,
    /// Words at the top of every page; the title where absent.
    pub header: Option<Line>,
    /// Words at the bottom of every page.
    pub footer: Option<Line>,
}

impl Default for Pages {
    fn default() -> Self {
        Self {
            panels: 6,
            paper: Paper::default(),
            orientation: Orientation::default(),
            reading: Reading::default(),
            captions: vec![Caption::Shot, Caption::Framing, Caption::Seconds, Caption::Description, Caption::Dialogue],
            header: None,
            footer: None,
        }
    }
}

impl Pages {
    /// The numbers of panels that a page may have.
    pub const PANELS: [u8; 7] = [1, 2, 3, 4, 6, 9, 12];

    /// Width and height in points, 72 to an inch.
    fn size(&self) -> (f32, f32) {
        let (short, long) = match self.paper {
            Paper::A4 => (595.28, 841.89),
            Paper::Letter => (612.0, 792.0),
        };
        match self.orientation {
            Orientation::Portrait => (short, long),
            Orientation::Landscape => (long, short),
        }
    }

    /// Columns and rows.
    fn grid(&self) -> (usize, usize) {
        let (few, many) = match self.panels {
            0 | 1 => (1, 1),
            2 => (1, 2),
            3 => (1, 3),
            4 => (2, 2),
            5 | 6 => (2, 3),
            7..=9 => (3, 3),
            _ => (3, 4),
        };
        match self.orientation {
            Orientation::Portrait => (few, many),
            Orientation::Landscape => (many, few),
        }
    }
}

/// A panel: which shot, and what stands under it.
struct Panel<'a, 'b> {
    part: &'b Part<'a>,
    take: &'a crate::board::Take,
    index: usize,
}

/// Writes the worksheets.
///
/// # Errors
/// [`ExportError`].
pub fn write(
    order: &Order<'_>,
    out: &mut dyn Write,
    report: &mut Report,
    watch: &mut dyn Watch,
) -> Result<(), ExportError> {
    let reel = Reel::new(order.board, order.selection);
    let panels: Vec<Panel<'_, '_>> = reel
        .scenes
        .iter()
        .flat_map(|part| part.takes.iter().map(move |take| (part, *take)))
        .flat_map(|(part, take)| (0..take.shots.len()).map(move |index| Panel { part, take, index }))
        .collect();
    if panels.is_empty() {
        return Err(ExportError::Empty("no scene selected has a shot"));
    }
    let pages = &order.options.pages;
    let files = order.fonts()?;
    let typesetter = Typesetter::new(&files);
    let source = (order.options.credit == Credit::Said)
        .then(|| Source::of_takes(reel.scenes.iter().flat_map(|part| part.takes.iter().copied())));
    let ratio = aspect::ratio(&order.board.aspect).unwrap_or(16.0 / 9.0);
    let mut book = page::Book::new(order, pages, &typesetter, &files, ratio, source, out)?;
    let (columns, rows) = pages.grid();
    let sheets: Vec<&[Panel<'_, '_>]> = panels.chunks(columns * rows).collect();
    let (mut done, total) = (0, panels.len());
    for (number, sheet) in sheets.iter().enumerate() {
        book.begin_page(number + 1, sheets.len(), sheet)?;
        for (at, panel) in sheet.iter().enumerate() {
            if watch.step(done, total) == ControlFlow::Break(()) {
                return Err(ExportError::Stopped);
            }
            book.panel(&reel, at, panel)?;
            done += 1;
        }
        book.end_page()?;
    }
    book.finish(report)?;
    let left = reel.without_shots();
    if !left.is_empty() {
        report.leave_out(format!("scenes without shots: {}", left.join(", ")));
    }
    Ok(())
}
