//! Verdicts, and going back and forth through what was done. A verdict changes the board only once it is on disk.

use super::action::Argument;
use super::history::{Change, Step};
use super::model::{Editor, Judging, Model, Overlay, Target, Way};
use super::msg::Effect;
use super::now::Now;
use super::{compare, review, writing};
use crate::app::buffer::Buffer;
use crate::board::plan::Limits;
use crate::board::verdict::verdict_edit;
use crate::board::{Edit, Feedback, Line, Origin, Storyboard, Take, TakeId, Verdict};
use crate::taste::Reason;
use crate::taste::heeds::{self, heeds};
use crate::words::{self, Phrase};

/// Reasons on the digit keys, as they are recorded.
pub const REASONS: [&str; 9] = [
    "not the brief",
    "out of character",
    "wrong place or prop",
    "too much dialogue",
    "too static",
    "too long",
    "too slow",
    "seen before",
    "tone",
];

/// How many reasons there are: the person's own, else those of [`REASONS`].
#[must_use]
pub fn reasons(model: &Model) -> usize {
    let own = model.settings.reasons.len().min(REASONS.len());
    if own == 0 { REASONS.len() } else { own }
}

/// What the screen calls a reason.
#[must_use]
pub fn reason_name(model: &Model, at: usize) -> Phrase {
    if !model.settings.reasons.is_empty() {
        return Phrase::verbatim(reason(model, at).map(|reason| reason.to_string()).unwrap_or_default());
    }
    match at {
        0 => words::reason_brief(),
        1 => words::reason_character(),
        2 => words::reason_place(),
        3 => words::reason_talk(),
        4 => words::reason_static(),
        5 => words::reason_long(),
        6 => words::reason_slow(),
        7 => words::reason_seen(),
        _ => words::reason_tone(),
    }
}

/// A reason as it is recorded.
fn reason(model: &Model, at: usize) -> Option<Line> {
    match model.settings.reasons.as_slice() {
        [] => REASONS.get(at).map(|reason| Line::clipped(reason, 80)),
        own => own.get(at).cloned(),
    }
}

pub(super) fn can_judge(model: &Model) -> bool {
    (model.on_desk() || review::is_open(model) || compare::is_open(model))
        && model.whole_take().is_some()
        && model.desk().is_some_and(|desk| !desk.read_only)
}

pub(super) fn accept(model: &mut Model, now: Now) -> Vec<Effect> {
    judge(model, now, Verdict::Accept, None)
}

pub(super) fn reject(model: &mut Model, now: Now) -> Vec<Effect> {
    judge(model, now, Verdict::Reject, None)
}

pub(super) fn ask_reason(model: &mut Model, _: Now) -> Vec<Effect> {
    model.overlay = Overlay::Reasons;
    Vec::new()
}

/// A reason by its number.
pub(super) const REASON: Argument =
    Argument { name: words::argument_reason, choices: numbered_reasons, free: false, lookup: None, preview: None };

fn numbered_reasons(model: &Model) -> Vec<String> {
    (0..reasons(model)).filter_map(|at| Some(format!("{} {}", at + 1, reason(model, at)?))).collect()
}

/// The reason on a digit key.
pub(super) fn reject_for(model: &mut Model, now: Now, digit: usize) -> Vec<Effect> {
    let Some(reason) = digit.checked_sub(1).and_then(|at| reason(model, at)) else { return Vec::new() };
    model.overlay = Overlay::None;
    judge(model, now, Verdict::Reject, Some(reason))
}

/// A reason in the person's own words.
pub(super) fn own_reason(model: &mut Model, _: Now) -> Vec<Effect> {
    let target = model.desk().and_then(|desk| Some(Target::Reason(desk.scene()?.id, model.whole_take()?.id)));
    if let Some(target) = target {
        let editor = Editor { target, before: String::new(), buffer: Buffer::new(""), asking: false };
        model.overlay = Overlay::Editor(Box::new(editor));
    }
    Vec::new()
}

pub(super) fn judge(model: &mut Model, now: Now, verdict: Verdict, reason: Option<Line>) -> Vec<Effect> {
    let (Some(desk), Some(take)) = (model.desk(), model.whole_take()) else { return Vec::new() };
    let Some(scene) = desk.scene() else { return Vec::new() };
    let reason = review::with_note(model, reason);
    let record = Feedback {
        id: now.feedback(),
        at_ms: now.at_ms,
        reviewer: model.reviewer.clone(),
        scene: scene.id,
        verdict,
        reason,
        looked_ms: (desk.at.since_ms > 0).then(|| now.at_ms.saturating_sub(desk.at.since_ms)),
        take: take.clone(),
        reading: None,
        edited_from: None,
        picked_before: scene.picked,
        index: desk.at.take,
    };
    let (begins, number) = (beginning(take), scene.number.as_str());
    let what = match scene.picked == Some(take.id) {
        true => words::picked_of_scene(begins.as_str(), number, desk.at.take + 1),
        false => words::take_of_scene(begins.as_str(), number, desk.at.take + 1),
    };
    let words = match (verdict, &record.reason) {
        (Verdict::Accept, _) => words::take_accepted(what),
        (_, Some(reason)) => words::take_rejected_for(reason.as_str(), what),
        (_, None) => words::take_rejected(what),
    };
    send(model, record.clone(), Step { words, change: Change::Verdict(Box::new(record)) }, Way::New)
}

