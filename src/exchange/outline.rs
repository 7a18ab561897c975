//! An outline as plain text or Markdown: one scene a heading, or a paragraph where there are no headings.

use std::collections::BTreeMap;

use crate::board::text::clean;
use crate::board::{Line, Text};

use super::script::{Script, ScriptScene};

/// Reads an outline. Any text is one.
///
/// The only top heading is the title. Of several depths one has the scenes: the one with the most scene headings, else with
/// the most headings. What lies above are sections, and what lies below belongs to its scene.
#[must_use]
pub fn read(text: &str) -> Script {
    let text = clean(text);
    let blocks = blocks(&text);
    let depths: Vec<u8> = blocks.iter().filter_map(|block| block.depth).collect();
    let mut script = Script::default();
    let top = depths.iter().min().copied();
    let title = top.filter(|top| {
        depths.iter().filter(|depth| *depth == top).count() == 1
            && blocks.first().is_some_and(|first| first.depth == Some(*top))
    });
    let scenes_at = scenes_at(blocks.iter().skip(usize::from(title.is_some())));
    let mut sections = Vec::new();
    for (at, block) in blocks.into_iter().enumerate() {
        match (block.depth, scenes_at) {
            (Some(_), _) if at == 0 && title.is_some() => script.title = Line::clipped(&block.words, 500),
            (Some(depth), Some(scenes)) if depth < scenes => {
                sections.push((depth.min(6), Line::clipped(&block.words, 500)));
            }
            (Some(depth), Some(scenes)) if depth > scenes => {
                let words = script.scenes.last_mut().map_or(&mut script.logline, |scene| &mut scene.synopsis);
                append(words, &block.words);
            }
            (Some(_), _) => {
                let (number, heading) = numbered(&block.words);
                let sections = std::mem::take(&mut sections);
                script.scenes.push(ScriptScene {
                    number,
                    heading: Line::clipped(heading, 500),
                    sections,
                    ..ScriptScene::default()
                });
            }
            (None, Some(_)) => match script.scenes.last_mut().filter(|_| sections.is_empty()) {
                Some(scene) => append(&mut scene.synopsis, &block.words),
                None => append(&mut script.logline, &block.words),
            },
            (None, None) => {
                let (number, words) = numbered(&block.words);
                let synopsis = Text::clipped(words, 20_000);
                script.scenes.push(ScriptScene { number, synopsis, ..ScriptScene::default() });
            }
        }
    }
    script
}

/// The depth whose headings are scenes. One deeper heading somewhere must not make one scene of everything.
fn scenes_at<'a>(blocks: impl Iterator<Item = &'a Block>) -> Option<u8> {
    let mut found: BTreeMap<u8, (usize, usize)> = BTreeMap::new();
    for (depth, words) in blocks.filter_map(|block| Some((block.depth?, &block.words))) {
        let (scenes, all) = found.entry(depth).or_default();
        *scenes += usize::from(super::script::place(words).is_some());
        *all += 1;
    }
    found.into_iter().max_by_key(|&(depth, (scenes, all))| (scenes, all, depth)).map(|(depth, _)| depth)
}

/// A heading, or a paragraph.
struct Block {
    /// Its depth from 1, where it is a heading.
    depth: Option<u8>,
    words: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let words = line.trim();
        let depth = words.bytes().take_while(|&byte| byte == b'#').count();
        let item = words.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with(' '));
        if words.is_empty() {
            open = false;
        } else if (1..=6).contains(&depth) && words[depth..].starts_with(' ') {
            let depth = u8::try_from(depth).ok();
            blocks.push(Block { depth, words: words.trim_matches('#').trim().to_owned() });
            open = false;
        } else if words.len() >= 3 && (words.bytes().all(|b| b == b'=') || words.bytes().all(|b| b == b'-')) {
            // An underline makes the line above a heading; alone it is a rule.
            if let Some(above) =
                blocks.last_mut().filter(|above| open && above.depth.is_none() && !above.words.contains('\n'))
            {
                above.depth = Some(if words.starts_with('=') { 1 } else { 2 });
            }
            open = false;
        } else if let Some(item) = item {
            blocks.push(Block { depth: None, words: item.trim().to_owned() });
            open = true;
        } else {
            match blocks.last_mut().filter(|_| open) {
                Some(block) => {
                    block.words.push('\n');
                    block.words.push_str(words);
                }
                None => blocks.push(Block { depth: None, words: words.to_owned() }),
            }
            open = true;
        }
    }
    blocks
}

