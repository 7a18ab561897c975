//! The stage: the take shown, large. A take being written fills the same places, so nothing jumps when it is whole.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::model::Model;
use crate::app::seen::Pointed;
use crate::app::wrap::{rows, width};
use crate::board::{Scene, Shot, Take};
use crate::words;

/// Lines longer than this are tiring to read.
const MEASURE: usize = 96;

pub(super) fn view(model: &Model, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let Some((desk, scene)) = model.desk().and_then(|desk| Some((desk, desk.scene()?))) else {
        canvas.titled("", area);
        return;
    };
    let heading = model.take().and_then(|take| take.heading.as_ref()).unwrap_or(scene.current_heading());
    let inner = canvas.titled(&format!("{}  {heading}", scene.number), area);
    let columns = usize::from(inner.width).min(MEASURE);
    let lines = lines(model, scene, columns, canvas);
    let fits = inner.height;
    let all = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let scroll = desk.at.scroll.min(all.saturating_sub(fits));
    let visible: Vec<Line<'_>> = lines.into_iter().skip(scroll.into()).take(fits.into()).collect();
    canvas.draw(Paragraph::new(visible), inner);
    canvas.spot(inner, Pointed::Scrolls("take.scroll-up", "take.scroll-down"));
    canvas.beyond(all.saturating_sub(scroll + fits));
}

fn lines<'a>(model: &Model, scene: &Scene, columns: usize, canvas: &Canvas<'_, '_>) -> Vec<Line<'a>> {
    let mut page = Page { lines: Vec::new(), columns, canvas };
    match scene.brief.as_str() {
        "" => page.text(&canvas.text(words::stage_no_brief()), 0, Scope::Quiet),
        brief => page.text(brief, 0, Scope::Brief),
    }
    page.gap();
    match model.take() {
        Some(take) => page.take(take),
        None if !model.growing().is_empty() => page.text("…", 0, Scope::Growing),
        None => page.text(&canvas.text(words::stage_no_take()), 0, Scope::Text),
    }
    page.lines
}

/// Rows being gathered.
struct Page<'a, 'c, 'f> {
    lines: Vec<Line<'a>>,
    columns: usize,
    canvas: &'c Canvas<'c, 'f>,
}

impl Page<'_, '_, '_> {
    fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    fn text(&mut self, text: &str, indent: usize, scope: Scope) {
        let margin = " ".repeat(indent);
        for row in rows(text, self.columns.saturating_sub(indent)) {
            let words = text.get(row).unwrap_or_default().trim_end_matches('\n');
            self.lines.push(Line::styled(format!("{margin}{words}"), self.canvas.style(scope)));
        }
    }

    fn take(&mut self, take: &Take) {
        self.text(&take.action, 0, Scope::Take);
        for speech in &take.dialogue {
            self.gap();
            self.text(&speech.speaker, 6, Scope::Speaker);
            self.text(&speech.line, 3, Scope::Take);
        }
        if !take.sound.is_empty() {
            self.gap();
            self.text(&format!("♪ {}", take.sound), 0, Scope::Sound);
        }
        for newcomer in &take.newcomers {
            self.text(&format!("+ {} {}: {}", newcomer.kind, newcomer.name, newcomer.look), 0, Scope::Growing);
        }
        for (at, shot) in take.shots.iter().enumerate() {
            self.gap();
            self.shot(at, shot);
        }
    }

    fn shot(&mut self, at: usize, shot: &Shot) {
        let head = format!("{:>2}  {} · {} · {}", at + 1, shot.size, shot.angle, shot.camera);
        let seconds = format!("{}", shot.seconds);
        let rule = self.columns.saturating_sub(width(&head) + width(&seconds) + 2);
        self.lines.push(Line::from(vec![
            self.canvas.span(head, Scope::Shot),
            self.canvas.span(format!(" {} ", "─".repeat(rule)), Scope::Border),
            self.canvas.span(seconds, Scope::Time),
        ]));
        for row in super::plan::rows(shot, self.columns.saturating_sub(4)) {
            self.lines.push(Line::styled(format!("    {row}"), self.canvas.style(Scope::Plan)));
        }
        self.text(&shot.description, 4, Scope::Take);
    }
}