/// How a take begins, in a few words: as takes that are rejected leave, others have their numbers.
fn beginning(take: &Take) -> Line {
    /// Characters of it.
    const BEGINNING: usize = 36;
    let spoken = take.dialogue.first().map(|speech| speech.line.as_str());
    let drawn = take.shots.first().map(|shot| shot.description.as_str());
    let said = [Some(take.action.as_str()), spoken, drawn].into_iter().flatten().find(|words| !words.trim().is_empty());
    Line::clipped(said.unwrap_or("…"), BEGINNING)
}

/// What taste is to learn of an edit to a take that the model wrote: the pair of what it was and what a person made of it.
/// Undone, it is told again as it is then. Nothing waits for it.
pub(super) fn lesson(model: &Model, now: Now, edit: &Edit) -> Option<Effect> {
    let Edit::ReplaceTake { scene, take } = edit else { return None };
    let scene = model.desk()?.board.scene(*scene)?;
    let index = scene.takes.iter().position(|one| one.id == take.id)?;
    let lesson = Feedback {
        id: now.feedback(),
        at_ms: now.at_ms,
        reviewer: model.reviewer.clone(),
        scene: scene.id,
        verdict: Verdict::Edit,
        reason: None,
        looked_ms: None,
        take: (**take).clone(),
        reading: None,
        edited_from: None,
        picked_before: scene.picked,
        index,
    };
    (take.provenance.origin == Origin::Model).then(|| Effect::Learn(Box::new(lesson)))
}

/// Sends a verdict to the disk; the board waits for it.
fn send(model: &mut Model, record: Feedback, step: Step, way: Way) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    match verdict_edit(&desk.board, &record) {
        Ok(edit) => {
            desk.judging = Some(Judging { edit: edit.clone(), step, way });
            vec![Effect::Judge(Box::new(record), Box::new(edit))]
        }
        Err(error) => {
            model.warn(error.to_string());
            Vec::new()
        }
    }
}

/// The verdict is on disk: now the board follows. Where the last of the model's takes was rejected, the next are asked for.
pub(super) fn judged(model: &mut Model, now: Now) -> Vec<Effect> {
    let (wording, compares) = (model.settings.wording.clone(), compare::is_open(model));
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    let Some(Judging { edit, step, way }) = desk.judging.take() else { return Vec::new() };
    let words = step.words.clone();
    let record = match &step.change {
        Change::Verdict(record) => Some((record.take.id, record.verdict, record.reason.clone())),
        Change::Edit(_) => None,
    };
    // Whoever compares judges what is there.
    let asks_on = way == Way::New && rejects_the_models(&step) && !compares;
    let asked = match &step.change {
        Change::Verdict(record) if way == Way::New => asked(&desk.board, record, &wording),
        _ => Limits::default(),
    };
    match desk.apply(&edit) {
        Ok(_) => {
            // The journal has it already.
            desk.keeping.waiting -= 1;
            let takes = desk.scene().map(|scene| scene.takes.as_slice()).unwrap_or_default();
            let shown = desk.at.take.min(takes.len().saturating_sub(1));
            // What was written before the reason was given may be what it speaks against: on to the next that is not, round
            // the scene's takes.
            let heeding = (shown..takes.len()).chain(0..shown).find(|&at| heeds(&takes[at], &asked));
            desk.go_to_take(heeding.unwrap_or(shown), now);
            compare::settle(desk);
            let said = match way {
                Way::New => {
                    desk.history.did(step);
                    words
                }
                Way::Undo => {
                    desk.history.undid(step);
                    words::taken_back(words)
                }
                Way::Redo => {
                    desk.history.redid(step);
                    words::done_again(words)
                }
            };
            model.say(said);
            match (record, way) {
                (Some((_, verdict, reason)), Way::New) => {
                    let effects = review::judged(model, now, verdict, reason, &asked);
                    // A review session asks ahead by itself.
                    let is_on_the_desk = !review::is_shown(model);
                    if asks_on && is_on_the_desk && !has_open_takes(model, &asked) && writing::can_generate(model) {
                        return writing::generate(model, now);
                    }
                    return effects;
                }
                (Some((take, ..)), Way::Undo) => review::retracted(model, now, take),
                _ => {}
            }
        }
        Err(error) => model.warn(error.to_string()),
    }
    Vec::new()
}

