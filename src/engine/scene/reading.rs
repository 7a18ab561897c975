//! From a model's answer to a take: whole answers, and answers still being written.

use serde::Deserialize;
use serde_json::Value;

use super::schema::newcomer_label;
use crate::board::{Angle, Bible, Depth, Facing, Kind, Line, Move, Newcomer, Position, Shot, Size, Speech, Take, Text};

/// The parts of a line, a shot and a staged subject, in the order the grammar lists them.
const LINE: [&str; 2] = ["speaker", "line"];
/// See [`LINE`].
pub(super) const SHOT: [&str; 3] = ["framing", "staging", "description"];
/// The words of a shot's framing.
const FRAMING: [&str; 4] = ["seconds", "size", "angle", "move"];
/// The words of how a subject stands, behind its name; a prop has neither facing nor pose.
const STANCE: [&str; 4] = ["position", "depth", "facing", "pose"];
/// As earlier versions listed a shot and a subject, every word for itself.
const SHOT_IN_WORDS: [&str; 6] = ["seconds", "size", "angle", "move", "staging", "description"];
/// See [`SHOT_IN_WORDS`].
const STAGED_IN_WORDS: [&str; 5] = ["subject", "position", "depth", "facing", "pose"];

/// An answer with its parts named.
#[derive(Deserialize)]
struct Answer {
    heading: Option<Line>,
    #[serde(default)]
    newcomers: Vec<Arrival>,
    #[serde(default)]
    action: Text,
    #[serde(default)]
    dialogue: Vec<Speech>,
    #[serde(default)]
    sound: Text,
    #[serde(default)]
    shots: Vec<Shot>,
}

#[derive(Deserialize)]
struct Arrival {
    kind: Kind,
    name: Line,
    #[serde(default)]
    look: Text,
}

/// Reads a whole answer.
///
/// # Errors
/// Where the answer is not of the grammar's shape, which a model held to it cannot write.
pub(super) fn whole(answer: &str, bible: &Bible) -> Result<Take, serde_json::Error> {
    let mut value = serde_json::from_str(answer)?;
    unfold(&mut value);
    serde_json::from_value(value).map(|answer| take(answer, bible))
}

/// Reads as much as there is of an answer still being written: what has begun shows, what is not yet a word does not.
#[must_use]
pub fn draft(answer: &str, bible: &Bible) -> Take {
    let mut value = closed(answer);
    unfold(&mut value);
    tidy(&mut value);
    let answer = serde_json::from_value(value).unwrap_or(Answer {
        heading: None,
        newcomers: Vec::new(),
        action: Text::default(),
        dialogue: Vec::new(),
        sound: Text::default(),
        shots: Vec::new(),
    });
    take(answer, bible)
}

fn take(answer: Answer, bible: &Bible) -> Take {
    let mut take = Take {
        id: Default::default(),
        parent: None,
        heading: answer.heading,
        action: answer.action,
        dialogue: answer.dialogue,
        sound: answer.sound,
        shots: answer.shots,
        newcomers: Vec::new(),
        provenance: Default::default(),
        extra: Default::default(),
    };
    for (at, arrival) in answer.newcomers.into_iter().enumerate() {
        let label = newcomer_label(at);
        if !rename(&mut take, &label, &arrival.name) || bible.find(&arrival.name).is_some() {
            continue;
        }
        take.newcomers.push(Newcomer { kind: arrival.kind, name: arrival.name, look: arrival.look });
    }
    take
}

/// Puts a newcomer's name in the place of its label; false where the label was never used.
fn rename(take: &mut Take, label: &str, name: &Line) -> bool {
    let speakers = take.dialogue.iter_mut().map(|speech| &mut speech.speaker);
    let subjects = take.shots.iter_mut().flat_map(|shot| &mut shot.staging).map(|staged| &mut staged.subject);
    let mut used = false;
    for named in speakers.chain(subjects).filter(|named| **named == *label) {
        *named = name.clone();
        used = true;
    }
    for prose in std::iter::once(&mut take.action).chain(take.shots.iter_mut().map(|shot| &mut shot.description)) {
        if prose.contains(label) {
            *prose = Text::clipped(&prose.replace(label, name), crate::board::text::TEXT_MAX);
        }
    }
    used
}

