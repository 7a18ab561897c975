//! The stage: the take shown, large. A take being written fills the same places, so nothing jumps when it is whole.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::theme::Theme;
use crate::app::model::Model;
use crate::app::wrap::{rows, width};
use crate::board::{Scene, Shot, Take};

/// Lines longer than this are tiring to read.
const MEASURE: usize = 96;

/// Draws it. Answers how many rows lie below what fits.
pub(super) fn view(model: &Model, frame: &mut Frame<'_>, area: Rect, theme: &Theme) -> u16 {
    let Some((desk, scene)) = model.desk().and_then(|desk| Some((desk, desk.scene()?))) else {
        frame.render_widget(super::titled("", area.width, theme), area);
        return 0;
    };
    let heading = model.take().and_then(|take| take.heading.as_ref()).unwrap_or(scene.current_heading());
    let block = super::titled(&format!("{}  {heading}", scene.number), area.width, theme);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let columns = usize::from(inner.width).min(MEASURE);
    let lines = lines(model, scene, columns, theme);
    let fits = inner.height;
    let all = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let scroll = desk.at.scroll.min(all.saturating_sub(fits));
    let visible: Vec<Line<'_>> = lines.into_iter().skip(scroll.into()).take(fits.into()).collect();
    frame.render_widget(Paragraph::new(visible), inner);
    all.saturating_sub(scroll + fits)
}

fn lines<'a>(model: &Model, scene: &Scene, columns: usize, theme: &Theme) -> Vec<Line<'a>> {
    let mut page = Page { lines: Vec::new(), columns };
    let brief = if scene.brief.is_empty() { "(no brief yet: e writes one)" } else { scene.brief.as_str() };
    page.text(brief, 0, theme.quiet);
    page.gap();
    match model.take() {
        Some(take) => page.take(take, theme),
        None if !model.growing().is_empty() => page.text("…", 0, theme.growing),
        None => page.text("No take yet: g lets the model write some.", 0, Style::new()),
    }
    page.lines
}

/// Rows being gathered.
struct Page<'a> {
    lines: Vec<Line<'a>>,
    columns: usize,
}

impl Page<'_> {
    fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    fn text(&mut self, text: &str, indent: usize, style: Style) {
        let margin = " ".repeat(indent);
        for row in rows(text, self.columns.saturating_sub(indent)) {
            let words = text.get(row).unwrap_or_default().trim_end_matches('\n');
            self.lines.push(Line::styled(format!("{margin}{words}"), style));
        }
    }

    fn take(&mut self, take: &Take, theme: &Theme) {
        self.text(&take.action, 0, Style::new());
        for speech in &take.dialogue {
            self.gap();
            self.text(&speech.speaker, 6, theme.name);
            self.text(&speech.line, 3, Style::new());
        }
        if !take.sound.is_empty() {
            self.gap();
            self.text(&format!("♪ {}", take.sound), 0, theme.quiet);
        }
        for newcomer in &take.newcomers {
            self.text(&format!("+ {} {}: {}", newcomer.kind, newcomer.name, newcomer.look), 0, theme.growing);
        }
        for (at, shot) in take.shots.iter().enumerate() {
            self.gap();
            self.shot(at, shot, theme);
        }
    }

    fn shot(&mut self, at: usize, shot: &Shot, theme: &Theme) {
        let head = format!("{:>2}  {} · {} · {}", at + 1, shot.size, shot.angle, shot.camera);
        let seconds = format!("{}", shot.seconds);
        let rule = self.columns.saturating_sub(width(&head) + width(&seconds) + 2);
        self.lines.push(Line::from(vec![
            Span::styled(head, theme.title),
            Span::styled(format!(" {} ", "─".repeat(rule)), theme.quiet),
            Span::raw(seconds),
        ]));
        for row in super::plan::rows(shot, self.columns.saturating_sub(4)) {
            self.lines.push(Line::styled(format!("    {row}"), theme.name));
        }
        self.text(&shot.description, 4, Style::new());
    }
}
