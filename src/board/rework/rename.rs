//! A name of the bible that changes: everything that goes by it goes by the new one.

use crate::board::edit::Edit;
use crate::board::heading::Heading;
use crate::board::scene::Scene;
use crate::board::storyboard::Storyboard;
use crate::board::take::{Field, Take};
use crate::board::text::{LINE_MAX, Line, TEXT_MAX, Text};

/// The edits that give the scenes a new name for somebody or something: who speaks, who is staged, places in headings, and
/// the words of takes and briefs where the name stands in capitals there. A scene that does not have the name has no edit.
#[must_use]
pub fn rename(board: &Storyboard, old: &str, new: &str) -> Vec<Edit> {
    let name = Name { old, new, longer: longer(board, old) };
    let renamed = board.scenes.iter().filter_map(|scene| renamed(scene, &name));
    renamed.map(|scene| Edit::ReplaceScene { scene: Box::new(scene) }).collect()
}

/// How many scenes have the name in lines, stagings or headings.
#[must_use]
pub fn scenes_with(board: &Storyboard, name: &str) -> usize {
    let is = |other: &str| same(other, name);
    let take = |take: &Take| {
        take.dialogue.iter().any(|speech| is(&speech.speaker))
            || take.shots.iter().flat_map(|shot| &shot.staging).any(|staging| is(&staging.subject))
    };
    let scene = |scene: &&Scene| {
        scene.takes.iter().any(take) || Heading::parse(&scene.heading).is_some_and(|heading| is(heading.place))
    };
    board.scenes.iter().filter(scene).count()
}

/// A name and what becomes of it.
struct Name<'a> {
    old: &'a str,
    new: &'a str,
    /// Other names of the bible in which the old one stands: LIGHTHOUSE STAIR is not the STAIR.
    longer: Vec<&'a str>,
}

fn longer<'a>(board: &'a Storyboard, old: &str) -> Vec<&'a str> {
    let names = board.bible.entries().map(|(_, entry)| entry.name.as_str());
    names.filter(|name| name.len() > old.len() && name.contains(old)).collect()
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn renamed(scene: &Scene, name: &Name<'_>) -> Option<Scene> {
    let mut changed = scene.clone();
    changed.heading = heading(&scene.heading, name).unwrap_or_else(|| scene.heading.clone());
    changed.brief = words(&scene.brief, name).unwrap_or_else(|| scene.brief.clone());
    for take in &mut changed.takes {
        for field in take_renamed(take, name) {
            if !take.provenance.edited.contains(&field) {
                take.provenance.edited.push(field);
            }
        }
    }
    (changed != *scene).then_some(changed)
}

/// Changes a take; answers which of its fields.
fn take_renamed(take: &mut Take, name: &Name<'_>) -> Vec<Field> {
    let mut edited = Vec::new();
    let new = Line::clipped(name.new, LINE_MAX);
    for newcomer in take.newcomers.iter_mut().filter(|newcomer| same(&newcomer.name, name.old)) {
        newcomer.name = new.clone();
    }
    if let Some(changed) = take.heading.as_ref().and_then(|said| heading(said, name)) {
        take.heading = Some(changed);
        edited.push(Field::Heading);
    }
    if let Some(changed) = words(&take.action, name) {
        take.action = changed;
        edited.push(Field::Action);
    }
    if let Some(changed) = words(&take.sound, name) {
        take.sound = changed;
        edited.push(Field::Sound);
    }
    for speech in take.dialogue.iter_mut().filter(|speech| same(&speech.speaker, name.old)) {
        speech.speaker = new.clone();
        edited.push(Field::Dialogue);
    }
    for shot in &mut take.shots {
        if let Some(changed) = words(&shot.description, name) {
            shot.description = changed;
            edited.push(Field::Shots);
        }
        for staging in shot.staging.iter_mut().filter(|staging| same(&staging.subject, name.old)) {
            staging.subject = new.clone();
            edited.push(Field::Shots);
        }
    }
    edited
}

/// The heading with another place.
fn heading(said: &Line, name: &Name<'_>) -> Option<Line> {
    let heading = Heading::parse(said).filter(|heading| same(heading.place, name.old))?;
    // Between them is nothing but blanks.
    let at = heading.prefix.len() + said.get(heading.prefix.len()..)?.find(heading.place)?;
    let (before, after) = (said.get(..at)?, said.get(at + heading.place.len()..)?);
    Some(Line::clipped(&format!("{before}{}{after}", name.new), LINE_MAX))
}

