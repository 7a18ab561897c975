//! The outline: bible entries and scene briefs proposed from logline and tone. Proposals enter the board only when a
//! person accepts them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::job::{Fit, Job, Role, Section};
use super::scene::{Part, Prose, about, bible, closed, heading, is_english, object, prose, story_before};
use crate::board::{Entry, Kind, Line, Sampler, Storyboard, Text};

const SYSTEM: &str = "You are a story artist. You help a writer to plan a storyboard: who is in it, where it happens, \
and what each scene shows. Write short, concrete, visible things. Keep to the writer's story.";

/// A scene that might be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneProposal {
    /// `INT./EXT. PLACE - TIME`; empty where the bible has no place to name.
    #[serde(default)]
    pub heading: Line,
    /// What would happen.
    pub brief: Text,
}

/// A bible entry that might be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryProposal {
    /// Which list it would join.
    pub kind: Kind,
    /// The entry.
    #[serde(flatten)]
    pub entry: Entry,
}

/// Whether the bible lacks what scenes need: somebody in them, and somewhere to be.
#[must_use]
pub fn wants_bible(board: &Storyboard) -> bool {
    board.bible.characters.is_empty() || board.bible.places.is_empty()
}

/// A job that proposes bible entries for the lists that are empty.
#[must_use]
pub fn bible_job(board: &Storyboard, seed: u32) -> Job {
    let words = Prose::of(board);
    let lists = [(Kind::Character, "characters", 1, 3), (Kind::Place, "places", 2, 4), (Kind::Prop, "props", 1, 3)];
    let mut properties = Map::new();
    for (kind, list, least, most) in lists {
        if !board.bible.list(kind).is_empty() {
            continue;
        }
        let mut entry = Map::new();
        entry.insert("name".into(), json!({ "type": "string", "pattern": words.name() }));
        entry.insert("look".into(), prose(&words, Part::Look));
        let list_schema = json!({ "type": "array", "minItems": least, "maxItems": most, "items": object(entry) });
        properties.insert(list.into(), list_schema);
    }
    let task = "List the characters with their looks, the places where it happens, and the props that matter, as JSON.";
    job(board, board.scenes.len(), task, object(properties), seed, 700)
}

/// Reads what [`bible_job`] asked for. Names the bible has already, and repeated ones, are left out.
///
/// # Errors
/// Where the answer is not of the grammar's shape, which a model held to it cannot write.
pub fn read_bible(board: &Storyboard, answer: &str) -> Result<Vec<EntryProposal>, serde_json::Error> {
    let lists: Lists = serde_json::from_str(answer)?;
    Ok(new_entries(board, lists))
}

/// Reads as much as there is of an answer to [`bible_job`] still being written.
#[must_use]
pub fn draft_bible(board: &Storyboard, answer: &str) -> Vec<EntryProposal> {
    let mut value = closed(answer);
    for list in ["characters", "places", "props"] {
        keep_named(&mut value, list, "name");
    }
    serde_json::from_value(value).map(|lists| new_entries(board, lists)).unwrap_or_default()
}

/// Drops from a list what has not got as far as the text that makes it something.
fn keep_named(value: &mut Value, list: &str, name: &str) {
    if let Some(entries) = value.get_mut(list).and_then(Value::as_array_mut) {
        entries.retain(|entry| entry[name].is_string());
    }
}

#[derive(Deserialize)]
struct Lists {
    #[serde(default)]
    characters: Vec<Entry>,
    #[serde(default)]
    places: Vec<Entry>,
    #[serde(default)]
    props: Vec<Entry>,
}

/// The entries whose names are new.
fn new_entries(board: &Storyboard, lists: Lists) -> Vec<EntryProposal> {
    let all = [(Kind::Character, lists.characters), (Kind::Place, lists.places), (Kind::Prop, lists.props)];
    let mut proposals: Vec<EntryProposal> = Vec::new();
    for (kind, entries) in all {
        for entry in entries {
            let name = entry.name.to_lowercase();
            let taken = proposals.iter().any(|other| other.entry.name.to_lowercase() == name);
            if !taken && board.bible.find(&name).is_none() {
                proposals.push(EntryProposal { kind, entry });
            }
        }
    }
    proposals
}

