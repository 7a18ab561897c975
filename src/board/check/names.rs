//! Names: what a take stages and who speaks in it is known to the bible, or is its own newcomer.

use std::collections::HashMap;

use super::Findings;
use crate::board::heading::Heading;
use crate::board::{Kind, Line, Storyboard, Take};

pub(super) fn check_bible(board: &Storyboard, found: &mut Findings) {
    let mut seen = HashMap::new();
    for (kind, entry) in board.bible.entries() {
        if entry.name.is_empty() {
            found.error("bible", format!("a {kind} has no name"), "name it: scenes refer to it by name");
        } else if let Some(first) = seen.insert(entry.name.to_lowercase(), kind) {
            let message = format!("{} is there twice, as a {first} and as a {kind}", entry.name);
            found.error(&format!("bible, {}", entry.name), message, "names are unique in the whole bible: rename one");
        }
    }
}

pub(super) fn check_heading(board: &Storyboard, heading: &Line, place: &str, found: &mut Findings) {
    let Some(parts) = Heading::parse(heading) else {
        let message =
            if heading.is_empty() { "it has no heading".to_owned() } else { format!("`{heading}` is no heading") };
        found.warning(place, message, "write INT. or EXT., a place, a dash and a time: EXT. ROCKY SHORE - DAWN");
        return;
    };
    let named = parts.place.to_lowercase();
    // "LIGHTHOUSE - STAIR" and "KITCHEN, LATER" are in places that the bible calls LIGHTHOUSE and KITCHEN.
    let known = board.bible.places.iter().any(|entry| {
        let rest = named.strip_prefix(&entry.name.to_lowercase());
        rest.is_some_and(|rest| !entry.name.is_empty() && !rest.starts_with(char::is_alphanumeric))
    });
    if !known {
        let near = nearest(parts.place, board.bible.places.iter().map(|entry| entry.name.as_str()));
        let message = format!("the place {} is not in the bible", parts.place);
        found.warning(place, message, suggestion(near, "add it to the bible's places"));
    }
}

/// Whether a name is that of a bible entry or newcomer of the wanted kinds.
fn knows(board: &Storyboard, take: &Take, name: &Line, wanted: &[Kind]) -> bool {
    let name = name.to_lowercase();
    let newcomer = take.newcomers.iter().any(|new| wanted.contains(&new.kind) && new.name.to_lowercase() == name);
    newcomer || board.bible.find(&name).is_some_and(|(kind, _)| wanted.contains(&kind))
}

/// Who speaks in a take and is neither a character of the bible nor a newcomer of the take, each once.
#[must_use]
pub fn strangers<'a>(board: &Storyboard, take: &'a Take) -> Vec<&'a str> {
    let mut strangers = Vec::new();
    for speech in take.dialogue.iter().filter(|speech| !knows(board, take, &speech.speaker, &[Kind::Character])) {
        if !strangers.contains(&speech.speaker.as_str()) {
            strangers.push(speech.speaker.as_str());
        }
    }
    strangers
}

pub(super) fn check_take(board: &Storyboard, take: &Take, place: &str, found: &mut Findings) {
    if let Some(heading) = &take.heading {
        check_heading(board, heading, place, found);
    }
    let knows = |name: &Line, wanted: &[Kind]| knows(board, take, name, wanted);
    for (index, speech) in take.dialogue.iter().enumerate() {
        if !knows(&speech.speaker, &[Kind::Character]) {
            let place = format!("{place}, line {}", index + 1);
            let near = nearest(&speech.speaker, board.bible.characters.iter().map(|entry| entry.name.as_str()));
            let message = format!("{} speaks and is no character of the bible", speech.speaker);
            found.error(&place, message, suggestion(near, "add the character, or list it in the take's newcomers"));
        }
    }
    for (index, shot) in take.shots.iter().enumerate() {
        for staged in shot.staging.iter().filter(|staged| !knows(&staged.subject, &[Kind::Character, Kind::Prop])) {
            let place = format!("{place}, shot {}", index + 1);
            let near = nearest(&staged.subject, board.bible.subjects().map(Line::as_str));
            let message = format!("{} is staged and is no character or prop of the bible", staged.subject);
            found.error(&place, message, suggestion(near, "add it to the bible, or list it in the take's newcomers"));
        }
    }
}

/// The known word a person most likely meant: at most a third of its letters wrong, swapped neighbours counting once.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let scored = known.map(|known| (strsim::osa_distance(&word, &known.to_lowercase()), known));
    let near = scored.filter(|(distance, known)| distance * 3 <= known.chars().count().max(3));
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

fn suggestion(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean {near}? Else {otherwise}"))
}