/// The words with another name, where it stands in capitals: `home` may be anything, `HOME` is the place.
fn words(said: &Text, name: &Name<'_>) -> Option<Text> {
    let &Name { old, new, .. } = name;
    let is_name = old == old.to_uppercase() && old.chars().any(char::is_alphabetic);
    if !is_name || !said.contains(old) {
        return None;
    }
    let others: Vec<_> = name
        .longer
        .iter()
        .flat_map(|longer| said.match_indices(longer).map(|(at, found)| at..at + found.len()))
        .collect();
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let mut out = String::with_capacity(said.len());
    let mut from = 0;
    for (at, found) in said.match_indices(old) {
        let to = at + found.len();
        let (before, behind) = (said.get(..at).unwrap_or_default(), said.get(to..).unwrap_or_default());
        let is_whole = ends(before.chars().next_back()) && ends(behind.chars().next());
        if is_whole && !others.iter().any(|other| other.contains(&at)) {
            out.push_str(said.get(from..at).unwrap_or_default());
            out.push_str(new);
            from = to;
        }
    }
    out.push_str(said.get(from..).unwrap_or_default());
    (out != said.as_str()).then(|| Text::clipped(&out, TEXT_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board() -> Storyboard {
        let yaml = "{slateboard: 1, bible: {characters: [{name: TOM}], places: [{name: HOME}]}, scenes: [\
            {id: 01J9Z0V5W6M4QK3T8E2C7R1XNB, heading: INT. HOME - DAY, brief: TOM is at home. TOMATO., takes: [\
            {id: 01J9Z0W1F3V7C2P5K8D4H6T9SA, action: TOM and Tom., dialogue: [{speaker: Tom, line: TOM!}], \
             shots: [{size: wide, seconds: 2, description: 'TOM, far.', staging: [{subject: TOM, position: left}]}]}]}, \
            {id: 01J9Z0V5W6M4QK3T8E2C7R1XNC, heading: EXT. SEA - DAY, brief: Nobody.}]}";
        serde_yaml::from_str(yaml).unwrap()
    }

    #[test]
    fn lines_stagings_headings_and_names_in_capitals_follow_and_nothing_else() {
        let mut board = board();
        assert_eq!((scenes_with(&board, "TOM"), scenes_with(&board, "home"), scenes_with(&board, "SEA")), (1, 1, 1));
        for (old, new) in [("TOM", "TOMAS"), ("HOME", "THE FLAT")] {
            let edits = rename(&board, old, new);
            assert_eq!(edits.len(), 1, "{old}");
            edits.iter().for_each(|edit| drop(edit.apply(&mut board).unwrap()));
        }
        let scene = &board.scenes[0];
        assert_eq!(
            (scene.heading.as_str(), scene.brief.as_str()),
            ("INT. THE FLAT - DAY", "TOMAS is at home. TOMATO.")
        );
        let take = &scene.takes[0];
        assert_eq!((take.action.as_str(), take.dialogue[0].speaker.as_str()), ("TOMAS and Tom.", "TOMAS"));
        assert_eq!(take.dialogue[0].line, "TOM!", "what somebody says stays as it is");
        assert_eq!(
            (take.shots[0].description.as_str(), take.shots[0].staging[0].subject.as_str()),
            ("TOMAS, far.", "TOMAS")
        );
        assert_eq!(take.provenance.edited, [Field::Action, Field::Dialogue, Field::Shots]);
        assert_eq!(rename(&board, "NOBODY", "X"), []);
    }

    #[test]
    fn a_longer_name_and_the_time_of_a_heading_are_something_else() {
        let yaml = "{slateboard: 1, bible: {places: [{name: STAIR}, {name: LIGHTHOUSE STAIR}, {name: DUSK}]}, scenes: [\
            {id: 01J9Z0V5W6M4QK3T8E2C7R1XNB, heading: INT. DUSK - DUSK, brief: 'LIGHTHOUSE STAIR, STAIR.'}]}";
        let mut board: Storyboard = serde_yaml::from_str(yaml).unwrap();
        for (old, new) in [("STAIR", "STEPS"), ("DUSK", "INN")] {
            rename(&board, old, new).iter().for_each(|edit| drop(edit.apply(&mut board).unwrap()));
        }
        assert_eq!(board.scenes[0].heading, "INT. INN - DUSK");
        assert_eq!(board.scenes[0].brief, "LIGHTHOUSE STAIR, STEPS.");
    }
}
