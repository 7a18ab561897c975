//! A script as every screenplay format gives it, and the board it becomes.
//!
//! A scene of a script becomes a scene with heading and brief, and one imported take with all of its action and dialogue, so
//! no word of the script is lost. Who speaks and where scenes are become proposals for the bible.

use std::collections::{HashMap, HashSet};

use serde_yaml::Value;
use ulid::Ulid;

use crate::board::heading::Heading;
use crate::board::text::TEXT_MAX;
use crate::board::{
    Bible, Entry, Extra, Line, Origin, Provenance, Scene, SceneId, Shot, Speech, Storyboard, Take, TakeId, Text,
};

/// The longest brief made from a script's action, in characters: the model reads it before every take.
const BRIEF: usize = 600;
/// The longest look made from what a script says of somebody.
const LOOK: usize = 240;

/// A script.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Script {
    /// Its title.
    pub title: Line,
    /// The story in a sentence, where it says so.
    pub logline: Text,
    /// The rest of its title page, in order.
    pub front: Vec<(Line, Text)>,
    /// Its scenes.
    pub scenes: Vec<ScriptScene>,
    /// Width to height, where it says so.
    pub aspect: Option<f64>,
    /// Frames a second, where it says so.
    pub fps: Option<f64>,
    /// Pictures that came with it, as PNG, by the name that shots have in [`field::PICTURE`].
    pub pictures: Vec<(String, Vec<u8>)>,
    /// What a person should know of how it was read.
    pub said: Vec<String>,
}

/// A scene of a script.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScriptScene {
    /// Its number, where the script numbers it.
    pub number: Option<Line>,
    /// Its heading; empty for what stands before the first.
    pub heading: Line,
    /// Sections that begin right before it: their depth from 1, and their name. What a section says of itself has the depth 0.
    pub sections: Vec<(u8, Line)>,
    /// Its synopsis.
    pub synopsis: Text,
    /// What happens, in paragraphs.
    pub action: Vec<String>,
    /// What is said.
    pub dialogue: Vec<Speech>,
    /// What is heard.
    pub sound: Text,
    /// What is seen.
    pub shots: Vec<Shot>,
    /// Notes to oneself.
    pub notes: Vec<Text>,
}

/// A board made from a script, and what was done to it on the way.
#[derive(Debug)]
pub struct FromScript {
    /// The board.
    pub board: Storyboard,
    /// What a person should know: what had to be cut, how it was read.
    pub said: Vec<String>,
    /// Pictures that came with it, as PNG, by name.
    pub pictures: Vec<(String, Vec<u8>)>,
}

/// Extra fields that imports give and exports read.
pub mod field {
    /// Of a scene: the sections that begin before it.
    pub const SECTIONS: &str = "sections";
    /// Of a board: the rest of the title page.
    pub const FRONT: &str = "title_page";
    /// Of a scene: what was imported, to know what changed since.
    pub const IMPORTED: &str = "imported";
    /// Of a shot: the picture that came with it, a file's name in the folder `pictures` beside the board.
    pub const PICTURE: &str = "picture";
}

impl ScriptScene {
    /// Whether it holds nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { sections: self.sections.clone(), ..Self::default() }
    }

    /// How many paragraphs of action there are so far.
    #[must_use]
    pub fn paragraphs(&self) -> Option<u16> {
        u16::try_from(self.action.len()).ok()
    }

    /// Its action as one text.
    #[must_use]
    pub fn action_text(&self) -> String {
        self.action.join("\n\n")
    }
}

