//! What verdicts taught, and why a take stands where it stands.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::canvas::Canvas;
use super::taste_words;
use super::theme::Scope;
use crate::app::seen::Pointed;
use crate::app::taste_view::{TasteView, Taught, WhyView};
use crate::app::wrap::{self, fit, width};
use crate::board::Chooser;
use crate::taste::report::{Span as Stretch, Weight};
use crate::taste::{Report, Score};
use crate::words;

/// Lines longer than this are tiring to read.
const MEASURE: usize = 96;
/// Columns of a bar that shows a weight.
const BAR: usize = 10;

pub(super) fn view(view: &TasteView, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(words::taste_title());
    let inner = canvas.titled(&title, area);
    let Some(taught) = &view.taught else {
        let words = canvas.text(words::taste_reading());
        return canvas.lines(words, inner);
    };
    let mut page = Page { lines: Vec::new(), columns: usize::from(inner.width).min(MEASURE), canvas };
    page.verdicts(taught);
    page.liked(&taught.report);
    page.honest(&taught.report);
    page.next(taught);
    let lines = page.lines;
    let (above, below) = super::stage::scrolled(lines, view.scroll, 0, canvas, inner);
    canvas.hidden(above, below, area);
    canvas.spot(inner, Pointed::Scrolls("taste.scroll-up", "taste.scroll-down"));
}

/// Why a take stands where it stands, over the screen.
pub(super) fn why(view: &WhyView, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(words::why_title(view.scene.as_str(), view.take));
    let columns = usize::from(area.width.saturating_sub(8)).min(76);
    let mut page = Page { lines: Vec::new(), columns, canvas };
    match &view.why {
        None => page.text(&page.say(words::taste_reading()), 0, Scope::Quiet),
        Some(why) => {
            match why.chosen {
                Some(chosen) => {
                    let by = match chosen.by {
                        Chooser::Taste => words::why_by_taste(),
                        Chooser::Exploration => words::why_by_exploration(),
                        _ => words::why_by_order(),
                    };
                    let by = page.say(by);
                    page.text(&page.say(words::why_place(by, chosen.of, chosen.place)), 0, Scope::Text);
                }
                None => page.text(&page.say(words::why_not_chosen()), 0, Scope::Text),
            }
            match why.probability {
                Some(probability) => {
                    let percent = f64::from(probability * 100.0).round();
                    page.text(&page.say(words::why_probability(percent)), 0, Scope::Text);
                    if !why.ranks {
                        page.text(&page.say(words::why_not_ranking()), 0, Scope::Quiet);
                    }
                }
                None => page.text(&page.say(words::why_no_opinion()), 0, Scope::Quiet),
            }
            if !why.parts.is_empty() {
                page.head(words::why_parts());
                for (part, adds) in &why.parts {
                    let part = page.say(taste_words::moved(part));
                    page.weight(&part, *adds);
                }
            }
            if !why.plan.is_empty() {
                page.head(words::why_plan());
                for part in &why.plan {
                    let part = page.say(taste_words::planned(part));
                    page.text(&format!("· {part}"), 2, Scope::Text);
                }
            }
        }
    }
    let lines = page.lines;
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let wide = lines.iter().map(Line::width).max().unwrap_or(0).max(width(&title) + 2);
    let inner = super::overlay::boxed(&title, u16::try_from(wide).unwrap_or(u16::MAX), rows, canvas, area);
    let last = rows.saturating_sub(inner.height);
    canvas.draw(Paragraph::new(lines).scroll((view.scroll.min(last), 0)), inner);
}

/// Rows being gathered.
struct Page<'c, 'a, 'f> {
    lines: Vec<Line<'static>>,
    columns: usize,
    canvas: &'c Canvas<'a, 'f>,
}

