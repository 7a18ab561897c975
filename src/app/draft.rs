//! What stood in the editor when the program ended: kept beside the board as it was, and in the editor again at the next start.
//! On the board it would be a change that nobody made.

use super::buffer::Buffer;
use super::model::{Editor, Model, Overlay, Target};
use super::msg::{Draft, Effect};
use super::now::Now;
use super::{review, texts};
use crate::words;

/// The program ends: what stands in the editor is kept.
pub(super) fn keep(model: &Model) -> Vec<Effect> {
    let written = match &model.overlay {
        Overlay::Editor(editor) if editor.buffer.text() != editor.before => {
            Some((editor.target, editor.buffer.text().to_owned()))
        }
        // A note waits for its verdict.
        _ => Some((Target::Note, review::note_words(model))).filter(|(_, words)| !words.is_empty()),
    };
    let writable = model.desk().is_some_and(|desk| !desk.read_only);
    let written = written.filter(|(target, _)| writable && !matches!(target, Target::NewBoard(_)));
    let draft = |(target, words)| Draft { reviewer: model.reviewer.clone(), target, words };
    written.map(|written| Effect::KeepDraft(Some(Box::new(draft(written))))).into_iter().collect()
}

/// A board is open, and beside it is what somebody was writing. Where its place is gone, the words are said.
pub(super) fn resume(model: &mut Model, now: Now, draft: Draft) {
    let writable = model.desk().is_some_and(|desk| !desk.read_only);
    if draft.reviewer != model.reviewer || !writable {
        return;
    }
    if let Some(desk) = model.desk_mut() {
        desk.keeping.draft = true;
    }
    go_to(model, now, draft.target);
    let before = match draft.target {
        // Proposals have ended with the program.
        Target::Proposal(_) => None,
        Target::Note => review::resume(model, now).then(String::new),
        target => texts::words(model, target),
    };
    match before {
        Some(before) => {
            let buffer = Buffer::new(&draft.words);
            let editor = Editor { target: draft.target, before, buffer, asking: false };
            model.overlay = Overlay::Editor(Box::new(editor));
            model.say(words::draft_back());
        }
        None => model.say(words::draft_homeless(draft.words)),
    }
}

/// Shows the scene and the take that the text is of.
fn go_to(model: &mut Model, now: Now, target: Target) {
    let Some(desk) = model.desk_mut() else { return };
    let Some(scene) = target.scene().and_then(|scene| desk.board.position(scene)) else { return };
    if scene != desk.at.scene {
        desk.go_to(scene, now);
    }
    let takes = &desk.board.scenes[scene].takes;
    if let Some(at) = target.take().and_then(|id| takes.iter().position(|take| take.id == id)) {
        desk.go_to_take(at, now);
    }
}

/// Once the editor is closed, what was kept is on the board or dropped.
pub(super) fn settle(model: &mut Model) -> Option<Effect> {
    let is_open = matches!(model.overlay, Overlay::Editor(_));
    let desk = model.desk_mut().filter(|desk| desk.keeping.draft && !is_open)?;
    desk.keeping.draft = false;
    Some(Effect::KeepDraft(None))
}