/// `12A. The stair` is scene 12A.
fn numbered(words: &str) -> (Option<Line>, &str) {
    let bare = words.strip_prefix("Scene ").unwrap_or(words);
    let end = bare.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(bare.len());
    let (number, rest) = bare.split_at(end);
    let is_number = number.len() <= 6 && number.starts_with(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ')', ':']).filter(|rest| is_number && rest.starts_with(' ')) {
        Some(rest) => (Some(Line::clipped(number, 20)), rest.trim()),
        None => (None, words),
    }
}

fn append(text: &mut Text, words: &str) {
    let joined = if text.is_empty() { words.to_owned() } else { format!("{text}\n{words}") };
    *text = Text::clipped(&joined, 20_000);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenes(text: &str) -> (String, Vec<(Option<String>, String, String)>) {
        let script = read(text);
        let scenes = script.scenes.iter().map(|scene| {
            (scene.number.as_ref().map(ToString::to_string), scene.heading.to_string(), scene.synopsis.to_string())
        });
        (script.title.to_string(), scenes.collect())
    }

    #[test]
    fn a_heading_is_a_scene_and_else_a_paragraph_is() {
        let scene = |n: Option<&str>, h: &str, s: &str| (n.map(str::to_owned), h.to_owned(), s.to_owned());
        assert_eq!(
            scenes(
                "# The Keeper\n\nA logline.\n\n## 1. EXT. SHORE - DAWN\n\nShe finds it.\nAnd looks.\n\n## INT. STAIR - DAY\n- up\n- down\n"
            ),
            (
                "The Keeper".to_owned(),
                vec![
                    scene(Some("1"), "EXT. SHORE - DAWN", "She finds it.\nAnd looks."),
                    scene(None, "INT. STAIR - DAY", "up\ndown")
                ]
            )
        );
        assert_eq!(
            scenes("She finds it.\nAnd looks.\n\n2) She climbs.").1,
            [scene(None, "", "She finds it.\nAnd looks."), scene(Some("2"), "", "She climbs.")]
        );
        assert_eq!(scenes("Title\n=====\n\nOne\n---\n\nText.\n\nTwo\n---\n").1.len(), 2);
        assert_eq!(scenes("# One\n\n# Two\n").1.len(), 2);
        assert_eq!(scenes("").1, []);
        let acts = read("# Film\n## Act One\n### Shore\nx\n## Act Two\n### Stair\n");
        assert_eq!(acts.scenes[1].sections, [(2, Line::new("Act Two").unwrap())]);
    }

    #[test]
    fn one_deeper_heading_does_not_make_one_scene_of_everything() {
        let (_, found) =
            scenes("# Film\n\n## Shore\nShe finds it.\n\n## Stair\nUp.\n\n### A beat\nShe rests.\n\n## Kitchen\nIn.\n");
        let found: Vec<_> = found.iter().map(|(_, heading, words)| (heading.as_str(), words.as_str())).collect();
        assert_eq!(found, [("Shore", "She finds it."), ("Stair", "Up.\nA beat\nShe rests."), ("Kitchen", "In.")]);
        let (_, found) = scenes("# Film\n## INT. A - DAY\n### One\n### Two\n### Three\n## INT. B - DAY\n");
        assert_eq!(found.len(), 2, "what looks like a scene heading is one");
    }
}
