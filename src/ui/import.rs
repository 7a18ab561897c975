//! What an import would do, before it does it.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::importing::{Fate, Happens, Importing, Part, Plan};
use crate::app::model::Model;
use crate::app::wrap::{self, fit, width};
use crate::board::text::clean;
use crate::words::{self, Phrase};

/// The widest that is easy to read.
const MEASURE: u16 = 92;

pub(super) fn view(model: &Model, importing: &Importing, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(words::import_title(clean(&importing.path).into_owned()));
    let columns = area.width.saturating_sub(8).clamp(20, MEASURE);
    let mut page = Page { lines: Vec::new(), columns: columns.into(), canvas };
    match (&importing.plan, importing.coming) {
        (Some(_), true) => page.text(words::import_coming(), Scope::Text),
        (Some(plan), false) => page.plan(model, plan),
        (None, _) => {
            let bar = importing.progress.map(|progress| super::status::bar(progress, page.canvas)).unwrap_or_default();
            page.text(words::import_reading(), Scope::Text);
            page.lines.push(Line::from(page.canvas.span(bar, Scope::Progress)));
        }
    }
    let lines = page.lines;
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let title = fit(&title, columns.into());
    let inner = super::overlay::boxed(&title, columns, rows, canvas, area);
    let last = rows.saturating_sub(inner.height);
    canvas.draw(Paragraph::new(lines).scroll((importing.scroll.min(last), 0)), inner);
}

/// Rows being gathered.
struct Page<'c, 'a, 'f> {
    lines: Vec<Line<'static>>,
    columns: usize,
    canvas: &'c Canvas<'a, 'f>,
}

impl Page<'_, '_, '_> {
    fn text(&mut self, phrase: impl Into<Phrase>, scope: Scope) {
        let words = clean(&self.canvas.text(phrase)).into_owned();
        for row in wrap::rows(&words, self.columns) {
            let row = words.get(row).unwrap_or_default().trim_end_matches('\n').to_owned();
            self.lines.push(Line::styled(row, self.canvas.style(scope)));
        }
    }

    fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    fn plan(&mut self, model: &Model, plan: &Plan) {
        if !plan.title.is_empty() {
            self.text(Phrase::verbatim(plan.title.as_str()), Scope::Title);
        }
        if !plan.logline.is_empty() {
            self.text(Phrase::verbatim(plan.logline.as_str()), Scope::Text);
        }
        self.text(words::import_read_as(plan.format), Scope::Quiet);
        let coming = plan.scenes.iter().filter(|fate| fate.what != Happens::Unchanged).count();
        self.text(words::import_counts(plan.names.len(), plan.pictures, coming, plan.takes), Scope::Quiet);
        match model.desk() {
            Some(desk) if desk.read_only => self.text(words::import_read_only(), Scope::Trouble),
            Some(_) if plan.edit.is_none() => self.text(words::import_nothing(), Scope::Text),
            _ => {}
        }
        self.gap();
        for fate in plan.scenes.iter().filter(|fate| fate.what != Happens::Unchanged) {
            self.fate(fate);
        }
        let unchanged = plan.scenes.len() - coming;
        if unchanged > 0 {
            self.text(words::import_unchanged(unchanged), Scope::Quiet);
        }
        if !plan.names.is_empty() {
            let names: Vec<&str> = plan.names.iter().map(|name| name.as_str()).collect();
            self.gap();
            self.text(words::import_names(names.join(", ")), Scope::Text);
        }
        if !plan.said.is_empty() {
            self.gap();
            for said in &plan.said {
                self.text(Phrase::verbatim(said.as_str()), Scope::Quiet);
            }
        }
    }

    /// A scene, and behind it or below it what happens to it.
    fn fate(&mut self, fate: &Fate) {
        let (mark, scope) = match fate.what {
            Happens::Added | Happens::Returned => ("+", Scope::Added),
            Happens::Changed(_) => ("~", Scope::Text),
            Happens::Kept(..) => ("!", Scope::Trouble),
            Happens::Aside => ("-", Scope::Removed),
            Happens::Unchanged => (" ", Scope::Quiet),
        };
        let happens = match &fate.what {
            Happens::Added => words::import_added(),
            Happens::Unchanged => Phrase::verbatim(""),
            Happens::Changed(parts) => words::import_changed(self.parts(parts)),
            Happens::Kept(stays, changed) if changed.is_empty() => words::import_stays(self.parts(stays)),
            Happens::Kept(stays, changed) => words::import_changed_stays(self.parts(changed), self.parts(stays)),
            Happens::Returned => words::import_returned(),
            Happens::Aside => words::import_aside(),
        };
        let happens = self.canvas.text(happens);
        let style = self.canvas.style(scope).not_crossed_out().not_underlined();
        let scene = format!("{:>4}  {}", fate.number.as_str(), fate.heading);
        let room = self.columns.saturating_sub(2);
        let gap = room.saturating_sub(width(&happens) + 2);
        if width(&scene) <= gap {
            let blank = " ".repeat(room - width(&scene) - width(&happens));
            self.lines.push(Line::from(vec![
                Span::styled(format!("{mark} "), style),
                Span::raw(scene),
                Span::raw(blank),
                Span::styled(happens, style),
            ]));
            return;
        }
        self.lines.push(Line::from(vec![Span::styled(format!("{mark} "), style), Span::raw(fit(&scene, room))]));
        if fate.what != Happens::Added {
            for row in wrap::rows(&happens, room.saturating_sub(6).max(8)) {
                let row = happens.get(row).unwrap_or_default().trim_end();
                self.lines.push(Line::styled(format!("        {row}"), style));
            }
        }
    }

    fn parts(&self, parts: &[Part]) -> String {
        let part = |part: &Part| match part {
            Part::Number => words::import_part_number(),
            Part::Heading => words::import_part_heading(),
            Part::Brief => words::import_part_brief(),
            Part::Take => words::import_part_take(),
        };
        parts.iter().map(|one| self.canvas.text(part(one))).collect::<Vec<_>>().join(", ")
    }
}
