//! Changing texts: which one, the inline editor, and what becomes of the words.

use super::action::Argument;
use super::buffer::Buffer;
use super::model::{BoardText, Editor, EntryText, Model, Overlay, Target};
use super::msg::Effect;
use super::now::Now;
use super::{bible, judging, picker, proposals, review, turns, typing};
use crate::board::check::is_language;
use crate::board::text::{TEXT_MAX, TooLong};
use crate::board::{
    Angle, BoardChange, Edit, Field, Line, Lock, Move, Scene, SceneChange, Seconds, Shot, Size, Take, Text, Verdict,
    aspect,
};
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
    let last = targets(model).len().saturating_sub(1);
    if let Overlay::Fields(at) = &mut model.overlay {
        *at = at.saturating_add_signed(by).min(last);
    }
    Vec::new()
}

/// The text under the cursor.
pub(super) fn field_here(model: &mut Model, _: Now) -> Vec<Effect> {
    let Overlay::Fields(at) = model.overlay else { return Vec::new() };
    model.overlay = Overlay::None;
    if let Some(target) = targets(model).get(at).copied() {
        open(model, target);
    }
    Vec::new()
}

/// Whether there is a text to change: a board has some even without a scene.
pub(super) fn can_edit_texts(model: &Model) -> bool {
    model.on_desk() && model.desk().is_some_and(|desk| !desk.read_only)
}

/// The texts that can be changed now; the first nine have a digit each.
#[must_use]
pub fn targets(model: &Model) -> Vec<Target> {
    let Some(scene) = model.desk().and_then(|desk| desk.scene()) else {
        return [BoardText::Title, BoardText::Logline, BoardText::Tone].map(Target::Board).to_vec();
    };
    let mut targets =
        vec![Target::Heading(scene.id), Target::Brief(scene.id), Target::Number(scene.id), Target::Sequence(scene.id)];
    if let Some(take) = model.whole_take() {
        let fields = [Field::Action, Field::Dialogue, Field::Sound];
        targets.extend(fields.map(|field| Target::Take(scene.id, take.id, field)));
        let of_shot = |shot| [Target::Shot(scene.id, take.id, shot), Target::Framing(scene.id, take.id, shot)];
        targets.extend((0..take.shots.len()).flat_map(of_shot));
    }
    targets.push(Target::Length(scene.id));
    targets
}

/// Opens the editor on a text.
pub(super) fn open(model: &mut Model, target: Target) {
    if let Some(before) = words(model, target) {
        begin(model, target, &before);
    }
}

/// Opens the editor on these words.
pub(super) fn begin(model: &mut Model, target: Target, before: &str) {
    let buffer = Buffer::new(before);
    model.overlay = Overlay::Editor(Box::new(Editor { target, before: before.to_owned(), buffer, asking: false }));
}

