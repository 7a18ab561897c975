//! Fitting a prompt into the context: tokens are counted, never guessed, and nothing is cut without being named.

use llama_cpp_2::token::LlamaToken;

use super::model::Model;
use crate::engine::job::{Fit, Role, Section};

/// A prompt that fits.
pub(super) struct Fitted {
    pub(super) tokens: Vec<LlamaToken>,
    /// Names of the sections that were shortened or left out.
    pub(super) left_out: Vec<String>,
}

/// How a section goes into the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Whole,
    Short,
    Gone,
}

/// Makes the prompt of at most `room` tokens. Sections that may yield do so from the earliest on: all are shortened
/// before any is left out.
pub(super) fn fit(model: &Model, sections: &[Section], room: usize) -> Result<Fitted, String> {
    let mut forms = vec![Form::Whole; sections.len()];
    loop {
        let tokens = model.conversation(&messages(sections, &forms));
        if tokens.len() <= room {
            let left_out = sections.iter().zip(&forms).filter(|(_, form)| **form != Form::Whole);
            return Ok(Fitted { tokens, left_out: left_out.map(|(section, _)| section.name.clone()).collect() });
        }
        let over = tokens.len() - room;
        if !give_way(model, sections, &mut forms, over) {
            return Err(too_big(model, sections, tokens.len(), room));
        }
    }
}

/// Makes sections yield until about `over` tokens are saved; false where none can yield any more.
fn give_way(model: &Model, sections: &[Section], forms: &mut [Form], over: usize) -> bool {
    let count = |text: &str| model.tokens(text).len();
    let mut saved = 0;
    for next in [Form::Short, Form::Gone] {
        for (section, form) in sections.iter().zip(forms.iter_mut()) {
            let Fit::Yield(short) = &section.fit else { continue };
            let gain = match (*form, next) {
                (Form::Whole, Form::Short) => count(&section.text).saturating_sub(count(short)),
                (Form::Short, Form::Gone) => count(short),
                _ => continue,
            };
            *form = if short.is_empty() { Form::Gone } else { next };
            saved += gain.max(1);
            if saved >= over {
                return true;
            }
        }
    }
    saved > 0
}

fn messages(sections: &[Section], forms: &[Form]) -> Vec<(Role, String)> {
    let mut messages: Vec<(Role, String)> = Vec::new();
    for (section, form) in sections.iter().zip(forms) {
        let words = match (form, &section.fit) {
            (Form::Whole, _) => section.text.as_str(),
            (Form::Short, Fit::Yield(short)) => short,
            _ => continue,
        };
        match messages.last_mut() {
            Some((role, text)) if *role == section.role => {
                text.push('\n');
                text.push_str(words);
            }
            _ => messages.push((section.role, words.to_owned())),
        }
    }
    messages
}

fn too_big(model: &Model, sections: &[Section], needed: usize, room: usize) -> String {
    let mut sizes: Vec<(usize, &str)> = sections
        .iter()
        .filter(|section| section.fit == Fit::Keep)
        .map(|section| (model.tokens(&section.text).len(), section.name.as_str()))
        .collect();
    sizes.sort_by_key(|&(size, _)| std::cmp::Reverse(size));
    let largest: Vec<String> = sizes.iter().take(4).map(|(size, name)| format!("{name} ({size})")).collect();
    format!(
        "the prompt needs {needed} tokens at the least and this model has room for {room} beside its answer; \
         the largest parts are {}: shorten them, or use a model with a longer context",
        largest.join(", ")
    )
}