impl Script {
    /// The board it becomes. `fresh` gives identities.
    pub fn into_board(self, fresh: &mut dyn FnMut() -> Ulid) -> FromScript {
        let mut said = self.said.clone();
        let mut board =
            Storyboard { title: self.title.clone(), logline: self.logline.clone(), ..Storyboard::default() };
        board.bible = proposals(&self);
        if !self.front.is_empty() {
            let pairs = self.front.iter().map(|(key, value)| (key.to_string().into(), value.to_string().into()));
            board.extra.insert(field::FRONT.to_owned(), Value::Mapping(pairs.collect()));
        }
        if let Some(aspect) = self.aspect {
            board.aspect = Line::clipped(&aspect_name(aspect), 20);
        }
        #[expect(clippy::cast_possible_truncation, reason = "frame rates are small")]
        if let Some(fps) = self.fps.filter(|fps| (1.0..=240.0).contains(fps)) {
            board.fps = fps as f32;
        }
        let mut taken: HashSet<String> = self
            .scenes
            .iter()
            .filter_map(|scene| scene.number.as_ref())
            .map(|number| plain_number(number).to_lowercase())
            .collect();
        let mut next = 1_usize;
        let mut given = HashSet::new();
        for scene in self.scenes.into_iter().filter(|scene| !scene.is_empty()) {
            let number = scene.number.as_ref().map(plain_number).unwrap_or_else(|| free_number(&mut next, &mut taken));
            // A number that stands twice gets a letter, which makes none that stands elsewhere in the script.
            let own =
                if given.insert(number.to_lowercase()) { number.clone() } else { distinct(number.clone(), &mut taken) };
            if own != number {
                said.push(format!("scene number {number} stands more than once; one is {own} here"));
            }
            board.scenes.push(scene.into_scene(own, fresh, &mut said));
        }
        FromScript { board, said, pictures: self.pictures }
    }
}

/// An aspect as the field writes it.
fn aspect_name(ratio: f64) -> String {
    let known = [("16:9", 16.0 / 9.0), ("4:3", 4.0 / 3.0), ("9:16", 9.0 / 16.0), ("1:1", 1.0)];
    let named = known.iter().find(|(_, value)| (value - ratio).abs() < 0.002);
    named.map_or_else(|| format!("{}:1", (ratio * 1000.0).round() / 1000.0), |(name, _)| (*name).to_owned())
}

/// Storyboarder writes its own mark behind a script's scene numbers: `12A-ZX3ZM` is scene 12A.
fn plain_number(number: &Line) -> Line {
    let marked = number.rsplit_once('-').filter(|(bare, mark)| {
        let letters = mark.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        mark.len() == 5 && letters && bare.starts_with(|c: char| c.is_ascii_digit())
    });
    marked.map_or_else(|| number.clone(), |(bare, _)| Line::clipped(bare, 40))
}

/// A number that no other scene has: with a letter behind it, as scenes that come in between are numbered, where it is taken.
pub fn distinct(number: Line, taken: &mut HashSet<String>) -> Line {
    if number.is_empty() || taken.insert(number.to_lowercase()) {
        return number;
    }
    let letters = (0_usize..).map(|n| {
        let letter = char::from(b'A' + (n % 26) as u8).to_string();
        if n < 26 { letter } else { format!("{letter}{}", n / 26) }
    });
    let mut lettered = letters.map(|letters| Line::clipped(&format!("{}{letters}", Line::clipped(&number, 30)), 40));
    lettered.find(|lettered| taken.insert(lettered.to_lowercase())).unwrap_or(number)
}

fn free_number(next: &mut usize, taken: &mut HashSet<String>) -> Line {
    loop {
        let number = next.to_string();
        *next += 1;
        if taken.insert(number.clone()) {
            return Line::clipped(&number, 20);
        }
    }
}

impl ScriptScene {
    fn into_scene(self, number: Line, fresh: &mut dyn FnMut() -> Ulid, cut: &mut Vec<String>) -> Scene {
        let whole = self.action_text();
        let action = Text::new(&whole).unwrap_or_else(|too_long| {
            cut.push(format!("scene {number}: of {} characters of action {TEXT_MAX} are kept", too_long.length));
            Text::clipped(&whole, TEXT_MAX)
        });
        let brief = if self.synopsis.is_empty() { brief(&whole) } else { self.synopsis };
        let mut extra = Extra::default();
        if !self.sections.is_empty() {
            let mark = |depth: u8| if depth == 0 { "=".to_owned() } else { "#".repeat(depth.into()) };
            let names = self.sections.iter().map(|(depth, name)| format!("{} {name}", mark(*depth)).into());
            extra.insert(field::SECTIONS.to_owned(), Value::Sequence(names.collect()));
        }
        if !self.notes.is_empty() {
            let notes = self.notes.iter().map(|note| note.to_string().into()).collect();
            extra.insert(Scene::NOTES.to_owned(), Value::Sequence(notes));
        }
        let mut dialogue = self.dialogue;
        // Where all action stands before all speech, as in most takes, nothing needs to be said of it.
        if dialogue.iter().all(|speech| speech.after.is_none_or(|after| usize::from(after) >= self.action.len())) {
            dialogue.iter_mut().for_each(|speech| speech.after = None);
        }
        let says_something = !action.is_empty() || !dialogue.is_empty() || !self.shots.is_empty();
        let take = Take {
            id: TakeId::new(fresh()),
            parent: None,
            heading: None,
            action,
            dialogue,
            sound: self.sound,
            shots: self.shots,
            newcomers: Vec::new(),
            provenance: Provenance { origin: Origin::Import, ..Provenance::default() },
            extra: Extra::default(),
        };
        Scene {
            id: SceneId::new(fresh()),
            number,
            heading: self.heading,
            brief,
            picked: (says_something && !take.shots.is_empty()).then_some(take.id),
            takes: if says_something || !take.sound.is_empty() { vec![take] } else { Vec::new() },
            extra,
            ..Scene::default()
        }
    }
}

