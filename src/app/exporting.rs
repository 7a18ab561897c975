//! Taking the board out in another format, while work goes on.

use super::action::Argument;
use super::model::Model;
use super::msg::{Effect, Epoch, ExportNews};
use super::now::Now;
use super::progress::{Phase, Progress};
use super::writing;
use crate::words::{self, Phrase};

/// An export under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Exporting {
    /// Which answer it waits for.
    asked: Epoch,
    /// The format.
    pub format: String,
    /// How far it is, where it has said so.
    pub progress: Option<Progress>,
}

/// A format, and behind it where the file goes, if not beside the board.
pub(super) const FORMAT: Argument =
    Argument { name: words::argument_format, choices: formats, free: true, lookup: None, preview: None };

fn formats(model: &Model) -> Vec<String> {
    model.settings.formats.clone()
}

pub(super) fn can_export(model: &Model) -> bool {
    model.desk().is_some() && model.exporting.is_none() && !model.settings.formats.is_empty()
}

pub(super) fn is_exporting(model: &Model) -> bool {
    model.exporting.is_some()
}

/// Takes the board out as it is now: `FORMAT`, or `FORMAT PATH`.
pub(super) fn export(model: &mut Model, _: Now, wanted: &str) -> Vec<Effect> {
    let (format, to) = wanted.split_once(char::is_whitespace).unwrap_or((wanted, ""));
    if !model.settings.formats.iter().any(|known| known == format) {
        model.warn(words::export_unknown(format, model.settings.formats.join(", ")));
        return Vec::new();
    }
    let asked = model.next_epoch();
    let Some(desk) = model.desk() else { return Vec::new() };
    let effect = Effect::Export {
        asked,
        board: Box::new(desk.board.clone()),
        path: desk.path.clone(),
        format: format.to_owned(),
        to: to.trim().to_owned(),
    };
    model.exporting = Some(Exporting { asked, format: format.to_owned(), progress: None });
    model.say(words::export_begun(format));
    vec![effect]
}

pub(super) fn stop(_: &mut Model, _: Now) -> Vec<Effect> {
    vec![Effect::StopExport]
}

/// News of an export; of one that nobody waits for any more there is none.
pub(super) fn news(model: &mut Model, now: Now, asked: Epoch, news: ExportNews) -> Vec<Effect> {
    let Some(exporting) = model.exporting.as_mut().filter(|exporting| exporting.asked == asked) else {
        return Vec::new();
    };
    match news {
        ExportNews::Step(done, total) => {
            #[expect(clippy::cast_precision_loss, reason = "steps of a job")]
            let share = done as f32 / total.max(1) as f32;
            exporting.progress = Some(Progress::step(exporting.progress, Phase::Exporting, share, now.at_ms));
            return Vec::new();
        }
        ExportNews::Done { written, left_out } => {
            model.exporting = None;
            let said = words::export_done(written);
            model.say(said.clone());
            if !left_out.is_empty() {
                model.say(words::export_left_out(Phrase::joined("; ", left_out), said.clone()));
            }
            return writing::told_elsewhere(model, said).into_iter().collect();
        }
        ExportNews::Stopped => {
            model.exporting = None;
            model.say(words::export_stopped());
        }
        ExportNews::Failed(why) => {
            model.exporting = None;
            model.warn(words::export_failed(why));
        }
    }
    Vec::new()
}