/// Closes JSON that breaks off: strings, arrays and objects are ended, a key without its value is dropped.
pub(in crate::engine) fn closed(broken: &str) -> Value {
    let mut open = Vec::new();
    let mut in_string = false;
    let mut escaped = false;
    // Places where the text can be cut so that what stands before is whole, with what is open there.
    let mut cuts: Vec<(usize, Vec<char>)> = Vec::new();
    for (at, c) in broken.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ if in_string => {}
            '{' | '[' => {
                open.push(if c == '{' { '}' } else { ']' });
                cuts.push((at + 1, open.clone()));
            }
            '}' | ']' => drop(open.pop()),
            ',' => cuts.push((at, open.clone())),
            _ => {}
        }
    }
    let close = |text: &str, open: &[char]| -> Option<Value> {
        serde_json::from_str(&text.chars().chain(open.iter().rev().copied()).collect::<String>()).ok()
    };
    let end = broken.trim_end_matches('\\');
    let as_it_stands = if in_string { close(&format!("{end}\""), &open) } else { close(broken, &open) };
    as_it_stands
        .or_else(|| cuts.iter().rev().find_map(|(at, open)| close(&broken[..*at], open)))
        .unwrap_or_else(|| Value::Object(Default::default()))
}

/// Names the parts of what the grammar has listed in order. What has names already, as jobs kept by earlier versions
/// have it, stays.
fn unfold(answer: &mut Value) {
    for line in list(answer, "dialogue") {
        name(line, &LINE);
    }
    for shot in list(answer, "shots") {
        if shot.get(0).is_some_and(Value::is_number) {
            name(shot, &SHOT_IN_WORDS);
        } else {
            name(shot, &SHOT);
            framing(shot);
        }
        for staged in list(shot, "staging") {
            match staged.as_str() {
                Some(words) => *staged = stance(words),
                None => name(staged, &STAGED_IN_WORDS),
            }
        }
    }
}

/// Names the words of a shot's framing: `3.5 wide low pan-right`.
pub(super) fn framing(shot: &mut Value) {
    let Some(shot) = shot.as_object_mut() else { return };
    let Some(framing) = shot.remove("framing") else { return };
    let words = framing.as_str().unwrap_or_default().split(' ');
    for (part, word) in FRAMING.iter().zip(words) {
        let seconds = word.parse::<f32>().ok().filter(|_| *part == "seconds");
        shot.insert((*part).into(), seconds.map_or_else(|| word.into(), Value::from));
    }
}

/// Names a subject and the words of how it stands: `MARA: left far right looking up`. The pose is all that is left.
pub(super) fn stance(words: &str) -> Value {
    let (subject, how) = words.rsplit_once(": ").unwrap_or((words, ""));
    let mut staged = serde_json::Map::new();
    staged.insert("subject".into(), subject.into());
    for (part, word) in STANCE.iter().zip(how.splitn(STANCE.len(), ' ')).filter(|(_, word)| !word.is_empty()) {
        staged.insert((*part).into(), word.into());
    }
    Value::Object(staged)
}

fn list<'a>(value: &'a mut Value, key: &str) -> &'a mut [Value] {
    value.get_mut(key).and_then(Value::as_array_mut).map_or(&mut [], |list| list)
}

fn name(listed: &mut Value, parts: &[&str]) {
    if let Some(values) = listed.as_array_mut() {
        let named = parts.iter().map(|part| (*part).to_owned()).zip(values.drain(..));
        *listed = Value::Object(named.collect());
    }
}

