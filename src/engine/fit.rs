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

/// The sections nearest to what is asked for that give way last of all.
const NEAREST: usize = 3;
/// A prompt that is too long is made shorter by a whole part of the room, of which it has so many. The next prompt, a little
/// longer, then begins with the same words as this one, and whoever has read these need not read them again.
const STRIDES: usize = 4;

/// Makes the prompt of at most `room` tokens. Sections that may yield do so from the earliest on: all are shortened
/// before any is left out, and those nearest to the end keep their words until nothing else can yield.
pub(super) fn fit<M: Measure>(reader: &M, sections: &[Section], room: usize) -> Result<Fitted<M::Prompt>, String> {
    let mut forms = vec![Form::Whole; sections.len()];
    loop {
        let prompt = reader.prompt(&messages(sections, &forms));
        let length = reader.length(&prompt);
        if length <= room {
            let left_out = sections.iter().zip(&forms).filter(|(_, form)| **form != Form::Whole);
            return Ok(Fitted { prompt, left_out: left_out.map(|(section, _)| section.name.clone()).collect() });
        }
        if !give_way(reader, sections, &mut forms, length - room, room / STRIDES) {
            return Err(too_big(reader, sections, length, room));
        }
    }
}

/// Makes sections yield until about `over` tokens are saved, and as many more as make it a multiple of `stride`, where
/// others need not yield for these; false where none can yield any more.
fn give_way(reader: &impl Measure, sections: &[Section], forms: &mut [Form], over: usize, stride: usize) -> bool {
    let yielding: Vec<usize> = (0..sections.len()).filter(|&at| sections[at].fit != Fit::Keep).collect();
    let (far, near) = yielding.split_at(yielding.len().saturating_sub(NEAREST));
    let mut saved = 0;
    for (group, next) in [(far, Form::Short), (far, Form::Gone), (near, Form::Short), (near, Form::Gone)] {
        let enough = saved + (over - saved).next_multiple_of(stride.max(1));
        for &at in group {
            let Fit::Yield(short) = &sections[at].fit else { continue };
            let gain = match (forms[at], next) {
                (Form::Whole, Form::Short) => reader.words(&sections[at].text).saturating_sub(reader.words(short)),
                (Form::Short, Form::Gone) => reader.words(short),
                _ => continue,
            };
            forms[at] = if short.is_empty() { Form::Gone } else { next };
            saved += gain.max(1);
            if saved >= enough {
                return true;
            }
        }
        if saved >= over {
            return true;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A word is a token.
    struct Words;

    impl Measure for Words {
        type Prompt = Vec<(Role, String)>;

        fn prompt(&self, messages: &[(Role, String)]) -> Self::Prompt {
            messages.to_vec()
        }

        fn length(&self, prompt: &Self::Prompt) -> usize {
            prompt.iter().map(|(_, text)| self.words(text)).sum()
        }

        fn words(&self, text: &str) -> usize {
            text.split_whitespace().count()
        }
    }

    /// A brief after so many scenes, each of ten words and two in short.
    fn after(scenes: usize) -> Vec<Section> {
        let scene = |n: usize| Section {
            role: Role::User,
            name: format!("scene {n}"),
            text: format!("scene {n}: one two three four five six seven eight"),
            fit: Fit::Yield(format!("scene {n}")),
        };
        let brief = Section { role: Role::User, name: "the brief".into(), text: "Write it.".into(), fit: Fit::Keep };
        (0..scenes).map(scene).chain([brief]).collect()
    }

    fn fitted(scenes: usize, room: usize) -> Fitted<Vec<(Role, String)>> {
        fit(&Words, &after(scenes), room).unwrap()
    }

    #[test]
    fn the_earliest_give_way_first_and_the_nearest_last() {
        assert_eq!(fitted(10, 102).left_out, Vec::<String>::new());
        // Ten words too many: two scenes in short save sixteen, and a quarter of the room is the next step.
        assert_eq!(fitted(10, 92).left_out, ["scene 0", "scene 1", "scene 2"]);
        let long = fitted(100, 92).prompt.remove(0).1;
        assert!(long.ends_with("scene 99: one two three four five six seven eight\nWrite it."), "{long}");
        assert!(!long.contains("scene 0\n") && long.contains("scene 96\nscene 97: one"), "{long}");
        let tiny = fitted(100, 7);
        assert_eq!((tiny.left_out.len(), tiny.prompt[0].1.as_str()), (100, "scene 98\nscene 99\nWrite it."));
        assert!(fit(&Words, &after(100), 1).is_err_and(|words| words.contains("the brief (2)")));
    }

    #[test]
    fn prompts_that_follow_each_other_mostly_begin_alike() {
        let prompts: Vec<String> = (20..220).map(|scenes| fitted(scenes, 200).prompt.remove(0).1).collect();
        let alike =
            |pair: &[String]| pair[0].bytes().zip(pair[1].bytes()).take_while(|(one, other)| one == other).count();
        let read: usize = prompts.windows(2).map(|pair| pair[1].len() - alike(pair)).sum();
        let all: usize = prompts.iter().map(String::len).sum();
        assert!(read * 3 < all, "{read} of {all}");
    }
}
