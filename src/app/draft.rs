//! What stands in the editor: kept beside the board while it is written, and in the editor again at the next start, where the
//! program ended before it was done. On the board it would be a change that nobody made.

use super::buffer::Buffer;
use super::model::{Editor, Model, Overlay, Target};
use super::msg::{Clip, Draft, Effect};
use super::now::Now;
use super::{review, texts};
use crate::board::{SceneId, TakeId};
use crate::words::{self, Phrase};

/// How often what is being written is kept, in milliseconds: a line that freezes, or a power cut, costs no more.
const EVERY_MS: u64 = 1_000;

/// The program ends: what stands in the editor is kept, and a note that waits for its verdict.
pub(super) fn keep(model: &mut Model) -> Vec<Effect> {
    let written = written(model).map(|editor| (editor.target, editor.buffer.text().to_owned()));
    let waiting = || Some((Target::Note, review::note_words(model))).filter(|(_, words)| !words.is_empty());
    let written = written.or_else(waiting);
    written.and_then(|(target, words)| kept(model, target, words)).into_iter().collect()
}

/// What is being written is kept now and then; once the editor is closed, it is on the board or dropped.
pub(super) fn settle(model: &mut Model, now: Now) -> Option<Effect> {
    let is_written = written(model).is_some();
    let keeping = &mut model.desk_mut()?.keeping;
    if !is_written {
        return std::mem::take(&mut keeping.draft).then_some(Effect::KeepDraft(None));
    }
    if now.at_ms < keeping.drafted_ms + EVERY_MS {
        return None;
    }
    keeping.drafted_ms = now.at_ms;
    let (target, words) = written(model).map(|editor| (editor.target, editor.buffer.text().to_owned()))?;
    kept(model, target, words)
}

/// The editor, where what stands in it was changed. A board that is yet to be made has no place for it.
fn written(model: &Model) -> Option<&Editor> {
    let Overlay::Editor(editor) = &model.overlay else { return None };
    let is_new = editor.buffer.text() != editor.before && !matches!(editor.target, Target::NewBoard(_));
    is_new.then_some(editor)
}

fn kept(model: &mut Model, target: Target, words: String) -> Option<Effect> {
    let reviewer = model.reviewer.clone();
    let on_stage = shown(model);
    let desk = model.desk_mut().filter(|desk| !desk.read_only)?;
    desk.keeping.draft = true;
    let on_stage = on_stage.filter(|_| target == Target::Note);
    Some(Effect::KeepDraft(Some(Box::new(Draft { reviewer, target, on_stage, words }))))
}

fn shown(model: &Model) -> Option<(SceneId, TakeId)> {
    Some((model.desk()?.scene()?.id, model.whole_take()?.id))
}

/// A board is open, and beside it is what somebody was writing. Answers what is to be said of it.
pub(super) fn resume(model: &mut Model, now: Now, draft: Draft) -> (Option<Phrase>, Vec<Effect>) {
    let Draft { reviewer, target, on_stage, words } = draft;
    let is_mine = reviewer == model.reviewer;
    let Some(desk) = model.desk_mut().filter(|desk| is_mine && !desk.read_only) else { return (None, Vec::new()) };
    desk.keeping.draft = true;
    go_to(model, now, target, on_stage);
    let (before, effects) = match target {
        // Proposals have ended with the program.
        Target::Proposal(_) => (None, Vec::new()),
        Target::Note if on_stage.is_none() || shown(model) != on_stage => (None, Vec::new()),
        Target::Note => (Some(String::new()), review::resume(model, now)),
        target => (texts::words(model, target), Vec::new()),
    };
    match before {
        Some(before) => {
            let editor = Editor { target, before, buffer: Buffer::new(&words), asking: false };
            model.overlay = Overlay::Editor(Box::new(editor));
            (Some(words::draft_back()), effects)
        }
        // Nothing here can take the words; whoever wrote them may have another place for them.
        None => (Some(words::draft_homeless(words.as_str())), vec![Effect::Copy(Clip::Text(words))]),
    }
}

/// Shows the scene and the take that the text is of.
fn go_to(model: &mut Model, now: Now, target: Target, on_stage: Option<(SceneId, TakeId)>) {
    let scene = target.scene().or(on_stage.map(|(scene, _)| scene));
    let take = target.take().or(on_stage.map(|(_, take)| take));
    let Some(desk) = model.desk_mut() else { return };
    let Some(scene) = scene.and_then(|scene| desk.board.position(scene)) else { return };
    if scene != desk.at.scene {
        desk.go_to(scene, now);
    }
    let takes = &desk.board.scenes[scene].takes;
    if let Some(at) = take.and_then(|id| takes.iter().position(|take| take.id == id)) {
        desk.go_to_take(at, now);
    }
}