impl Page<'_, '_, '_> {
    fn say(&self, phrase: words::Phrase) -> String {
        self.canvas.text(phrase)
    }

    fn text(&mut self, text: &str, indent: usize, scope: Scope) {
        let margin = " ".repeat(indent);
        for row in wrap::rows(text, self.columns.saturating_sub(indent).max(10)) {
            let words = text.get(row).unwrap_or_default().trim_end_matches('\n');
            self.lines.push(Line::styled(format!("{margin}{words}"), self.canvas.style(scope)));
        }
    }

    fn head(&mut self, phrase: words::Phrase) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        let words = self.say(phrase);
        self.text(&words, 0, Scope::Title);
    }

    /// What something adds, as a number and a bar that grows to its side.
    fn weight(&mut self, name: &str, adds: f32) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a short bar")]
        let full = ((adds.abs() / 2.0).min(1.0) * BAR as f32).ceil() as usize;
        let bar = format!("{}{}", "▪".repeat(full), " ".repeat(BAR.saturating_sub(full)));
        let scope = if adds > 0.0 { Scope::Added } else { Scope::Removed };
        let words = fit(name, self.columns.saturating_sub(BAR + 10));
        self.lines.push(Line::from(vec![
            Span::raw("  "),
            self.canvas.span(format!("{adds:+.2} "), Scope::Time),
            // The sign says it without the colour.
            Span::styled(format!("{bar} "), self.canvas.style(scope).not_crossed_out().not_underlined()),
            self.canvas.span(words, Scope::Text),
        ]));
    }

    fn verdicts(&mut self, taught: &Taught) {
        let report = &taught.report;
        self.head(words::taste_of(taught.reviewer.as_str()));
        if report.verdicts == 0 {
            let words = self.say(words::taste_none());
            return self.text(&words, 2, Scope::Text);
        }
        let words = self.say(words::taste_verdicts(report.accepted, report.verdicts, report.rejected));
        self.text(&words, 2, Scope::Text);
        if report.reviewers.len() > 1 {
            let named: Vec<String> = report.reviewers.iter().map(|(name, count)| format!("{name} {count}")).collect();
            let words = self.say(words::taste_reviewers(named.join(", ")));
            self.text(&words, 2, Scope::Text);
        }
        if taught.other_boards > 0 {
            let words = self.say(words::taste_other_boards(taught.other_boards));
            self.text(&words, 2, Scope::Quiet);
        }
        if report.accept_rate.len() > 1 {
            let words = self.say(words::taste_over_time(over_time(&report.accept_rate)));
            self.text(&words, 2, Scope::Text);
        }
        for given in &report.reasons {
            let change = given.reason.map(|reason| self.say(taste_words::change(reason)));
            let change = change.map(|change| format!(" → {change}")).unwrap_or_default();
            self.text(&format!("{:>3}× {}{change}", given.times, given.said), 2, Scope::Text);
        }
    }

    fn liked(&mut self, report: &Report) {
        for (title, weights) in [(words::taste_likes(), &report.likes), (words::taste_dislikes(), &report.dislikes)] {
            if weights.is_empty() {
                continue;
            }
            self.head(title);
            for Weight { feature, weight } in weights {
                let feature = self.say(taste_words::feature(feature));
                self.weight(&feature, *weight);
            }
        }
        if let Some(unsure) = report.unsure {
            let words = self.say(words::taste_unsure(format!("{unsure:.2}")));
            self.text(&words, 2, Scope::Quiet);
        }
    }

    fn honest(&mut self, report: &Report) {
        let Some(head) = report.prequential.head else {
            self.head(words::taste_order());
            let words = self.say(words::taste_not_enough());
            return self.text(&words, 2, Scope::Text);
        };
        self.head(words::taste_predicted(head.predictions));
        let [loss, right, auc] =
            [words::taste_log_loss(), words::taste_right(), words::taste_auc()].map(|phrase| self.say(phrase));
        self.text(&format!("{}{}{}{auc}", padded("", 14), padded(&loss, 12), padded(&right, 12)), 2, Scope::Quiet);
        let rows = [
            (words::taste_by_taste(), Some(head)),
            (words::taste_by_likelihood(), report.prequential.likelihood),
            (words::taste_by_coin(), report.prequential.coin),
        ];
        for (name, score) in rows {
            let Some(score) = score else { continue };
            let name = self.say(name);
            self.score(&name, score);
        }
        let words = self.say(if report.ranks { words::taste_ranks() } else { words::taste_ranks_not() });
        self.text(&words, 2, Scope::Text);
    }

    fn score(&mut self, name: &str, score: Score) {
        let loss = format!("{:.3}", score.log_loss);
        let right = format!("{:.0} %", score.accuracy * 100.0);
        let auc = score.auc.map_or_else(|| "–".to_owned(), |auc| format!("{auc:.2}"));
        let interval = score.auc_interval.map(|[low, high]| format!(" ({low:.2} … {high:.2})")).unwrap_or_default();
        let row = format!("{}{}{}{auc}{interval}", padded(name, 14), padded(&loss, 12), padded(&right, 12));
        self.text(&row, 2, Scope::Text);
    }

    fn next(&mut self, taught: &Taught) {
        let report = &taught.report;
        if !taught.plans.is_empty() {
            self.head(words::taste_next());
            for (scene, changes) in &taught.plans {
                let does: Vec<String> =
                    changes.iter().map(|change| self.say(taste_words::does(&change.does))).collect();
                self.text(&format!("{scene}  {}", does.join("; ")), 2, Scope::Text);
            }
        }
        if !report.phrases.is_empty() {
            self.head(words::taste_phrases());
            let phrases: Vec<&str> = report.phrases.iter().map(|phrase| phrase.words.as_str()).collect();
            self.text(&phrases.join(" · "), 2, Scope::Text);
        }
        if report.verdicts > 1 {
            self.head(words::taste_diversity());
            let pairs = f64::from(report.diversity.distinct_2 * 100.0).round();
            let unlikeness = format!("{:.2}", report.diversity.unlikeness);
            let words =
                self.say(words::taste_diversity_says(pairs, format!("{:.2}", report.diversity.spread), unlikeness));
            self.text(&words, 2, Scope::Text);
        }
    }
}

/// Acceptance over time, oldest first: a column a stretch, and its percentage.
fn over_time(stretches: &[Stretch]) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let step = |stretch: &Stretch| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of eight")]
        let at = (stretch.rate * 7.0).round() as usize;
        STEPS.get(at).copied().unwrap_or('█')
    };
    let percent = |stretch: &Stretch| format!("{:.0} %", stretch.rate * 100.0);
    let (steps, told): (String, Vec<String>) =
        (stretches.iter().map(step).collect(), stretches.iter().map(percent).collect());
    format!("{steps}  {}", told.join(", "))
}

fn padded(words: &str, columns: usize) -> String {
    let words = fit(words, columns.saturating_sub(1));
    let gap = " ".repeat(columns.saturating_sub(width(&words)));
    format!("{words}{gap}")
}
