//! Views: from the model to widgets. No state of their own; nothing here changes the model.

mod overlay;
mod picker;
mod plan;
mod scenes;
mod stage;
mod status;
mod takes;
pub mod theme;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Paragraph};

use crate::app::model::{Desk, Model, Place};
use theme::Theme;

/// The smallest screen that is laid out.
pub const SMALLEST: (u16, u16) = (40, 12);
/// From this width on scenes and stage stand side by side.
const WIDE: u16 = 72;

/// Draws the screen. Answers how many rows of the stage lie below what fits.
pub fn view(model: &Model, frame: &mut Frame<'_>) -> u16 {
    let theme = Theme::current();
    let area = frame.area();
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let words = format!("{}×{} is too small; {}×{} is needed", area.width, area.height, SMALLEST.0, SMALLEST.1);
        frame.render_widget(Paragraph::new(words).wrap(ratatui::widgets::Wrap { trim: true }), area);
        return 0;
    }
    let rows = Constraint::Length(status::height(model, area.width));
    let [main, status, footer] = Layout::vertical([Constraint::Min(1), rows, Constraint::Length(1)]).areas(area);
    let beyond = match &model.place {
        Place::Desk(desk) => board(model, desk, frame, main, theme),
        Place::Picker(picker) => {
            picker::view(picker, frame, main, theme);
            0
        }
        Place::Opening(path) => {
            let words = format!("opening {} …", crate::board::Line::clipped(&path.to_string_lossy(), 200));
            frame.render_widget(Paragraph::new(words), main);
            0
        }
    };
    status::view(model, frame, status, theme);
    status::footer(model, frame, footer, theme);
    overlay::view(model, frame, area, theme);
    beyond
}

fn board(model: &Model, desk: &Desk, frame: &mut Frame<'_>, area: Rect, theme: &Theme) -> u16 {
    let takes = takes::height(model);
    if area.width >= WIDE {
        let list = (area.width / 3).clamp(24, 44);
        let [left, right] = Layout::horizontal([Constraint::Length(list), Constraint::Min(1)]).spacing(1).areas(area);
        let [stage, strip] = Layout::vertical([Constraint::Min(3), Constraint::Length(takes)]).areas(right);
        scenes::view(desk, frame, left, theme);
        takes::view(model, frame, strip, theme);
        return stage::view(model, frame, stage, theme);
    }
    // On a narrow screen the scene list is a few rows above the stage.
    let rows = (area.height / 4).clamp(3, 6);
    let takes = takes.min(area.height.saturating_sub(rows + 4));
    let [list, stage, strip] =
        Layout::vertical([Constraint::Length(rows), Constraint::Min(3), Constraint::Length(takes)]).areas(area);
    scenes::view(desk, frame, list, theme);
    takes::view(model, frame, strip, theme);
    stage::view(model, frame, stage, theme)
}

/// A titled frame around a view.
fn titled<'a>(title: &str, columns: u16, theme: &Theme) -> Block<'a> {
    let title = crate::app::wrap::fit(title, usize::from(columns.saturating_sub(4)));
    Block::new().borders(Borders::TOP).border_style(theme.quiet).title(Line::styled(format!(" {title} "), theme.title))
}

/// The first row shown of a list, so that row `at` is in sight, in the middle where there is more above and below.
fn first_row(at: usize, rows: usize, len: usize) -> usize {
    at.saturating_sub(rows / 2).min(len.saturating_sub(rows))
}
