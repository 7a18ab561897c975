//! What a view draws with: the screen, the looks and the words, and where it says what can be pointed at.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Block, Borders, Widget};

use super::pictures::{Pictures, Wanted};
use super::theme::{Scope, Theme};
use crate::app::action::Action;
use crate::app::seen::{Pointed, Seen, Spot};
use crate::app::settings::Settings;
use crate::app::wrap::{fit, width};
use crate::words::{Lexicon, Phrase};

/// What a view draws with.
///
/// - words: `canvas.text(words::scenes_title())`, see [`crate::words`]
/// - styles: `canvas.style(Scope::TakePicked)`, see [`Scope`]
/// - drawing: `canvas.lines(lines, area)`
/// - the mouse: `canvas.spot(row, Pointed::Scene(at))`, see [`Seen`]
pub struct Canvas<'a, 'f> {
    frame: &'a mut Frame<'f>,
    theme: &'a Theme,
    lexicon: &'a Lexicon,
    settings: &'a Settings,
    pictures: &'a dyn Pictures,
    seen: Seen,
}

impl<'a, 'f> Canvas<'a, 'f> {
    pub(super) fn new(
        frame: &'a mut Frame<'f>,
        theme: &'a Theme,
        lexicon: &'a Lexicon,
        settings: &'a Settings,
        pictures: &'a dyn Pictures,
    ) -> Self {
        Self { frame, theme, lexicon, settings, pictures, seen: Seen::default() }
    }

    /// The whole screen.
    pub fn area(&self) -> Rect {
        self.frame.area()
    }

    /// What was drawn where.
    pub(super) fn seen(self) -> Seen {
        self.seen
    }

    /// Rows of the stage below what fits.
    pub fn beyond(&mut self, rows: u16) {
        self.seen.beyond = rows;
    }

    /// The frame of a shot as rows to be drawn; `None` where the staging in characters has to stand for it.
    #[must_use]
    pub fn picture(&self, wanted: &Wanted<'_>) -> Option<Vec<Line<'static>>> {
        self.pictures.rows(wanted, self.theme.frame())
    }

    /// A phrase in the language that is chosen.
    #[must_use]
    pub fn text(&self, phrase: impl Into<Phrase>) -> String {
        self.lexicon.say(&phrase.into())
    }

    /// A phrase where the languages have it.
    #[must_use]
    pub fn known(&self, phrase: &Phrase) -> Option<String> {
        self.lexicon.find(phrase)
    }

    /// What a part of the screen looks like in the theme that is chosen. The page's own ground is left out: it is there, and
    /// what lies over the page has another.
    #[must_use]
    pub fn style(&self, scope: Scope) -> Style {
        let style = self.theme.style(scope);
        if style.bg == self.theme.style(Scope::Text).bg { Style { bg: None, ..style } } else { style }
    }

    /// A row under the cursor, whatever looks its parts have.
    #[must_use]
    pub fn under_cursor<'l>(&self, mut line: Line<'l>) -> Line<'l> {
        let cursor = self.style(Scope::Cursor);
        for span in &mut line.spans {
            span.style = span.style.patch(cursor);
        }
        line.patch_style(cursor)
    }

    /// A piece of a line in the look of a part of the screen.
    #[must_use]
    pub fn span<'s>(&self, text: impl Into<std::borrow::Cow<'s, str>>, scope: Scope) -> Span<'s> {
        Span::styled(text, self.style(scope))
    }

    /// The first keys bound to an action, as they are shown; empty where there are none.
    #[must_use]
    pub fn keys(&self, action: &Action) -> String {
        self.settings.keymap.shown(action)
    }

    /// The keys of the first, second or later of what the action of that id takes by number.
    #[must_use]
    pub fn nth(&self, id: &str, number: usize) -> String {
        let keys = Action::find(id).and_then(|action| self.settings.keymap.keys_of_nth(action, number).next());
        keys.map(ToString::to_string).unwrap_or_default()
    }

    /// How the action of that id is done: by its first keys, else through the palette.
    #[must_use]
    pub fn way_to(&self, id: &str) -> String {
        let keys = Action::find(id).map(|action| self.keys(action)).filter(|keys| !keys.is_empty());
        keys.unwrap_or_else(|| format!(":{id}"))
    }

    /// Draws lines from the left edge on, cut off where the place ends. A `Paragraph`, which can do more, takes twice the time.
    pub fn lines<'t>(&mut self, lines: impl Into<Text<'t>>, area: Rect) {
        let buffer = self.frame.buffer_mut();
        let (text, area) = (lines.into(), area.intersection(buffer.area));
        for (row, line) in area.rows().zip(&text.lines) {
            buffer.set_line(row.x, row.y, line, row.width);
        }
    }

    /// Draws a widget.
    pub fn draw(&mut self, widget: impl Widget, area: Rect) {
        self.frame.render_widget(widget, area);
    }

    /// Gives a place the look of a part of the screen.
    pub fn fill(&mut self, area: Rect, scope: Scope) {
        let style = self.theme.style(scope);
        self.frame.buffer_mut().set_style(area, style);
    }

    /// Puts the cursor of a text being edited.
    pub fn cursor(&mut self, at: Position) {
        self.frame.set_cursor_position(at);
    }

    /// Says that something can be pointed at here.
    pub fn spot(&mut self, area: Rect, what: Pointed) {
        let Rect { x, y, width, height } = area;
        self.seen.spots.push(Spot { x, y, width, height, what });
    }

    /// Draws a titled rule over a view; answers the place below it.
    pub fn titled(&mut self, title: &str, area: Rect) -> Rect {
        let title = fit(title, usize::from(area.width.saturating_sub(4)));
        let block = Block::new()
            .borders(Borders::TOP)
            .border_style(self.style(Scope::Border))
            .title(Line::styled(format!(" {title} "), self.style(Scope::Title)));
        let inner = block.inner(area);
        self.draw(block, area);
        inner
    }

    /// Says at the end of the title of a view at `area` how many of its rows lie above and below what fits.
    pub fn hidden(&mut self, above: usize, below: usize, area: Rect) {
        let sides = [("↑", above), ("↓", below)].into_iter().filter(|(_, rows)| *rows > 0);
        let sides: Vec<String> = sides.map(|(arrow, rows)| format!("{arrow}{rows}")).collect();
        if sides.is_empty() {
            return;
        }
        let mark = format!(" {} ", sides.join(" "));
        let wide = u16::try_from(width(&mark)).unwrap_or(u16::MAX);
        let x = area.right().saturating_sub(wide.saturating_add(1)).max(area.x);
        self.lines(self.span(mark, Scope::Quiet), Rect { x, width: area.right() - x, height: 1, ..area });
    }
}
