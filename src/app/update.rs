//! The one function through which everything changes.

use super::action::Action;
use super::key::{Code, Key};
use super::keymap::Meaning;
use super::model::{Model, Overlay};
use super::msg::{Effect, ImportNews, Msg, StoreNews};
use super::now::Now;
use super::{
    animatic, draft, editing, exporting, history_view, importing, keeping, pointing, popups, taste_view, writing,
};
use crate::words::{self, Phrase};

/// Takes a message in and answers what is to be done outside.
pub fn update(model: &mut Model, now: Now, msg: Msg) -> Vec<Effect> {
    // While a verdict is on its way to disk, what would change the board waits, so that all of it reaches the journal in
    // its order.
    if waits(&msg)
        && let Some(desk) = model.desk_mut().filter(|desk| desk.judging.is_some())
    {
        desk.held.push_back((now, msg));
        return Vec::new();
    }
    let mut effects = through(model, now, msg);
    effects.extend(draft::settle(model, now));
    // What was said has its time now.
    for logged in model.log.iter_mut().rev().take_while(|logged| logged.at_ms == 0) {
        logged.at_ms = now.at_ms;
    }
    effects
}

/// Takes a message in, and behind an answer of the disk what has waited for it.
fn through(model: &mut Model, now: Now, msg: Msg) -> Vec<Effect> {
    let answers = matches!(msg, Msg::Store(StoreNews::Judged(_) | StoreNews::NotJudged(_)));
    let mut effects = take_in(model, now, msg);
    while answers && let Some((then, waiting)) = next_held(model) {
        effects.extend(take_in(model, then, waiting));
    }
    effects
}

fn waits(msg: &Msg) -> bool {
    match msg {
        Msg::Key(_) | Msg::Mouse(_) | Msg::Paste(_) | Msg::EditedOutside(..) | Msg::StepTo { .. } | Msg::Terminate => {
            true
        }
        Msg::Import(_, ImportNews::Kept) => true,
        Msg::Engine(_, news) => writing::changes_board(news),
        _ => false,
    }
}

fn next_held(model: &mut Model) -> Option<(Now, Msg)> {
    let desk = model.desk_mut().filter(|desk| desk.judging.is_none())?;
    desk.held.pop_front()
}

fn take_in(model: &mut Model, now: Now, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => self::key(model, now, key),
        Msg::Mouse(mouse) => pointing::mouse(model, now, mouse),
        Msg::Focus(focus) => {
            model.focus = focus;
            Vec::new()
        }
        Msg::Paste(text) => editing::paste(model, now, &text),
        Msg::Resize(columns, rows) => {
            model.size = (columns, rows);
            Vec::new()
        }
        Msg::Engine(epoch, news) => writing::news(model, now, epoch, news),
        Msg::Store(news) => keeping::news(model, now, news),
        Msg::EditedOutside(scene, edited) => editing::edited_outside(model, scene, edited),
        Msg::Taste(asked, told) => {
            taste_view::told(model, asked, told);
            Vec::new()
        }
        Msg::Import(asked, news) => importing::news(model, now, asked, news),
        Msg::Scripts(found) => {
            model.scripts = found;
            Vec::new()
        }
        Msg::Export(asked, news) => exporting::news(model, now, asked, news),
        Msg::Tick => {
            animatic::tick(model, now);
            Vec::new()
        }
        Msg::StepTo { from, to } => history_view::step_to(model, now, from, to),
        Msg::Terminate => keeping::terminate(model, now),
        Msg::HangUp => draft::keep(model),
        Msg::Drawn(seen) => {
            if let Some(desk) = model.desk_mut() {
                desk.at.beyond = seen.beyond;
            }
            model.seen = seen;
            Vec::new()
        }
        Msg::Broken(words) => {
            model.warn(words);
            Vec::new()
        }
    }
}

/// A key: it does something, or begins something, or says that it cannot now. What is bound to nothing may be written.
pub(super) fn key(model: &mut Model, now: Now, key: Key) -> Vec<Effect> {
    let on_board = model.overlay == Overlay::None;
    let mut typed = std::mem::take(&mut model.pending);
    if on_board {
        model.notice = None;
        match key.code {
            Code::Esc if !typed.is_empty() => return Vec::new(),
            Code::Backspace if !typed.is_empty() => {
                typed.pop();
                model.pending = typed;
                return Vec::new();
            }
            _ => {}
        }
    }
    typed.push(key);
    match model.settings.keymap.meaning(model, &typed) {
        Meaning::Does(binding) => return binding.action.act(model, now, &binding.argument),
        Meaning::Begins => model.pending = typed,
        Meaning::NotNow(action) if on_board && (typed.len() > 1 || action.footer || is_read_only(model)) => {
            model.say(not_now(model, action));
        }
        Meaning::NotNow(_) | Meaning::Nothing => return popups::unbound(model, now, typed),
    }
    Vec::new()
}

fn is_read_only(model: &Model) -> bool {
    model.desk().is_some_and(|desk| desk.read_only)
}

/// Why an action cannot be done now.
fn not_now(model: &Model, action: &Action) -> Phrase {
    if is_read_only(model) && matches!(action.group(), "take" | "scene" | "bible") {
        words::not_now_read_only(action.name())
    } else if action.id == "take.generate" && writing::is_writing(model) {
        words::not_now_writing(model.keys_of("take.stop"))
    } else {
        words::not_now(action.name())
    }
}