fn words(model: &Model, target: Target) -> Option<String> {
    let board = &model.desk()?.board;
    let take = |scene, take| board.scene(scene)?.take(take);
    Some(match target {
        Target::Number(id) => board.scene(id)?.number.to_string(),
        Target::Heading(id) => board.scene(id)?.current_heading().to_string(),
        Target::Brief(id) => board.scene(id)?.brief.to_string(),
        Target::Take(scene, id, field) => {
            let take = take(scene, id)?;
            match field {
                Field::Heading => take.heading.as_ref().map(Line::to_string).unwrap_or_default(),
                Field::Action => take.action.to_string(),
                Field::Sound => take.sound.to_string(),
                Field::Dialogue => turns::dialogue_words(take),
                Field::Shots => return None,
            }
        }
        Target::Shot(scene, id, shot) => take(scene, id)?.shots.get(shot)?.description.to_string(),
        Target::Framing(scene, id, shot) => framing_words(take(scene, id)?.shots.get(shot)?),
        Target::Length(id) => board.scene(id)?.seconds.map(|seconds| seconds.get().to_string()).unwrap_or_default(),
        Target::Board(BoardText::Title) => board.title.to_string(),
        Target::Board(BoardText::Logline) => board.logline.to_string(),
        Target::Board(BoardText::Tone) => board.tone.as_ref().map(Text::to_string).unwrap_or_default(),
        Target::Board(BoardText::Language) => board.language.to_string(),
        Target::Board(BoardText::Aspect) => board.aspect.to_string(),
        Target::Board(BoardText::Fps) => board.fps.to_string(),
        Target::Board(BoardText::Style) => board.style.as_ref().map(Line::to_string).unwrap_or_default(),
        Target::Sequence(id) => board.scene(id)?.sequence.as_ref().map(Line::to_string).unwrap_or_default(),
        Target::Entry(kind, at, text) => bible::entry_words(board, kind, at, text),
        Target::NewBoard(_) => String::new(),
        Target::Note => review::note_words(model),
        Target::Proposal(at) => proposals::words(model, at)?,
        Target::Reason(..) => String::new(),
    })
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
    let clean = crate::board::text::clean(enough);
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

/// What stands in the open editor goes onto the board where it fits: the program ends, and nobody can be asked. What would do
/// more than change a text is not done.
pub(super) fn keep_written(model: &mut Model, now: Now) -> Vec<Effect> {
    match target(model) {
        None | Some(Target::Reason(..) | Target::Note | Target::NewBoard(_) | Target::Proposal(_)) => Vec::new(),
        Some(_) => commit(model, now),
    }
}

/// The words of the editor go onto the board. Where they do not fit, the editor stays open and says why.
pub(super) fn commit(model: &mut Model, now: Now) -> Vec<Effect> {
    let Overlay::Editor(editor) = &mut model.overlay else { return Vec::new() };
    editor.asking = false;
    // A last line without words is no part of a text: in texts of several lines enter begins one.
    let (target, words) = (editor.target, editor.buffer.text().trim_end().to_owned());
    let unchanged = words == editor.before;
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
            Err(error) => model.warn(too_long(error)),
        }
        return Vec::new();
    }
    match change(model, target, &words) {
        Ok(edit) => {
            model.overlay = Overlay::None;
            let lesson = judging::lesson(model, now, &edit);
            let said = match (&edit, target) {
                (Edit::Together(parts), Target::Entry(..)) => words::entry_renamed(parts.len().saturating_sub(1)),
                _ => target.edited(model.desk().map(|desk| &desk.board), &words),
            };
            let mut effects = model.edit(edit, said);
            effects.extend(lesson.filter(|_| !effects.is_empty()));
            if let Target::Entry(kind, at, _) = target {
                bible::go_to_entry(model, kind, at);
            }
            effects
        }
        Err(why) => {
            model.warn(why);
            Vec::new()
        }
    }
}

/// The brief as the person's own editor left it.
pub(super) fn edited_outside(
    model: &mut Model,
    scene: crate::board::SceneId,
    edited: Result<String, Phrase>,
) -> Vec<Effect> {
    match edited.and_then(|words| change(model, Target::Brief(scene), &words)) {
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
            let said = Target::Brief(scene).edited(model.desk().map(|desk| &desk.board), brief);
            model.edit(edit, said)
        }
        Err(why) => {
            model.warn(why);
            Vec::new()
        }
    }
}

pub(super) fn too_long(error: TooLong) -> Phrase {
    words::too_long(error.cap, error.length)
}

