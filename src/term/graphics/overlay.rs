//! Pictures that lie over the cells: sixels and iTerm2's files, which a terminal draws where the cursor is and forgets as
//! soon as text is written there.
//!
//! A view places a picture as rows of marked cells ([`kitty::row`](super::kitty::row)), as for kitty. Before the cells are
//! written the marks are taken out: where a picture is whole, its cells are blank and its bytes follow; where a popup lies
//! over it, the cells that are left are half-blocks. So whatever comes over a picture is written as text, and text wipes it
//! away: nothing has to be erased.

use std::collections::BTreeMap;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use super::blocks;
use super::kitty::place_of;

/// A blank that is no space: a space that comes after it is written, and wipes the picture away.
const UNDER: &str = "\u{a0}";

/// A picture as a terminal draws it, and as half-blocks.
#[derive(Debug, Clone)]
pub struct Picture {
    /// How many cells across it is.
    pub columns: u16,
    /// How many cells down.
    pub rows: u16,
    /// What draws it, piece by piece.
    pub pieces: Vec<Piece>,
    /// What takes it away again, where text does not.
    pub wipe: String,
    /// The same in cells, row by row.
    pub blocks: Vec<Vec<blocks::Cell>>,
}

impl Picture {
    /// How many bytes draw it.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.pieces.iter().map(|piece| piece.bytes.len()).sum()
    }
}

/// A part of a picture that a terminal is sent for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Cells to the right of the picture's corner.
    pub column: u16,
    /// Cells below it.
    pub row: u16,
    /// What draws it at the cursor.
    pub bytes: String,
}

impl Piece {
    /// All of a picture.
    #[must_use]
    pub fn whole(bytes: String) -> Self {
        Self { column: 0, row: 0, bytes }
    }
}

/// Where a picture is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    id: u32,
    column: u16,
    row: u16,
}

/// The pictures a terminal can be shown, and those it shows.
#[derive(Debug, Default)]
pub struct Overlay {
    held: BTreeMap<u32, Picture>,
    shown: Vec<Placed>,
    size: (u16, u16),
}

impl Overlay {
    /// Keeps a picture, to be shown where cells are marked with its number.
    pub fn hold(&mut self, id: u32, picture: Picture) {
        self.held.insert(id, picture);
    }

    /// Lets a picture go.
    pub fn let_go(&mut self, id: u32) {
        self.held.remove(&id);
    }

    /// Whether there is anything to show.
    #[must_use]
    pub fn is_used(&self) -> bool {
        !self.held.is_empty()
    }

    /// The terminal shows none of them any more.
    pub fn wiped(&mut self) {
        self.shown.clear();
    }

    /// Takes the marks out of what is about to be drawn. Answers with the bytes that are to follow it: each picture that is
    /// not shown there yet, the cursor left where it is.
    pub fn settle(&mut self, buffer: &mut Buffer) -> String {
        let area = buffer.area;
        if self.size != (area.width, area.height) {
            self.size = (area.width, area.height);
            self.shown.clear();
        }
        let mut seen: BTreeMap<(u32, i32, i32), u32> = BTreeMap::new();
        let width = usize::from(area.width.max(1));
        let marked: Vec<Marked> = buffer
            .content
            .iter()
            .enumerate()
            .filter_map(|(at, cell)| {
                let (row, column) = place_of(cell.symbol())?;
                let (x, y) = ((at % width) as i32, (at / width) as i32);
                let corner = (x - i32::from(column), y - i32::from(row));
                Some(Marked { at, id: number(cell), row, column, corner })
            })
            .collect();
        for mark in &marked {
            *seen.entry((mark.id, mark.corner.0, mark.corner.1)).or_default() += 1;
        }
        let mut wanted = Vec::new();
        for (&(id, left, top), &count) in &seen {
            let (Some(picture), Ok(column), Ok(row)) = (self.held.get(&id), u16::try_from(left), u16::try_from(top))
            else {
                continue;
            };
            // A picture that ends on the last row may scroll the screen.
            let whole = count == u32::from(picture.columns) * u32::from(picture.rows);
            if whole && row + picture.rows < area.height {
                wanted.push(Placed { id, column, row });
            }
        }
        for Marked { at, id, row, column, corner: (left, top) } in marked {
            let cell = &mut buffer.content[at];
            cell.reset();
            let Some(picture) = self.held.get(&id) else { continue };
            let whole = wanted
                .iter()
                .any(|placed| placed.id == id && i32::from(placed.column) == left && i32::from(placed.row) == top);
            if whole {
                cell.set_symbol(UNDER);
            } else if let Some(&(upper, lower)) =
                picture.blocks.get(usize::from(row)).and_then(|row| row.get(usize::from(column)))
            {
                let rgb = |[red, green, blue]: [u8; 3]| Color::Rgb(red, green, blue);
                cell.set_symbol("▀").set_fg(rgb(upper)).set_bg(rgb(lower));
            }
        }
        let mut bytes = String::new();
        for gone in self.shown.iter().filter(|gone| !wanted.contains(gone)) {
            if let Some(picture) = self.held.get(&gone.id) {
                bytes.push_str(&picture.wipe);
            }
        }
        for placed in wanted.iter().filter(|placed| !self.shown.contains(placed)) {
            for Piece { column, row, bytes: piece } in self.held.get(&placed.id).into_iter().flat_map(|one| &one.pieces)
            {
                let (column, row) = (placed.column + column + 1, placed.row + row + 1);
                bytes.push_str(&format!("\x1b7\x1b[{row};{column}H{piece}\x1b8"));
            }
        }
        self.shown = wanted;
        bytes
    }
}

