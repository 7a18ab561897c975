//! Writing into what lies over the screen: the editor's text, the palette's line, the filter's.

use super::buffer::Buffer;
use super::key::Key;
use super::model::{Model, Overlay};
use super::msg::Effect;
use super::now::Now;
use super::{editing, list, palette};

fn buffer(model: &Model) -> Option<&Buffer> {
    match &model.overlay {
        Overlay::Editor(editor) => Some(&editor.buffer),
        Overlay::Filter(buffer) => Some(buffer),
        Overlay::Palette(palette) => Some(&palette.input),
        _ => None,
    }
}

fn buffer_mut(model: &mut Model) -> Option<&mut Buffer> {
    match &mut model.overlay {
        Overlay::Editor(editor) => Some(&mut editor.buffer),
        Overlay::Filter(buffer) => Some(buffer),
        Overlay::Palette(palette) => Some(&mut palette.input),
        _ => None,
    }
}

pub(super) fn is_typing(model: &Model) -> bool {
    buffer(model).is_some()
}

pub(super) fn has_rows(model: &Model) -> bool {
    matches!(&model.overlay, Overlay::Editor(_))
}

pub(super) fn can_undo(model: &Model) -> bool {
    has_rows(model) && buffer(model).is_some_and(Buffer::can_undo)
}

/// What the key writes.
pub(super) fn write(model: &mut Model, now: Now, key: Key) -> Vec<Effect> {
    match key.typed() {
        Some(c) => by(model, now, |buffer| buffer.insert(c.encode_utf8(&mut [0; 4]))),
        None => Vec::new(),
    }
}

/// Does something to the text or its cursor; what follows the text follows.
pub(super) fn by(model: &mut Model, now: Now, change: impl FnOnce(&mut Buffer)) -> Vec<Effect> {
    let Some(buffer) = buffer_mut(model) else { return Vec::new() };
    let before = buffer.text().to_owned();
    change(buffer);
    let after = buffer.text();
    if before == after {
        return Vec::new();
    }
    let after = after.to_owned();
    match &model.overlay {
        Overlay::Filter(_) => list::set_filter(model, now, after),
        Overlay::Palette(_) => palette::typed(model),
        _ => Vec::new(),
    }
}

/// Up or down by rows as the editor wraps them.
pub(super) fn by_rows(model: &mut Model, rows: isize) -> Vec<Effect> {
    let columns = editing::columns(model.size);
    if let Some(buffer) = buffer_mut(model) {
        buffer.by_rows(rows, columns);
    }
    Vec::new()
}

/// Deletes what stands before the cursor; where nothing is written any more, the palette closes.
pub(super) fn delete_back(model: &mut Model, now: Now) -> Vec<Effect> {
    match &model.overlay {
        Overlay::Palette(palette) if palette.input.text().is_empty() => palette::close(model, now),
        _ => by(model, now, Buffer::backspace),
    }
}
