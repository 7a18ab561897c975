//! Views: from the model to widgets. No state of their own; nothing here changes the model.

mod animatic;
pub mod canvas;
mod compare;
mod import;
mod lists;
mod marked;
mod overlay;
mod palette;
mod panel;
mod picker;
pub mod pictures;
mod plan;
mod proposals;
mod review;
mod scenes;
mod sheet;
mod stage;
mod status;
mod takes;
mod taste;
mod taste_words;
pub mod theme;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::model::{Model, Place, View};
use crate::app::seen::Seen;
use crate::words::{self, Lexicon};
pub use canvas::Canvas;
use pictures::{NoPictures, Pictures};
pub use theme::{Depth, Scope, Theme, Themes};

/// The smallest screen that is laid out.
pub const SMALLEST: (u16, u16) = (40, 12);
/// From this width on scenes and stage stand side by side.
const WIDE: u16 = 72;

/// The themes that a person can choose from, and where pictures come from.
pub struct Looks {
    themes: Themes,
    pictures: Box<dyn Pictures>,
}

impl Default for Looks {
    fn default() -> Self {
        Self::new(Themes::new(Vec::new(), Depth::True).0)
    }
}

impl Looks {
    /// With these themes.
    #[must_use]
    pub fn new(themes: Themes) -> Self {
        Self { themes, pictures: Box::new(NoPictures) }
    }

    /// With frames of shots from there.
    #[must_use]
    pub fn with_pictures(self, pictures: impl Pictures + 'static) -> Self {
        Self { pictures: Box::new(pictures), ..self }
    }

    /// Reads what a theme needs, so that the first picture does not wait for it.
    pub fn prepare(&self, theme: &str) {
        let _ = self.theme(theme);
    }

    /// What shots are drawn with in a theme; `None` for the frame style's own ink and paper.
    #[must_use]
    pub fn paper(&self, theme: &str) -> Option<theme::Paper> {
        self.theme(theme).and_then(Theme::frame)
    }

    /// The theme of that name, else the first one.
    fn theme(&self, name: &str) -> Option<&Theme> {
        self.themes.get(name)
    }
}

/// Draws the screen. Answers what is where on it.
pub fn view(model: &Model, looks: &Looks, frame: &mut Frame<'_>) -> Seen {
    let settings = &model.settings;
    // There is one: some come with the program.
    let Some(theme) = looks.theme(&settings.theme) else { return Seen::default() };
    let mut canvas = Canvas::new(frame, theme, Lexicon::of(&settings.language), settings, &*looks.pictures);
    screen(model, &mut canvas);
    canvas.seen()
}

fn screen(model: &Model, canvas: &mut Canvas<'_, '_>) {
    let area = canvas.area();
    canvas.fill(area, Scope::Text);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let words = words::view_too_small(area.width, SMALLEST.0, SMALLEST.1, area.height);
        let words = canvas.text(words);
        return canvas.draw(Paragraph::new(words).wrap(Wrap { trim: true }), area);
    }
    let [rest, footer] = cut(area, 1, 1);
    let [main, status] = cut(rest, status::height(model, canvas, area.width), 1);
    match &model.place {
        Place::Desk(desk) => match &desk.view {
            View::Desk => board(model, canvas, main),
            View::Proposals(list) => proposals::view(model, desk, list, canvas, main),
            View::Sheet(sheet) => sheet::view(model, desk, sheet, canvas, main),
            View::Review(review) => review::view(model, review, canvas, main),
            View::Animatic(animatic) => animatic::view(desk, animatic, canvas, main),
            View::Compare(compare) => compare::view(desk, compare, canvas, main),
            View::Bible(bible) => lists::bible(desk, bible, canvas, main),
            View::Board(at) => lists::board(desk, *at, canvas, main),
            View::History(at) => lists::history(desk, *at, canvas, main),
            View::Taste(view) => taste::view(view, canvas, main),
            View::Log(above) => lists::log(model, *above, canvas, main),
        },
        Place::Picker(picker) => picker::view(picker, canvas, main),
        Place::Opening(path) => {
            let path = crate::board::Line::clipped(&path.to_string_lossy(), 200);
            let words = canvas.text(words::view_opening(path.as_str()));
            canvas.lines(words, main);
        }
    }
    status::view(model, canvas, status);
    status::footer(model, canvas, footer);
    overlay::view(model, canvas, area);
}

fn board(model: &Model, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let Some(desk) = model.desk() else { return };
    let takes = takes::height(model);
    if area.width >= WIDE {
        let list = (area.width / 3).clamp(24, 44);
        let right = Rect { x: area.x + list + 1, width: area.width - list - 1, ..area };
        let [stage, strip] = cut(right, takes, 3);
        scenes::view(model, desk, canvas, Rect { width: list, ..area });
        takes::view(model, canvas, strip);
        return stage::view(model, canvas, stage);
    }
    // On a narrow screen the scene list is a few rows above the stage.
    let rows = (area.height / 4).clamp(3, 6);
    let takes = takes.min(area.height.saturating_sub(rows + 4));
    let [list, below] = cut(area, area.height.saturating_sub(rows), 1);
    let [stage, strip] = cut(below, takes, 3);
    scenes::view(model, desk, canvas, list);
    takes::view(model, canvas, strip);
    stage::view(model, canvas, stage);
}

/// A place without its last rows, and those; at least so many stay above them. On the first screen this stands for
/// `Layout`, whose solver takes longer there than the rows take to draw.
fn cut(area: Rect, rows: u16, least: u16) -> [Rect; 2] {
    let rows = rows.min(area.height.saturating_sub(least));
    let above = Rect { height: area.height - rows, ..area };
    [above, Rect { y: above.bottom(), height: rows, ..area }]
}

/// The first row shown of a list, so that row `at` is in sight, in the middle where there is more above and below.
fn first_row(at: usize, rows: usize, len: usize) -> usize {
    at.saturating_sub(rows / 2).min(len.saturating_sub(rows))
}

/// The `nth` row of a place.
fn row_of(area: Rect, nth: usize) -> Rect {
    let nth = u16::try_from(nth).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + nth, height: u16::from(nth < area.height), ..area }
}
