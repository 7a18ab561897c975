//! Final Draft's `.fdx`, both ways: heading, action, dialogue, summaries and scene numbers.

use std::fmt::Display;

use crate::board::text::clean;
use crate::board::{Extra, Line, Passage, Speech, Text};

use super::decode::ImportError;
use super::opening;
use super::order::{Credit, Order};
use super::reel::{Part, Reel};
use super::script::{NAME, Script, ScriptScene, field};
use super::source::Source;
use super::xml::Xml;
use super::xml_read::{self, Element};

/// Reads a script.
///
/// # Errors
/// [`ImportError::Broken`] where it is no Final Draft document, or not a whole one.
pub fn read(text: &str) -> Result<Script, ImportError> {
    let root = xml_read::read(text, "Final Draft")?;
    let broken = |what: &str| ImportError::Broken { format: "Final Draft", what: what.to_owned() };
    if root.name != "FinalDraft" {
        return Err(broken("its root is not `FinalDraft`"));
    }
    let content = root.child("Content").ok_or_else(|| broken("it has no content"))?;
    let mut reader = Reader::default();
    if let Some(page) = root.child("TitlePage").and_then(|page| page.child("Content")) {
        reader.title_page(page);
    }
    content.all("Paragraph").for_each(|paragraph| reader.paragraph(paragraph));
    reader.end_scene();
    let mut script = reader.script;
    script.scenes = opening::joined(script.scenes);
    Ok(script)
}

#[derive(Debug, Default)]
struct Reader {
    script: Script,
    scene: ScriptScene,
    /// Whether a speech goes on.
    speaking: bool,
    /// The speech that the next cue stands beside.
    dual: Dual,
}

/// Where in a pair of speeches the reader is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Dual {
    #[default]
    No,
    First,
    Second,
}

