//! What the last drawn screen shows where: what follows from drawing, as data.

use super::key::Key;

/// The screen as it was drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Rows of the stage below what fits.
    pub beyond: u16,
    /// What can be pointed at, later ones over earlier ones.
    pub spots: Vec<Spot>,
}

/// A place on the screen that can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Its first column.
    pub x: u16,
    /// Its first row.
    pub y: u16,
    /// Its columns.
    pub width: u16,
    /// Its rows.
    pub height: u16,
    /// What is there.
    pub what: Pointed,
}

/// What can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pointed {
    /// A scene of the board, by its position. Pressed, it is shown.
    Scene(usize),
    /// A take of the scene, by its position. Pressed, it is shown.
    Take(usize),
    /// A panel of the contact sheet, by its position. Pressed, it is under the cursor; pressed again, its scene is shown.
    Panel(usize),
    /// A board of the picker. Pressed, it is chosen; pressed again, opened.
    Board(usize),
    /// An action, by its id. Pressed, it is done.
    Action(&'static str),
    /// An action with a number behind it. Pressed, it is done.
    Nth(&'static str, usize),
    /// A key that does something now. Pressed, it is as if the key were.
    Key(Key),
    /// An offer of the palette, by its position. Pressed, it is chosen.
    Offer(usize),
    /// The rest of what lies over the screen. Pressed, nothing happens.
    Popup,
    /// Something the wheel scrolls with these two actions, backwards and forwards.
    Scrolls(&'static str, &'static str),
}

impl Seen {
    /// What can be pressed at a column and row.
    #[must_use]
    pub fn at(&self, column: u16, row: u16) -> Option<&Pointed> {
        self.under(column, row).find(|what| !matches!(what, Pointed::Scrolls(..)))
    }

    /// Everything at a column and row, what lies on top first.
    pub fn under(&self, column: u16, row: u16) -> impl Iterator<Item = &Pointed> {
        let inside = move |spot: &&Spot| {
            (spot.x..spot.x.saturating_add(spot.width)).contains(&column)
                && (spot.y..spot.y.saturating_add(spot.height)).contains(&row)
        };
        self.spots.iter().rev().filter(inside).map(|spot| &spot.what)
    }
}
