//! Changing texts: which one, the inline editor, and what becomes of the words.

use super::action::Argument;
use super::buffer::Buffer;
use super::model::{Editor, Model, Overlay, Target};
use super::msg::Effect;
use super::now::Now;
use super::{bible, judging, picker, proposals, review, texts, typing};
use crate::board::check;
use crate::board::text::{TEXT_MAX, clean, without_sequences};
use crate::board::{Edit, Field, Line, SceneChange, SceneId, TakeId, Text, Verdict};
use crate::words::{self, Phrase};

pub(super) fn can_edit_scene(model: &Model) -> bool {
    model.on_desk() && model.desk().is_some_and(|desk| !desk.read_only && desk.scene().is_some())
}

pub(super) fn brief(model: &mut Model, _: Now) -> Vec<Effect> {
    let target = model.desk().and_then(|desk| desk.scene()).map(|scene| Target::Brief(scene.id));
    if let Some(target) = target {
        open(model, target);
    }
    Vec::new()
}

pub(super) fn brief_outside(model: &mut Model, _: Now) -> Vec<Effect> {
    let scene = model.desk().and_then(|desk| desk.scene());
    scene.map(|scene| Effect::EditOutside(scene.id, scene.brief.to_string())).into_iter().collect()
}

pub(super) fn choose_field(model: &mut Model, _: Now) -> Vec<Effect> {
    model.overlay = Overlay::Fields(0);
    Vec::new()
}

pub(super) fn next_field(model: &mut Model, _: Now) -> Vec<Effect> {
    step_field(model, 1)
}

pub(super) fn previous_field(model: &mut Model, _: Now) -> Vec<Effect> {
    step_field(model, -1)
}

fn step_field(model: &mut Model, by: isize) -> Vec<Effect> {
    let last = texts::targets(model).len().saturating_sub(1);
    if let Overlay::Fields(at) = &mut model.overlay {
        *at = at.saturating_add_signed(by).min(last);
    }
    Vec::new()
}

/// The text under the cursor.
pub(super) fn field_here(model: &mut Model, _: Now) -> Vec<Effect> {
    let Overlay::Fields(at) = model.overlay else { return Vec::new() };
    model.overlay = Overlay::None;
    if let Some(target) = texts::targets(model).get(at).copied() {
        open(model, target);
    }
    Vec::new()
}

/// Whether there is a text to change: a board has some even without a scene.
pub(super) fn can_edit_texts(model: &Model) -> bool {
    model.on_desk() && model.desk().is_some_and(|desk| !desk.read_only)
}

/// Opens the editor on a text.
pub(super) fn open(model: &mut Model, target: Target) {
    if let Some(before) = texts::words(model, target) {
        begin(model, target, &before);
    }
}

/// Opens the editor on these words.
pub(super) fn begin(model: &mut Model, target: Target, before: &str) {
    let buffer = Buffer::new(before);
    model.overlay = Overlay::Editor(Box::new(Editor { target, before: before.to_owned(), buffer, asking: false }));
}

/// The columns the inline editor has.
#[must_use]
pub fn columns(size: (u16, u16)) -> usize {
    usize::from(size.0.saturating_sub(4)).clamp(10, 100)
}

/// The number of a text that can be changed.
pub(super) const FIELD: Argument =
    Argument { name: words::argument_number, choices: |_| Vec::new(), free: true, lookup: None, preview: None };

fn target(model: &Model) -> Option<Target> {
    match &model.overlay {
        Overlay::Editor(editor) => Some(editor.target),
        _ => None,
    }
}

pub(super) fn is_line(model: &Model) -> bool {
    target(model).is_some_and(Target::is_line)
}

pub(super) fn is_text(model: &Model) -> bool {
    target(model).is_some_and(|target| !target.is_line())
}

pub(super) fn is_brief(model: &Model) -> bool {
    matches!(target(model), Some(Target::Brief(_)))
}

/// Leaves the editor; where its words were changed, it asks what becomes of them.
pub(super) fn leave(model: &mut Model, _: Now) -> Vec<Effect> {
    if let Overlay::Editor(editor) = &mut model.overlay {
        match editor.buffer.text() == editor.before {
            true => model.overlay = Overlay::None,
            false => editor.asking = true,
        }
    }
    Vec::new()
}

pub(super) fn go_on(model: &mut Model, _: Now) -> Vec<Effect> {
    if let Overlay::Editor(editor) = &mut model.overlay {
        editor.asking = false;
    }
    Vec::new()
}