/// A brief from a scene's action: whole sentences, as many as fit.
fn brief(action: &str) -> Text {
    // "CUT TO:" and "FADE IN:" tell the editor something, and a writer of takes nothing.
    let transition =
        |line: &&str| (line.ends_with("TO:") || line.starts_with("FADE ")) && !line.chars().any(char::is_lowercase);
    let lines = action.split('\n').map(str::trim).filter(|line| !line.is_empty() && !transition(line));
    let flat = lines.collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= BRIEF {
        return Text::clipped(&flat, BRIEF);
    }
    let end = flat.char_indices().nth(BRIEF).map_or(flat.len(), |(at, _)| at);
    let sentence = [". ", "! ", "? ", "… ", "。", "！", "？"]
        .iter()
        .filter_map(|mark| flat[..end].rfind(mark).map(|at| at + mark.trim_end().len()))
        .max()
        .filter(|&at| at > end / 3);
    match sentence {
        Some(at) => Text::clipped(&flat[..at], BRIEF),
        None => Text::clipped(&flat, BRIEF),
    }
}

/// The longest name that goes into the bible, and so the longest speaker's.
pub const NAME: usize = 80;

/// Who speaks, with what the script says where a name first stands in capitals, and where scenes are.
#[must_use]
pub fn proposals(script: &Script) -> Bible {
    let mut bible = Bible::default();
    let mut known: HashMap<String, usize> = HashMap::new();
    for speech in script.scenes.iter().flat_map(|scene| &scene.dialogue) {
        // Names that are the same once they are cut are one name.
        let name = Line::clipped(speech.speaker.trim(), NAME);
        if !name.is_empty() && !known.contains_key(&name.to_lowercase()) {
            known.insert(name.to_lowercase(), bible.characters.len());
            bible.characters.push(Entry { name, ..Entry::default() });
        }
    }
    let mut unseen: Vec<usize> = (0..bible.characters.len()).collect();
    for paragraph in script.scenes.iter().flat_map(|scene| &scene.action) {
        unseen.retain(|&at| {
            let entry = &mut bible.characters[at];
            let Some(look) = introduction(paragraph, &entry.name) else { return true };
            entry.look = look;
            false
        });
        if unseen.is_empty() {
            break;
        }
    }
    for scene in &script.scenes {
        let Some(place) = place(&scene.heading) else { continue };
        let name = Line::clipped(place, NAME);
        if let std::collections::hash_map::Entry::Vacant(free) = known.entry(name.to_lowercase()) {
            free.insert(usize::MAX);
            bible.places.push(Entry { name, ..Entry::default() });
        }
    }
    bible
}

/// The place a heading names, with or without a time.
#[must_use]
pub fn place(heading: &str) -> Option<&str> {
    if let Some(parts) = Heading::parse(heading) {
        return Some(parts.place);
    }
    let prefixes = ["INT./EXT.", "INT/EXT", "I/E.", "I/E", "INT.", "EXT.", "EST.", "INT ", "EXT ", "EST "];
    let starts = |prefix: &&&str| heading.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let prefix = prefixes.iter().find(starts)?;
    let rest = heading.get(prefix.len()..)?.trim_start_matches('.').trim();
    let place =
        [" - ", " – ", " — "].iter().find_map(|dash| rest.rsplit_once(dash)).map_or(rest, |(place, _)| place.trim());
    (!place.is_empty()).then_some(place)
}