/// Whether a step rejects a take that the model wrote.
fn rejects_the_models(step: &Step) -> bool {
    let Change::Verdict(record) = &step.change else { return false };
    record.verdict == Verdict::Reject && record.take.provenance.origin == Origin::Model
}

/// What a verdict's reason asks of the next takes of its scene; nothing where it has none.
fn asked(board: &Storyboard, record: &Feedback, wording: &[(String, Reason)]) -> Limits {
    let reason = record.reason.as_ref().filter(|_| record.verdict == Verdict::Reject);
    let scene = board.scene(record.scene);
    scene
        .zip(reason)
        .map_or_else(Limits::default, |(scene, reason)| heeds::asked(board, scene, &record.take, reason, wording))
}

/// Whether the scene shown has takes of the model that are not the picked one, and heed what was asked: something is left to
/// judge.
fn has_open_takes(model: &Model, asked: &Limits) -> bool {
    let Some(scene) = model.desk().and_then(|desk| desk.scene()) else { return false };
    let is_open =
        |take: &Take| take.provenance.origin == Origin::Model && scene.picked != Some(take.id) && heeds(take, asked);
    scene.takes.iter().any(is_open)
}

/// The verdict could not be kept: the board stays as it is.
pub(super) fn not_judged(model: &mut Model, why: Phrase) {
    if let Some(judging) = model.desk_mut().and_then(|desk| desk.judging.take())
        && let Some(desk) = model.desk_mut()
    {
        match judging.way {
            Way::New => {}
            Way::Undo => desk.history.redid(judging.step),
            Way::Redo => desk.history.undid(judging.step),
        }
    }
    model.warn(words::verdict_not_taken(why));
}

/// Takes the newest verdict on a take back, whatever was done since.
pub(super) fn retract(model: &mut Model, now: Now, take: TakeId) -> Vec<Effect> {
    match model.desk_mut().and_then(|desk| desk.history.pop_verdict(take)) {
        Some(step) => step_over(model, now, step, Way::Undo),
        None => Vec::new(),
    }
}

pub(super) fn can_undo(model: &Model) -> bool {
    !review::is_shown(model) && model.desk().is_some_and(|desk| desk.history.can_undo() && !desk.read_only)
}

pub(super) fn can_redo(model: &Model) -> bool {
    !review::is_shown(model) && model.desk().is_some_and(|desk| desk.history.can_redo() && !desk.read_only)
}

pub(super) fn undo(model: &mut Model, now: Now) -> Vec<Effect> {
    let step = model.desk_mut().and_then(|desk| desk.history.pop_done());
    match step {
        Some(step) => step_over(model, now, step, Way::Undo),
        None => Vec::new(),
    }
}

pub(super) fn redo(model: &mut Model, now: Now) -> Vec<Effect> {
    let step = model.desk_mut().and_then(|desk| desk.history.pop_undone());
    match step {
        Some(step) => step_over(model, now, step, Way::Redo),
        None => Vec::new(),
    }
}

fn step_over(model: &mut Model, now: Now, step: Step, way: Way) -> Vec<Effect> {
    let edit = match &step.change {
        Change::Edit(edit) => (**edit).clone(),
        Change::Verdict(record) => {
            let record = match way {
                Way::Undo => record.retraction(now.feedback(), now.at_ms, model.reviewer.clone()),
                Way::New | Way::Redo => Feedback { id: now.feedback(), at_ms: now.at_ms, ..(**record).clone() },
            };
            let again = Step { words: step.words.clone(), change: Change::Verdict(Box::new(record.clone())) };
            // What is taken back is the verdict; what is done again is the new record of it.
            let step = if way == Way::Undo { step } else { again };
            return send(model, record, step, way);
        }
    };
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    match desk.apply(&edit) {
        Ok(inverse) => {
            let takes = desk.scene().map_or(0, |scene| scene.takes.len());
            let is_gone = desk.at.take >= takes;
            let words = step.words.clone();
            let back = Step { words: step.words, change: Change::Edit(Box::new(inverse)) };
            let said = match way {
                Way::Undo => {
                    desk.history.undid(back);
                    words::undone(words)
                }
                Way::New | Way::Redo => {
                    desk.history.redid(back);
                    words::redone(words)
                }
            };
            // What was on the stage may have been undone; what is being written stands behind the takes there are.
            if is_gone
                && model.growing().is_empty()
                && let Some(desk) = model.desk_mut()
            {
                desk.go_to_take(takes.saturating_sub(1), now);
            }
            model.say(said);
            let lesson = lesson(model, now, &edit);
            std::iter::once(Effect::Record(Box::new(edit))).chain(lesson).collect()
        }
        Err(error) => {
            model.warn(error.to_string());
            Vec::new()
        }
    }
}