/// The edit that puts new words in their place.
fn change(model: &Model, target: Target, words: &str) -> Result<Edit, Phrase> {
    let text = || Text::new(words).map_err(too_long);
    let line = || Line::new(words).map_err(too_long);
    let board = model.desk().map(|desk| &desk.board).ok_or_else(words::no_board)?;
    let scene = |id| board.scene(id).ok_or_else(words::scene_gone);
    Ok(match target {
        Target::Number(id) => Edit::Scene { id, change: SceneChange::Number(line()?) },
        Target::Heading(id) => heading(scene(id)?, line()?),
        Target::Brief(id) => Edit::Scene { id, change: SceneChange::Brief(text()?) },
        Target::Take(id, take, field) => {
            let mut take = scene(id)?.take(take).ok_or_else(words::take_gone)?.clone();
            match field {
                Field::Heading => take.heading = Some(line()?).filter(|heading| !heading.is_empty()),
                Field::Action => turns::set_action(&mut take, text()?),
                Field::Sound => take.sound = text()?,
                Field::Dialogue => take.dialogue = turns::dialogue(&take, words)?,
                Field::Shots => {}
            }
            edited(&mut take, field);
            Edit::ReplaceTake { scene: id, take: Box::new(take) }
        }
        Target::Shot(id, take, shot) => {
            let mut take = scene(id)?.take(take).ok_or_else(words::take_gone)?.clone();
            take.shots.get_mut(shot).ok_or_else(words::shot_gone)?.description = text()?;
            edited(&mut take, Field::Shots);
            Edit::ReplaceTake { scene: id, take: Box::new(take) }
        }
        Target::Framing(id, take, shot) => {
            let mut take = scene(id)?.take(take).ok_or_else(words::take_gone)?.clone();
            set_framing(take.shots.get_mut(shot).ok_or_else(words::shot_gone)?, words)?;
            edited(&mut take, Field::Shots);
            Edit::ReplaceTake { scene: id, take: Box::new(take) }
        }
        Target::Length(id) => {
            let seconds = match words.trim() {
                "" => None,
                said => Some(seconds(said).ok_or_else(words::seconds_are_a_number)?),
            };
            Edit::Scene { id, change: SceneChange::Seconds(seconds) }
        }
        Target::Board(BoardText::Title) => Edit::Board(BoardChange::Title(line()?)),
        Target::Board(BoardText::Logline) => Edit::Board(BoardChange::Logline(text()?)),
        Target::Board(BoardText::Tone) => {
            Edit::Board(BoardChange::Tone(Some(text()?).filter(|tone| !tone.trim().is_empty())))
        }
        Target::Board(BoardText::Language) => {
            let language = Some(line()?).filter(|tag| is_language(tag));
            Edit::Board(BoardChange::Language(language.ok_or_else(words::language_is_a_tag)?))
        }
        Target::Board(BoardText::Aspect) => {
            let aspect = Some(line()?).filter(|aspect| aspect::ratio(aspect).is_some());
            Edit::Board(BoardChange::Aspect(aspect.ok_or_else(words::aspect_is_two_numbers)?))
        }
        Target::Board(BoardText::Fps) => {
            Edit::Board(BoardChange::Fps(words.trim().parse().map_err(|_| words::fps_is_a_number())?))
        }
        Target::Board(BoardText::Style) => {
            let (style, known) = (line()?, &model.settings.styles);
            if !style.is_empty() && !known.iter().any(|name| *name == style.as_str()) {
                return Err(words::style_unknown(known.join(", "), style.as_str()));
            }
            Edit::Board(BoardChange::Style(Some(style).filter(|style| !style.is_empty())))
        }
        Target::Sequence(id) => {
            let sequence = Some(line()?).filter(|sequence| !sequence.is_empty());
            Edit::Scene { id, change: SceneChange::Sequence(sequence) }
        }
        Target::Entry(kind, at, EntryText::Name) => bible::named(board, kind, at, line()?),
        Target::Entry(kind, at, EntryText::Look) => {
            let look = text()?;
            bible::entry_edit(board, kind, at, |entry| entry.look = look)
        }
        Target::Entry(kind, at, EntryText::Now) => {
            let now = Some(text()?).filter(|now| !now.trim().is_empty());
            bible::entry_edit(board, kind, at, |entry| entry.now = now)
        }
        Target::NewBoard(_) | Target::Note | Target::Proposal(_) | Target::Reason(..) => return Err(words::no_board()),
    })
}

/// How a shot is framed and how long it lasts, as one line.
fn framing_words(shot: &Shot) -> String {
    format!("{}, {}, {}, {}", shot.size, shot.angle, shot.camera, shot.seconds.get())
}

/// Reads such a line; what it does not name stays.
fn set_framing(shot: &mut Shot, words: &str) -> Result<(), Phrase> {
    fn all<T: ToString>(words: &[T]) -> String {
        words.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
    for word in words.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        if let Ok(size) = word.parse() {
            shot.size = size;
        } else if let Ok(angle) = word.parse() {
            shot.angle = angle;
        } else if let Ok(camera) = word.parse() {
            shot.camera = camera;
        } else if let Some(seconds) = seconds(word) {
            shot.seconds = seconds;
        } else {
            return Err(words::framing_unknown(
                all(Angle::ALL),
                all(Move::ALL),
                all(Size::ALL),
                Line::clipped(word, 40).as_str(),
            ));
        }
    }
    Ok(())
}

/// `4`, `4.5 s`.
fn seconds(words: &str) -> Option<Seconds> {
    Seconds::new(words.trim().trim_end_matches('s').trim().parse().ok()?)
}

/// A heading somebody wrote is meant: the model keeps it until it is unlocked, and it stands over what the picked take
/// proposed.
fn heading(scene: &Scene, heading: Line) -> Edit {
    let id = scene.id;
    let mut locked = scene.locked.clone();
    locked.retain(|lock| *lock != Lock::Field(Field::Heading));
    if !heading.is_empty() {
        locked.insert(0, Lock::Field(Field::Heading));
    }
    let change = Edit::Scene { id, change: SceneChange::Heading(heading) };
    let lock = Edit::Scene { id, change: SceneChange::Locked(locked) };
    let proposed = scene.picked_take().filter(|take| take.heading.is_some()).map(|take| {
        let mut take = take.clone();
        take.heading = None;
        edited(&mut take, Field::Heading);
        Edit::ReplaceTake { scene: id, take: Box::new(take) }
    });
    Edit::Together([change, lock].into_iter().chain(proposed).collect())
}

/// The provenance remembers what a person changed.
fn edited(take: &mut Take, field: Field) {
    if !take.provenance.edited.contains(&field) {
        take.provenance.edited.push(field);
    }
}
