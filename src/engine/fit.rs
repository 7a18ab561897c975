//! Fitting a prompt into the context: nothing is cut without being named.

use super::job::{Fit, Role, Section};

/// How long a prompt is, for whoever reads it.
pub(super) trait Measure {
    /// A conversation as it is read.
    type Prompt;

    /// These messages as they are read.
    fn prompt(&self, messages: &[(Role, String)]) -> Self::Prompt;

    /// Its tokens.
    fn length(&self, prompt: &Self::Prompt) -> usize;

    /// The tokens of some words.
    fn words(&self, text: &str) -> usize;
}

/// A prompt that fits.
pub(super) struct Fitted<P> {
    pub(super) prompt: P,
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
pub(super) fn fit<M: Measure>(reader: &M, sections: &[Section], room: usize) -> Result<Fitted<M::Prompt>, String> {
    let mut forms = vec![Form::Whole; sections.len()];
    loop {
        let prompt = reader.prompt(&messages(sections, &forms));
        let length = reader.length(&prompt);
        if length <= room {
            let left_out = sections.iter().zip(&forms).filter(|(_, form)| **form != Form::Whole);
            return Ok(Fitted { prompt, left_out: left_out.map(|(section, _)| section.name.clone()).collect() });
        }
        if !give_way(reader, sections, &mut forms, length - room) {
            return Err(too_big(reader, sections, length, room));
        }
    }
}

/// Makes sections yield until about `over` tokens are saved; false where none can yield any more.
fn give_way(reader: &impl Measure, sections: &[Section], forms: &mut [Form], over: usize) -> bool {
    let mut saved = 0;
    for next in [Form::Short, Form::Gone] {
        for (section, form) in sections.iter().zip(forms.iter_mut()) {
            let Fit::Yield(short) = &section.fit else { continue };
            let gain = match (*form, next) {
                (Form::Whole, Form::Short) => reader.words(&section.text).saturating_sub(reader.words(short)),
                (Form::Short, Form::Gone) => reader.words(short),
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

fn too_big(reader: &impl Measure, sections: &[Section], needed: usize, room: usize) -> String {
    let mut sizes: Vec<(usize, &str)> = sections
        .iter()
        .filter(|section| section.fit == Fit::Keep)
        .map(|section| (reader.words(&section.text), section.name.as_str()))
        .collect();
    sizes.sort_by_key(|&(size, _)| std::cmp::Reverse(size));
    let largest: Vec<String> = sizes.iter().take(4).map(|(size, name)| format!("{name} ({size})")).collect();
    format!(
        "the prompt needs {needed} tokens at the least and this model has room for {room} beside its answer; \
         the largest parts are {}: shorten them, or use a model with a longer context",
        largest.join(", ")
    )
}