/// Text pasted into the editor, cleaned on its way in.
pub(super) fn paste(model: &mut Model, now: Now, raw: &str) -> Vec<Effect> {
    // More than a text may have is neither cleaned nor drawn: a megabyte pasted must not hold the screen up.
    let enough = raw.char_indices().nth(TEXT_MAX).map_or(raw, |(end, _)| &raw[..end]);
    let words = without_sequences(enough);
    let clean = clean(&words);
    match &mut model.overlay {
        Overlay::Editor(editor) => {
            let clean = if editor.target.is_line() { clean.replace('\n', " ") } else { clean.into_owned() };
            editor.buffer.insert(&clean);
        }
        Overlay::Palette(_) | Overlay::Filter(_) => {
            let line = clean.lines().next().unwrap_or_default().to_owned();
            return typing::by(model, now, |buffer| buffer.insert(&line));
        }
        _ => return Vec::new(),
    }
    if enough.len() < raw.len() {
        model.warn(words::paste_cut(TEXT_MAX));
    }
    Vec::new()
}

/// The words of the editor go onto the board. Where they do not fit, the editor stays open and says why.
pub(super) fn commit(model: &mut Model, now: Now) -> Vec<Effect> {
    let Overlay::Editor(editor) = &mut model.overlay else { return Vec::new() };
    editor.asking = false;
    // A last line without words is no part of a text: in texts of several lines enter begins one.
    let (target, words) = (editor.target, editor.buffer.text().trim_end().to_owned());
    let before = editor.before.clone();
    let unchanged = words == before;
    if let Target::Reason(..) = target {
        model.overlay = Overlay::None;
        let reason = Some(Line::clipped(&words, 300)).filter(|reason| !reason.is_empty());
        return judging::judge(model, now, Verdict::Reject, reason);
    }
    if unchanged {
        model.overlay = Overlay::None;
        return Vec::new();
    }
    if let Target::NewBoard(template) = target {
        model.overlay = Overlay::None;
        return picker::make(model, &words, template);
    }
    if target == Target::Note {
        model.overlay = Overlay::None;
        review::set_note(model, &words);
        return Vec::new();
    }
    if let Target::Proposal(at) = target {
        match Text::new(&words) {
            Ok(words) => {
                model.overlay = Overlay::None;
                proposals::reword(model, at, words);
            }
            Err(error) => model.warn(texts::too_long(error)),
        }
        return Vec::new();
    }
    match texts::change(model, target, &words) {
        Ok(edit) => {
            model.overlay = Overlay::None;
            let lesson = judging::lesson(model, now, &edit);
            let said = match (&edit, target) {
                (Edit::Together(parts), Target::Entry(..)) => words::entry_renamed(parts.len().saturating_sub(1)),
                _ => target.edited(model.desk().map(|desk| &desk.board), &before, &words),
            };
            let mut effects = model.edit(edit, said);
            effects.extend(lesson.filter(|_| !effects.is_empty()));
            match target {
                Target::Entry(kind, at, _) => bible::go_to_entry(model, kind, at),
                Target::Take(scene, take, Field::Dialogue) => name_strangers(model, scene, take),
                _ => {}
            }
            effects
        }
        Err(why) => {
            model.warn(why);
            Vec::new()
        }
    }
}

/// Says who speaks in a take and is in no list of the bible.
fn name_strangers(model: &mut Model, scene: SceneId, take: TakeId) {
    let Some(board) = model.desk().map(|desk| &desk.board) else { return };
    let Some(take) = board.scene(scene).and_then(|scene| scene.take(take)) else { return };
    let strangers = check::strangers(board, take);
    if !strangers.is_empty() {
        let bible = model.keys_of("view.bible");
        let said = words::speakers_unknown(strangers.len(), bible, strangers.join(", "));
        model.warn(said);
    }
}

/// The brief as the person's own editor left it.
pub(super) fn edited_outside(
    model: &mut Model,
    scene: crate::board::SceneId,
    edited: Result<String, Phrase>,
) -> Vec<Effect> {
    match edited.and_then(|words| texts::change(model, Target::Brief(scene), &words)) {
        Ok(Edit::Scene { change: SceneChange::Brief(brief), .. })
            if model.desk().and_then(|desk| desk.board.scene(scene)).is_some_and(|scene| scene.brief == brief) =>
        {
            model.say(words::brief_unchanged());
            Vec::new()
        }
        Ok(edit) => {
            let brief = match &edit {
                Edit::Scene { change: SceneChange::Brief(brief), .. } => brief.as_str(),
                _ => "",
            };
            let board = model.desk().map(|desk| &desk.board);
            let before = board.and_then(|board| board.scene(scene)).map_or("", |scene| scene.brief.as_str());
            let said = Target::Brief(scene).edited(board, before, brief);
            model.edit(edit, said)
        }
        Err(why) => {
            model.warn(why);
            Vec::new()
        }
    }
}