/// A cell that says which picture it is a part of.
struct Marked {
    /// Its place in the buffer.
    at: usize,
    id: u32,
    row: u16,
    column: u16,
    /// Where the picture begins: a part of it may be off the screen.
    corner: (i32, i32),
}

/// The number a marked cell has as its colour.
fn number(cell: &Cell) -> u32 {
    match cell.fg {
        Color::Rgb(red, green, blue) => u32::from_be_bytes([0, red, green, blue]),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::graphics::kitty;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn picture() -> Picture {
        let blocks = vec![vec![([1, 2, 3], [4, 5, 6]); 4]; 2];
        Picture { columns: 4, rows: 2, pieces: vec![Piece::whole("PICTURE".into())], wipe: "WIPE".into(), blocks }
    }

    fn screen(popup: Option<(u16, u16)>) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 6));
        for row in 0..2 {
            for (column, symbol) in kitty::row(7, row, 4).unwrap().into_iter().enumerate() {
                let cell = &mut buffer[(3 + column as u16, 1 + row)];
                cell.set_symbol(&symbol).set_style(Style::default().fg(Color::Rgb(0, 0, 7)));
            }
        }
        if let Some(over) = popup {
            buffer[over].set_symbol("x").set_style(Style::reset());
        }
        buffer
    }

    #[test]
    fn a_picture_is_sent_once_and_again_only_after_something_lay_over_it() {
        let mut overlay = Overlay::default();
        overlay.hold(7, picture());
        let first = overlay.settle(&mut screen(None));
        assert_eq!(first, "\x1b7\x1b[2;4HPICTURE\x1b8");
        assert_eq!(overlay.settle(&mut screen(None)), "");
        let mut covered = screen(Some((4, 1)));
        assert_eq!(overlay.settle(&mut covered), "WIPE");
        assert_eq!(covered[(4, 1)].symbol(), "x");
        assert_eq!((covered[(3, 1)].symbol(), covered[(3, 1)].fg), ("▀", Color::Rgb(1, 2, 3)));
        assert_eq!(overlay.settle(&mut screen(None)), first);
        overlay.wiped();
        assert_eq!(overlay.settle(&mut screen(None)), first);
    }

    #[test]
    fn no_mark_ever_reaches_the_screen_and_blank_cells_under_a_picture_differ_from_spaces() {
        let mut overlay = Overlay::default();
        let mut unknown = screen(None);
        assert_eq!(overlay.settle(&mut unknown), "");
        assert!(unknown.content.iter().all(|cell| cell.symbol() == " "));
        overlay.hold(7, picture());
        let mut known = screen(None);
        overlay.settle(&mut known);
        assert_eq!(known[(3, 1)].symbol(), UNDER);
        overlay.let_go(7);
        assert_eq!(overlay.settle(&mut screen(None)), "");
    }

    #[test]
    fn a_picture_on_the_last_row_stays_half_blocks() {
        let mut overlay = Overlay::default();
        overlay.hold(7, picture());
        let mut buffer = screen(None);
        buffer.resize(Rect::new(0, 0, 10, 3));
        assert_eq!(overlay.settle(&mut buffer), "");
        assert_eq!(buffer[(3, 2)].symbol(), "▀");
    }
}