impl Reader {
    fn title_page(&mut self, page: &Element) {
        let lines: Vec<String> = page.all("Paragraph").map(words).map(|line| line.trim().to_owned()).collect();
        let mut lines = lines.into_iter().filter(|line| !line.is_empty());
        self.script.title = Line::clipped(&lines.next().unwrap_or_default(), 500);
        for line in lines {
            match line.split_once(": ") {
                Some(("Logline", logline)) => self.script.logline = Text::clipped(logline, 2000),
                Some(("Provenance", _)) => {}
                _ => self.script.front.push((
                    Line::clipped(&format!("Line {}", self.script.front.len() + 1), 20),
                    Text::clipped(&line, 2000),
                )),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        if let Some(pair) = paragraph.child("DualDialogue") {
            self.dual = Dual::First;
            pair.all("Paragraph").for_each(|inside| self.paragraph(inside));
            self.dual = Dual::No;
            return;
        }
        let words = words(paragraph);
        let words = words.trim_end();
        match paragraph.attribute("Type").unwrap_or("General") {
            "Scene Heading" => {
                self.end_scene();
                self.scene.heading = Line::clipped(words, 500);
                self.scene.number =
                    paragraph.attribute("Number").map(|n| Line::clipped(n, 40)).filter(|n| !n.is_empty());
                let summary = paragraph.child("SceneProperties").and_then(|properties| properties.child("Summary"));
                if let Some(summary) = summary {
                    let lines: Vec<String> = summary.all("Paragraph").map(self::words).collect();
                    self.scene.synopsis = Text::clipped(lines.join("\n").trim(), 20_000);
                }
            }
            "Character" => self.cue(words.trim()),
            "Dialogue" | "Parenthetical" | "Singing" if self.speaking => self.speak(words.trim()),
            _ if words.trim().is_empty() => self.speaking = false,
            _ => {
                self.speaking = false;
                self.scene.action.push(words.to_owned());
            }
        }
        self.notes(paragraph);
    }

    fn cue(&mut self, line: &str) {
        let mut extra = Extra::new();
        let speaker = match line.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
            Some((name, extension)) if !name.trim().is_empty() && !extension.trim().is_empty() => {
                extra.insert(Speech::EXTENSION.to_owned(), Line::clipped(extension, 100).to_string().into());
                name
            }
            _ => line,
        };
        if self.dual == Dual::Second {
            extra.insert(Speech::DUAL.to_owned(), true.into());
        }
        if self.dual == Dual::First {
            self.dual = Dual::Second;
        }
        let (speaker, after) = (Line::clipped(speaker, NAME), self.scene.paragraphs());
        self.scene.dialogue.push(Speech { speaker, line: Text::default(), after, extra });
        self.speaking = true;
    }

    fn speak(&mut self, words: &str) {
        // A speech is begun by its cue.
        let Some(speech) = self.scene.dialogue.last_mut() else { return };
        let joined = if speech.line.is_empty() { words.to_owned() } else { format!("{}\n{words}", speech.line) };
        speech.line = Text::clipped(&joined, 20_000);
    }

    fn notes(&mut self, paragraph: &Element) {
        for note in
            paragraph.children.iter().flat_map(|child| child.all("ScriptNote")).chain(paragraph.all("ScriptNote"))
        {
            let lines: Vec<String> = note.all("Paragraph").map(words).collect();
            let note = Text::clipped(lines.join("\n").trim(), 20_000);
            if !note.is_empty() {
                self.scene.notes.push(note);
            }
        }
    }

    fn end_scene(&mut self) {
        self.speaking = false;
        let scene = std::mem::take(&mut self.scene);
        if !scene.is_empty() {
            self.script.scenes.push(scene);
        }
    }
}

/// The words of a paragraph: its runs of text put together.
fn words(paragraph: &Element) -> String {
    let raw: String = paragraph.all("Text").map(|run| run.words.as_str()).collect();
    clean(&raw).into_owned()
}

/// The board as a script.
#[must_use]
pub fn write(order: &Order<'_>) -> String {
    let reel = Reel::new(order.board, order.selection);
    let mut xml = Xml::new("");
    let document: [(&str, &dyn Display); 3] = [("DocumentType", &"Script"), ("Template", &"No"), ("Version", &"5")];
    xml.within("FinalDraft", &document, |xml| {
        xml.within("Content", &[], |xml| reel.scenes.iter().for_each(|part| scene(part, xml)));
        xml.within("TitlePage", &[], |xml| xml.within("Content", &[], |xml| title_page(order, &reel, xml)));
    });
    xml.finish()
}

fn title_page(order: &Order<'_>, reel: &Reel<'_>, xml: &mut Xml) {
    let mut line = |words: &str| {
        xml.within("Paragraph", &[("Alignment", &"Center"), ("Type", &"General")], |xml| xml.words("Text", &[], words));
    };
    line(&order.board.title);
    if let Some(serde_yaml::Value::Mapping(front)) = order.board.extra.get(field::FRONT) {
        front.values().filter_map(serde_yaml::Value::as_str).for_each(|value| line(&Line::clipped(value, 500)));
    }
    if !order.board.logline.trim().is_empty() {
        line(&format!("Logline: {}", order.board.logline));
    }
    if order.options.credit == Credit::Said {
        let source = Source::of_takes(reel.scenes.iter().filter_map(|part| part.take));
        line(&format!("Provenance: {}", source.sentence()));
    }
}

fn scene(part: &Part<'_>, xml: &mut Xml) {
    let number: &dyn Display = &part.scene.number;
    xml.within("Paragraph", &[("Number", number), ("Type", &"Scene Heading")], |xml| {
        if !part.scene.brief.trim().is_empty() {
            xml.within("SceneProperties", &[("Title", &"")], |xml| {
                xml.within("Summary", &[], |xml| {
                    for line in part.scene.brief.lines() {
                        xml.within("Paragraph", &[], |xml| xml.words("Text", &[], line));
                    }
                });
            });
        }
        xml.words("Text", &[], part.heading);
    });
    let Some(take) = part.take else { return };
    let mut passages = take.passages().into_iter().peekable();
    while let Some(passage) = passages.next() {
        let first = match passage {
            Passage::Action(words) => {
                let paragraphs = words.split("\n\n").filter(|words| !words.trim().is_empty());
                paragraphs.for_each(|words| paragraph("Action", words, xml));
                continue;
            }
            Passage::Speech(first) => first,
        };
        match passages.next_if(|next| matches!(next, Passage::Speech(next) if next.is_dual())) {
            Some(Passage::Speech(second)) => xml.within("Paragraph", &[], |xml| {
                xml.within("DualDialogue", &[], |xml| {
                    [first, second].into_iter().for_each(|speech| spoken(speech, xml))
                });
            }),
            _ => spoken(first, xml),
        }
    }
}

fn spoken(speech: &Speech, xml: &mut Xml) {
    paragraph("Character", &speech.cue(), xml);
    for line in speech.line.lines() {
        let aside = line.starts_with('(') && line.ends_with(')');
        paragraph(if aside { "Parenthetical" } else { "Dialogue" }, line, xml);
    }
}

fn paragraph(kind: &str, words: &str, xml: &mut Xml) {
    xml.within("Paragraph", &[("Type", &kind)], |xml| xml.words("Text", &[], words));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Scene, Storyboard};
    use crate::exchange::fixture::{self, Grey};
    use crate::exchange::{Options, Selection};
    use proptest::prelude::*;

