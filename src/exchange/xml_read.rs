//! XML in: a small tree, without entities of the document's own, without depth beyond measure.
//!
//! A document type with declarations is refused: entities that stand for each other are how a kilobyte becomes a gigabyte,
//! and external ones read other files.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::decode::ImportError;

/// How deep elements may lie in each other. Screenplays need about ten.
const DEPTH: usize = 64;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// The elements in it.
    pub(super) children: Vec<Element>,
    /// The words right in it.
    pub(super) words: String,
}

impl Element {
    /// An attribute's value.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The first element of that name right in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The elements of that name right in it.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// Reads a document, and answers its root.
///
/// # Errors
/// [`ImportError::Broken`] as a file of `format`.
pub(super) fn read(text: &str, format: &'static str) -> Result<Element, ImportError> {
    if text.trim().is_empty() {
        return Err(ImportError::Broken { format, what: "it is empty".to_owned() });
    }
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let broken = |what: String| {
            let line = text.get(..at).unwrap_or(text).bytes().filter(|&byte| byte == b'\n').count() + 1;
            ImportError::Broken { format, what: format!("line {line}: {what}") }
        };
        let event = reader.read_event().map_err(|error| broken(error.to_string()))?;
        match event {
            Event::Start(start) => {
                if open.len() > DEPTH {
                    return Err(broken(format!("elements lie more than {DEPTH} deep in each other")));
                }
                open.push(element(&start).map_err(&broken)?);
            }
            Event::Empty(start) => {
                let child = element(&start).map_err(&broken)?;
                if let Some(parent) = open.last_mut() {
                    parent.children.push(child);
                }
            }
            Event::End(_) => {
                // The reader checks that what ends is what began.
                if let (Some(child), Some(parent)) = (open.pop(), open.last_mut()) {
                    parent.children.push(child);
                }
            }
            Event::Text(words) => {
                if let Some(parent) = open.last_mut() {
                    parent.words.push_str(&words.xml10_content());
                }
            }
            Event::CData(words) => {
                if let Some(parent) = open.last_mut() {
                    parent.words.push_str(&words.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    Ok(None) => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
                    Err(error) => return Err(broken(error.to_string())),
                };
                let known =
                    resolved.ok_or_else(|| broken("it uses an entity of its own, which is not read".to_owned()))?;
                if let Some(parent) = open.last_mut() {
                    parent.words.push_str(&known);
                }
            }
            Event::DocType(declared) if declared.xml10_content().contains(['[', '%']) => {
                return Err(broken("it declares entities of its own, which are not read".to_owned()));
            }
            Event::Eof if open.len() > 1 => {
                let name = open.last().map(|element| element.name.clone()).unwrap_or_default();
                return Err(broken(format!("it breaks off inside `{name}`")));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let document = open.pop().unwrap_or_default();
    document
        .children
        .into_iter()
        .next()
        .ok_or_else(|| ImportError::Broken { format, what: "there is no XML in it".to_owned() })
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let name = start.local_name().into_inner().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value =
            attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).map_err(|error| error.to_string())?;
        attributes.push((attribute.key.local_name().into_inner().to_owned(), value.into_owned()));
    }
    Ok(Element { name, attributes, ..Element::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(text: &str) -> String {
        read(text, "XML").unwrap_err().to_string()
    }

    #[test]
    fn a_document_becomes_a_tree() {
        let root =
            read("<?xml version=\"1.0\"?><!DOCTYPE a><a x:n='1 &amp; 2'>one &lt;<b/>&#x74;wo</a>", "XML").unwrap();
        assert_eq!((root.name.as_str(), root.attribute("n"), root.words.as_str()), ("a", Some("1 & 2"), "one <two"));
        assert_eq!(root.child("b").map(|b| b.name.as_str()), Some("b"));
    }

    #[test]
    fn entities_depth_and_halves_are_refused_in_words() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert!(refused(bomb).contains("declares entities"), "{}", refused(bomb));
        assert!(refused("<a>&unknown;</a>").contains("entity of its own"));
        assert!(refused("<a n='&x;'/>").contains("line 1"));
        assert!(refused(&"<a>".repeat(1000)).contains("64 deep"));
        assert!(refused("<a>\n<b>half").contains("line 2: it breaks off inside `b`"));
        assert!(refused(" ").contains("empty"));
        assert!(refused("words").contains("no XML"));
        assert!(refused("<a></b>").contains("line 1"));
    }

    proptest! {
        #[test]
        fn nothing_is_too_strange(raw in any::<String>()) {
            let _ = read(&raw, "XML");
            let _ = read(&format!("<a>{raw}</a>"), "XML");
        }

        #[test]
        fn any_words_survive_being_written(raw in any::<String>()) {
            let mut xml = crate::exchange::xml::Xml::new("");
            let clean = crate::board::text::clean(&raw).into_owned();
            xml.words("a", &[("n", &clean)], &clean);
            let kept: String = clean.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
            let root = read(&xml.finish(), "XML").unwrap();
            prop_assert_eq!(&root.words, &kept);
            prop_assert_eq!(root.attribute("n"), Some(kept.as_str()));
        }
    }
}