/// A job that proposes `count` scenes to stand at position `at` of the board: at its end, or in a gap.
#[must_use]
pub fn scenes_job(board: &Storyboard, count: usize, at: usize, seed: u32) -> Job {
    let words = Prose::of(board);
    let mut scene = Map::new();
    if let Some(heading) = heading(board, &[]) {
        scene.insert("heading".into(), heading);
    }
    scene.insert("brief".into(), prose(&words, Part::Brief));
    let mut properties = Map::new();
    let scenes = json!({ "type": "array", "minItems": count, "maxItems": count, "items": object(scene) });
    properties.insert("scenes".into(), scenes);
    let mut task = String::new();
    if let Some(next) = board.scenes.get(at) {
        task += &format!("After this comes: {}: {}\n", next.current_heading(), next.brief);
    }
    task += &match (count, at) {
        (1, 0) => "Write the brief of the first scene as JSON.".into(),
        (1, _) => "Write the brief of the scene that follows as JSON.".into(),
        (count, 0) => {
            format!("Write the briefs of the story's {count} scenes, from its beginning to its end, as JSON.")
        }
        (count, _) => format!("Write the briefs of the {count} scenes that follow as JSON."),
    };
    let tokens = u32::try_from(80 + count * 95).unwrap_or(u32::MAX);
    job(board, at, &task, object(properties), seed, tokens)
}

/// Reads what [`scenes_job`] asked for.
///
/// # Errors
/// Where the answer is not of the grammar's shape, which a model held to it cannot write.
pub fn read_scenes(answer: &str) -> Result<Vec<SceneProposal>, serde_json::Error> {
    serde_json::from_str::<Scenes>(answer).map(|answer| answer.scenes)
}

/// Reads as much as there is of an answer to [`scenes_job`] still being written.
#[must_use]
pub fn draft_scenes(answer: &str) -> Vec<SceneProposal> {
    let mut value = closed(answer);
    keep_named(&mut value, "scenes", "brief");
    serde_json::from_value::<Scenes>(value).map(|answer| answer.scenes).unwrap_or_default()
}

#[derive(Deserialize)]
struct Scenes {
    scenes: Vec<SceneProposal>,
}

fn job(board: &Storyboard, until: usize, task: &str, schema: Value, seed: u32, max_tokens: u32) -> Job {
    let keep = |role, name: &str, text: String| Section { role, name: name.into(), text, fit: Fit::Keep };
    let mut sections = vec![
        keep(Role::System, "the instructions", SYSTEM.into()),
        keep(Role::User, "the title and logline", about(board)),
    ];
    sections.extend(bible(board));
    sections.extend(story_before(board, until));
    let language = if is_english(board) {
        String::new()
    } else {
        format!(" Write every text in the language {}.", board.language)
    };
    sections.push(keep(Role::User, "the task", format!("{task}{language}")));
    // Names and headings are no vocabulary whose words should take turns.
    let (seeds, sampler) = (vec![seed], Sampler { vary: 0.0, ..Sampler::default() });
    Job { sections, dealing: None, schema, seeds, sampler, leaning: Vec::new(), max_tokens, threads: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_bible_has_are_not_proposed_again() {
        let mut board = Storyboard::default();
        let mara = Entry { name: Line::new("MARA").unwrap(), ..Entry::default() };
        board.bible.props.push(mara);
        let answer = r#"{"characters": [{"name": "Mara", "look": "tall."}, {"name": "TOM", "look": "old."}],
            "places": [{"name": "TOM", "look": "a hill."}]}"#;
        let proposals = read_bible(&board, answer).unwrap();
        assert_eq!(proposals.iter().map(|proposal| proposal.entry.name.as_str()).collect::<Vec<_>>(), ["TOM"]);
    }

    #[test]
    fn an_answer_cut_anywhere_shows_what_has_begun_and_never_less_than_before() {
        let board = Storyboard::default();
        let bible =
            r#"{"characters": [{"name": "TOM", "look": "old."}], "places": [{"name": "HILL", "look": "bare."}]}"#;
        let scenes = r#"{"scenes": [{"heading": "EXT. HILL - DAY", "brief": "Tom climbs."}, {"brief": "He rests."}]}"#;
        let (mut entries, mut briefs) = (0, 0);
        for at in 0..=bible.len() {
            let so_far = draft_bible(&board, &bible[..at]).len();
            assert!(so_far >= entries, "at {at}");
            entries = so_far;
        }
        for at in 0..=scenes.len() {
            let so_far = draft_scenes(&scenes[..at]).len();
            assert!(so_far >= briefs, "at {at}");
            briefs = so_far;
        }
        assert_eq!((entries, briefs), (2, 2));
    }

    #[test]
    fn only_empty_lists_are_asked_for() {
        let mut board = Storyboard::default();
        assert!(wants_bible(&board));
        board.bible.characters.push(Entry::default());
        let job = bible_job(&board, 1);
        assert!(job.schema["properties"].get("characters").is_none());
        assert!(job.schema["properties"].get("places").is_some());
    }
}