    fn written(board: &Storyboard) -> String {
        let (selection, options) = (Selection::default(), Options::default());
        let order = Order { board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
        write(&order)
    }

    #[test]
    fn what_final_draft_writes_is_read() {
        let script = read(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="3"><Content>
<Paragraph Number="1" Type="Scene Heading"><SceneProperties Length="1/8" Page="1" Title=""><Summary><Paragraph><Text>It begins.</Text></Paragraph></Summary></SceneProperties><Text>EXT. A PLACE - DAY</Text></Paragraph>
<Paragraph Type="Action"><Text>This is </Text><Text Style="Bold">a place</Text><Text> &amp; more</Text></Paragraph>
<Paragraph><DualDialogue>
<Paragraph Type="Character"><Text>PERSON A (V.O.)</Text></Paragraph><Paragraph Type="Parenthetical"><Text>(softly)</Text></Paragraph><Paragraph Type="Dialogue"><Text>Hello!</Text></Paragraph>
<Paragraph Type="Character"><Text>PERSON B</Text></Paragraph><Paragraph Type="Dialogue"><Text>Hi.</Text></Paragraph>
</DualDialogue></Paragraph>
<Paragraph Type="Transition"><Text>CUT TO:</Text></Paragraph>
</Content></FinalDraft>"#,
        )
        .unwrap();
        let scene = &script.scenes[0];
        assert_eq!((scene.number.as_deref(), scene.heading.as_str()), (Some("1"), "EXT. A PLACE - DAY"));
        assert_eq!(
            (scene.synopsis.as_str(), scene.action.join("|").as_str()),
            ("It begins.", "This is a place & more|CUT TO:")
        );
        assert_eq!(
            (scene.dialogue[0].speaker.as_str(), scene.dialogue[0].line.as_str()),
            ("PERSON A", "(softly)\nHello!")
        );
        assert_eq!(
            (&scene.dialogue[0].extra["extension"], &scene.dialogue[1].extra["dual"]),
            (&"V.O.".into(), &true.into())
        );
    }

    #[test]
    fn what_is_no_script_is_refused() {
        for (text, words) in [
            ("<html/>", "`FinalDraft`"),
            ("<FinalDraft/>", "no content"),
            ("<FinalDraft><Content>", "breaks off"),
            ("Title: no XML", "no XML"),
        ] {
            let said = read(text).unwrap_err().to_string();
            assert!(said.contains(words), "{said}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn what_a_script_can_carry_comes_back(board in fixture::boards()) {
            let script = read(&written(&board)).unwrap();
            let xml = |text: &str| text.replace(['\u{fffe}', '\u{ffff}'], "");
            prop_assert_eq!(script.scenes.len(), board.scenes.len());
            for (back, scene) in script.scenes.iter().zip(&board.scenes) {
                prop_assert_eq!(back.number.as_ref(), Some(&scene.number));
                prop_assert_eq!(back.heading.as_str(), xml(&scene.heading));
                prop_assert_eq!(back.synopsis.as_str(), xml(&scene.brief));
                let Some(take) = scene.leading_take() else { continue };
                prop_assert_eq!(back.action_text(), xml(&take.action));
                let lines = |speeches: &[Speech]| speeches.iter().map(|s| (s.speaker.to_string(), xml(&s.line))).collect::<Vec<_>>();
                prop_assert_eq!(lines(&back.dialogue), lines(&take.dialogue));
            }
            let again = script.into_board(&mut fixture::fresh()).board;
            for (back, scene) in again.scenes.iter().zip(&board.scenes) {
                let told = |scene: &Scene| -> Vec<String> {
                    let told = scene.leading_take().map(fixture::told).unwrap_or_default();
                    told.iter().map(|words| xml(words).trim().to_owned()).filter(|words| !words.is_empty()).collect()
                };
                prop_assert_eq!(told(back), told(scene), "action and speech follow each other as they did");
            }
        }
    }
}