/// The sentence in which a name first stands, in the script's own words.
fn introduction(paragraph: &str, name: &str) -> Option<Text> {
    let at = paragraph.find(name)?;
    let before = paragraph[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let rest = &paragraph[at + name.len()..];
    if !before || rest.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    // "MARA (60s), in a yellow raincoat, climbs": what stands in brackets or between commas describes.
    let rest = rest.trim_start();
    let described = if let Some(inside) = rest.strip_prefix('(') {
        let (inside, after) = inside.split_once(')')?;
        let more = after.strip_prefix(',').map(|more| more.split([',', '.', '\n']).next().unwrap_or_default());
        more.map_or_else(|| inside.to_owned(), |more| format!("{inside}, {}", more.trim()))
    } else if let Some(after) = rest.strip_prefix(',') {
        let sentence = after.split(['.', '\n', '!', '?']).next().unwrap_or_default();
        let parts: Vec<&str> = sentence.split(',').map(str::trim).collect();
        // The last part is what they do, unless there is no verb to hold it: keep everything before it.
        let kept = if parts.len() > 1 { &parts[..parts.len() - 1] } else { &parts[..] };
        kept.join(", ")
    } else {
        return None;
    };
    (!described.trim().is_empty()).then(|| Text::clipped(described.trim(), LOOK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_script_says_of_somebody_becomes_a_look() {
        for (paragraph, expected) in [
            ("MARA (60s), in a yellow raincoat, climbs.", Some("60s, in a yellow raincoat")),
            ("Behind her JOSEF MARA, old and thin, coughs. More.", Some("old and thin")),
            ("MARA (32) walks in.", Some("32")),
            ("MARA walks in, tired.", None),
            ("MARAUDERS (many), loud.", None),
            ("Nobody.", None),
        ] {
            assert_eq!(introduction(paragraph, "MARA").as_deref(), expected, "{paragraph}");
        }
    }

    #[test]
    fn names_that_are_the_same_once_they_are_cut_are_one_entry() {
        let heading = |end: &str| Line::clipped(&format!("EXT. {}{end} - DAY", "A LONG SHORE ".repeat(10)), 500);
        let speech = |end: &str| Speech {
            speaker: Line::clipped(&format!("{}{end}", "somebody ".repeat(12)), 500),
            line: Text::default(),
            after: None,
            extra: Extra::new(),
        };
        let scene =
            |end: &str| ScriptScene { heading: heading(end), dialogue: vec![speech(end)], ..ScriptScene::default() };
        let bible = proposals(&Script { scenes: vec![scene("one"), scene("two")], ..Script::default() });
        assert_eq!((bible.characters.len(), bible.places.len()), (1, 1));
    }

    #[test]
    fn a_place_is_found_without_a_time_too() {
        for (heading, expected) in [
            ("INT. KITCHEN - NIGHT", Some("KITCHEN")),
            ("EXT. ROCKY SHORE", Some("ROCKY SHORE")),
            ("INT/EXT CAR", Some("CAR")),
            ("INT/EXT CAR - DAY", Some("CAR")),
            ("EST. CITY – NIGHT", Some("CITY")),
            ("I/E. CAR", Some("CAR")),
            ("ext street", Some("street")),
            ("INT. é", Some("é")),
            ("INTERLUDE", None),
            ("Ünïcode", None),
            ("", None),
        ] {
            assert_eq!(place(heading), expected, "{heading}");
        }
    }

    #[test]
    fn a_brief_ends_with_a_sentence() {
        let long = "She walks on. ".repeat(80);
        let brief = brief(&long);
        assert!(brief.ends_with("on.") && brief.chars().count() <= BRIEF, "{brief}");
        assert_eq!(super::brief("FADE IN:\n\nOne.\n\nSMASH CUT TO:\n\nTwo."), "One. Two.");
    }

    #[test]
    fn a_mark_behind_a_number_is_no_part_of_it() {
        for (raw, expected) in [("12A-ZX3ZM", "12A"), ("12A", "12A"), ("1-2", "1-2"), ("A-ZX3ZM", "A-ZX3ZM")] {
            assert_eq!(plain_number(&Line::new(raw).unwrap()), expected);
        }
    }
}
