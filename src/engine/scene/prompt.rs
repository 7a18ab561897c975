//! The prompt of one scene: from what changes least to what changes most, so that the kept prefix is long.

use super::calls::Exemplar;
use super::schema::framed;
use crate::board::{Field, Lock, Scene, Shot, Storyboard, Take};
use crate::engine::job::{Fit, Role, Section};

const SYSTEM: &str = "You are a storyboard artist. From a writer's brief you write one scene as JSON: what happens, \
what is said, what is heard, and the shots, each with its framing, who stands where, and what the camera sees. \
Write short, concrete, visible things in the present tense. Use only the people, places and props you are given. \
Keep to the brief.";

/// The worked example. Its people are called X1 and Y1: nobody takes them for the board's own, and no grammar lets a take write such names.
const EXAMPLE_BRIEF: &str = "Characters:\n- X1: an old man in a grey coat\nProps:\n- Y1: a red kite\n\
Scene: EXT. HILL - DAY\nBrief: X1 loses hold of Y1.\nWrite the scene as JSON.";
/// Its answer, in the form the grammar asks for.
pub(super) const EXAMPLE_TAKE: &str = r#"{"action":"X1 runs down the hill with Y1 above him. A gust pulls the string out of his fist and Y1 climbs into the clouds.","dialogue":[["X1","Not again!"]],"sound":"wind, a snapping string.","shots":[["3.5 wide low pan-right",["X1: center-left middle right running","Y1: right far"],"A small man runs along the ridge, Y1 high over his head."],["2.5 close eye static",["X1: center near camera standing"],"His open hand, and the sky behind it."]]}"#;