/// Drops what is no word of its vocabulary yet.
fn tidy(value: &mut Value) {
    let spoken = |speech: &Value| speech["speaker"].is_string() && speech["line"].is_string();
    if let Some(lines) = value.get_mut("dialogue").and_then(Value::as_array_mut) {
        lines.retain(spoken);
    }
    if let Some(newcomers) = value.get_mut("newcomers").and_then(Value::as_array_mut) {
        newcomers.retain(|newcomer| newcomer["name"].is_string() && is::<Kind>(&newcomer["kind"]));
    }
    let Some(shots) = value.get_mut("shots").and_then(Value::as_array_mut) else { return };
    shots.retain(|shot| shot["seconds"].is_number() && is::<Size>(&shot["size"]));
    for shot in shots {
        drop_unless::<Angle>(shot, "angle");
        drop_unless::<Move>(shot, "move");
        let Some(staging) = shot.get_mut("staging").and_then(Value::as_array_mut) else { continue };
        staging.retain(|staged| staged["subject"].is_string() && is::<Position>(&staged["position"]));
        for staged in staging {
            drop_unless::<Depth>(staged, "depth");
            drop_unless::<Facing>(staged, "facing");
        }
    }
}

fn is<T: std::str::FromStr>(value: &Value) -> bool {
    value.as_str().is_some_and(|word| word.parse::<T>().is_ok())
}

fn drop_unless<T: std::str::FromStr>(value: &mut Value, key: &str) {
    if let Some(object) = value.as_object_mut()
        && !object.get(key).is_some_and(is::<T>)
    {
        object.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::super::prompt::EXAMPLE_TAKE;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_answer_can_be_read_wherever_it_breaks_off() {
        let bible = Bible::default();
        let mut shots = 0;
        let mut action = 0;
        for (at, _) in EXAMPLE_TAKE.char_indices() {
            let take = draft(&EXAMPLE_TAKE[..at], &bible);
            assert!(take.shots.len() >= shots, "a shot went away at {}", &EXAMPLE_TAKE[..at]);
            assert!(take.action.len() >= action, "the action shrank at {}", &EXAMPLE_TAKE[..at]);
            shots = take.shots.len();
            action = take.action.len();
        }
        assert_eq!(draft(EXAMPLE_TAKE, &bible), whole(EXAMPLE_TAKE, &bible).unwrap());
    }

    #[test]
    fn answers_in_the_forms_of_earlier_versions_are_read_as_well() {
        let answer = r#"{"dialogue":[["MARA","No."]],"shots":[["2.0 wide low static",
            ["MARA: left far right looking up","BOTTLE: right near"],"Rocks."]]}"#;
        let listed = r#"{"dialogue": [["MARA", "No."]], "shots": [[2.0, "wide", "low", "static",
            [["MARA", "left", "far", "right", "looking up"], ["BOTTLE", "right", "near"]], "Rocks."]]}"#;
        let named = r#"{"dialogue": [{"speaker": "MARA", "line": "No."}], "shots": [{"seconds": 2.0, "size": "wide",
            "angle": "low", "move": "static", "staging": [{"subject": "MARA", "position": "left", "depth": "far",
            "facing": "right", "pose": "looking up"}, {"subject": "BOTTLE", "position": "right", "depth": "near"}],
            "description": "Rocks."}]}"#;
        let take = whole(answer, &Bible::default()).unwrap();
        for earlier in [listed, named] {
            assert_eq!(take, whole(earlier, &Bible::default()).unwrap());
        }
        assert_eq!(take.shots[0].staging[0].pose.as_deref(), Some("looking up"));
        assert_eq!(take.shots[0].staging[1].facing, None);
    }

    #[test]
    fn a_newcomer_goes_by_its_name_and_an_unused_one_is_dropped() {
        let answer = r#"{"newcomers": [{"as": "NEWCOMER 1", "kind": "character", "name": "ADA", "look": "tall."},
            {"as": "NEWCOMER 2", "kind": "prop", "name": "ROPE", "look": "wet."}], "action": "NEWCOMER 1 waves.",
            "dialogue": [["NEWCOMER 1", "Hello."]], "sound": "surf.", "shots": []}"#;
        let take = whole(answer, &Bible::default()).unwrap();
        assert_eq!(take.dialogue[0].speaker, "ADA");
        assert_eq!(take.action, "ADA waves.");
        assert_eq!(take.newcomers.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["ADA"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_draft_panic(text in any::<String>(), cut in 0usize..900) {
            let bible = Bible::default();
            let _ = draft(&text, &bible);
            let prefix: String = EXAMPLE_TAKE.chars().take(cut).collect();
            let _ = draft(&(prefix + &text), &bible);
        }
    }
}