/// The prompt's sections for a scene. `kept` gives the words of what is locked.
pub(super) fn sections(
    board: &Storyboard,
    scene: &Scene,
    locked: &[Lock],
    kept: Option<&Take>,
    exemplars: &[Exemplar<'_>],
) -> Vec<Section> {
    let mut sections = vec![
        keep(Role::System, "the instructions", SYSTEM.into()),
        keep(Role::User, "the worked example", EXAMPLE_BRIEF.into()),
        keep(Role::Assistant, "the worked example", EXAMPLE_TAKE.into()),
        keep(Role::User, "the title and logline", about(board)),
    ];
    sections.extend(bible(board));
    sections.extend(exemplars.iter().flat_map(worked));
    sections.extend(story_before(board, board.position(scene.id).unwrap_or(board.scenes.len())));
    sections.push(keep(Role::User, "the brief", task(board, scene, locked, kept)));
    sections
}

/// An accepted take of this board, as another worked example. It gives way before any of the story does.
fn worked(exemplar: &Exemplar<'_>) -> [Section; 2] {
    let scene = exemplar.scene;
    let name = format!("the accepted take of scene {}", scene.number);
    let yields = |role, text| Section { role, name: name.clone(), text, fit: Fit::Yield(String::new()) };
    let heading = exemplar.take.heading.as_ref().unwrap_or(&scene.heading);
    let brief = format!("Scene: {heading}\nBrief: {}\nWrite the scene as JSON.", scene.brief);
    [yields(Role::User, brief), yields(Role::Assistant, as_answer(exemplar.take))]
}

/// A take as the grammar would have had it written: the same keys, order and spaces.
#[must_use]
pub fn as_answer(take: &Take) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let lines: Vec<String> =
        take.dialogue.iter().map(|speech| format!("[{},{}]", quoted(&speech.speaker), quoted(&speech.line))).collect();
    let shots: Vec<String> = take.shots.iter().map(shot_as_answer).collect();
    let heading = take.heading.as_ref().map(|heading| format!(r#""heading":{},"#, quoted(heading))).unwrap_or_default();
    format!(
        r#"{{{heading}"action":{},"dialogue":[{}],"sound":{},"shots":[{}]}}"#,
        quoted(&take.action),
        lines.join(","),
        quoted(&take.sound),
        shots.join(",")
    )
}

fn shot_as_answer(shot: &Shot) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let staging: Vec<String> = shot
        .staging
        .iter()
        .map(|staged| {
            let facing = staged.facing.map(|facing| format!(" {facing}")).unwrap_or_default();
            let pose = staged.pose.as_ref().map(|pose| format!(" {pose}")).unwrap_or_default();
            quoted(&format!("{}: {} {}{facing}{pose}", staged.subject, staged.position, staged.depth))
        })
        .collect();
    format!("[{},[{}],{}]", quoted(&framed(shot)), staging.join(","), quoted(&shot.description))
}

fn keep(role: Role, name: &str, text: String) -> Section {
    Section { role, name: name.into(), text, fit: Fit::Keep }
}

pub(in crate::engine) fn about(board: &Storyboard) -> String {
    let mut about = String::new();
    if !board.title.is_empty() {
        about += &format!("Title: {}\n", board.title);
    }
    if !board.logline.is_empty() {
        about += &format!("Story: {}\n", board.logline);
    }
    if let Some(tone) = board.tone.as_ref().filter(|tone| !tone.is_empty()) {
        about += &format!("Tone: {tone}\n");
    }
    if !is_english(board) {
        about += &format!("Write in the language {}.\n", board.language);
    }
    about.truncate(about.trim_end().len());
    about
}

pub(in crate::engine) fn is_english(board: &Storyboard) -> bool {
    board.language.is_empty() || board.language.to_lowercase().split(['-', '_']).next() == Some("en")
}

/// One section an entry, so that a bible too big for the context can be told what to cut.
pub(in crate::engine) fn bible(board: &Storyboard) -> Vec<Section> {
    let lists =
        [("Characters:", &board.bible.characters), ("Places:", &board.bible.places), ("Props:", &board.bible.props)];
    let mut sections = Vec::new();
    for (title, entries) in lists {
        for (at, entry) in entries.iter().enumerate() {
            let mut text = if at == 0 { format!("{title}\n") } else { String::new() };
            text += &format!("- {}", entry.name);
            if !entry.look.is_empty() {
                text += &format!(": {}", entry.look);
            }
            if let Some(now) = entry.now.as_ref().filter(|now| !now.is_empty()) {
                text += &format!("; now {now}");
            }
            sections.push(keep(Role::User, &format!("the bible's {}", entry.name), text));
        }
    }
    sections
}

/// What happened before the scene at position `until`: the newest scenes whole, the older ones in short where the context is small.
pub(in crate::engine) fn story_before(board: &Storyboard, until: usize) -> Vec<Section> {
    let told = |before: &&Scene| before.leading_take().is_some() || !before.brief.is_empty();
    let mut sections: Vec<Section> = board.scenes.iter().take(until).filter(told).map(in_the_story).collect();
    if !sections.is_empty() {
        sections.insert(0, keep(Role::User, "the story before", "Before this:".into()));
    }
    sections
}

/// A scene as a later one is told of it.
fn in_the_story(scene: &Scene) -> Section {
    let heading = scene.current_heading();
    let short = format!("- {heading}: {}", first_sentence(&scene.brief));
    let text = match scene.leading_take() {
        Some(take) => format!("- {heading}: {}{}", take.action, said(take)),
        None => format!("- {heading}: {}", scene.brief),
    };
    let short = if short.len() < text.len() { short } else { text.clone() };
    Section { role: Role::User, name: format!("scene {}", scene.number), text, fit: Fit::Yield(short) }
}

fn said(take: &Take) -> String {
    take.dialogue.iter().map(|speech| format!(" {}: \"{}\"", speech.speaker, speech.line)).collect()
}

fn first_sentence(text: &str) -> &str {
    text.split_inclusive(['.', '!', '?', '。', '！', '？']).next().unwrap_or(text).trim()
}

fn task(board: &Storyboard, scene: &Scene, locked: &[Lock], kept: Option<&Take>) -> String {
    let mut task = String::new();
    let kept = kept.filter(|_| locked.contains(&Lock::Field(Field::Heading))).and_then(|take| take.heading.as_ref());
    let heading = kept.unwrap_or(&scene.heading);
    if !heading.is_empty() {
        task += &format!("Scene: {heading}\n");
    }
    if !scene.brief.is_empty() {
        task += &format!("Brief: {}\n", scene.brief);
    }
    if scene.newcomers > 0 {
        task += &format!("You may bring in at most {} new people or props.\n", scene.newcomers);
    }
    let given: Vec<String> =
        locked.iter().filter(|&&lock| lock != Lock::Field(Field::Heading)).map(Lock::to_string).collect();
    if !given.is_empty() {
        task += &format!("The {} stays as it is; write the rest to it.\n", given.join(", "));
    }
    task += &format!("It lasts {} seconds. ", scene.target().get());
    if is_english(board) {
        task += "Write the scene as JSON.";
    } else {
        task += &format!("Write the scene as JSON, with every text in the language {}.", board.language);
    }
    task
}

#[cfg(test)]
mod tests {
    use super::super::reading::whole;
    use super::*;
    use crate::board::Bible;

    #[test]
    fn an_accepted_take_is_shown_in_the_form_the_grammar_asks_for() {
        let take = whole(EXAMPLE_TAKE, &Bible::default()).unwrap();
        assert_eq!(as_answer(&take), EXAMPLE_TAKE);
    }
}
