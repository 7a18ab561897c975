//! XML out: escaped, indented, only characters that XML 1.0 has.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

/// A document being written.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document that begins with `head`, after the declaration.
    pub(super) fn new(head: &str) -> Self {
        Self { text: format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{head}"), open: Vec::new() }
    }

    /// Opens an element, writes what is in it, and closes it.
    pub(super) fn within(
        &mut self,
        name: &'static str,
        attributes: &[(&str, &dyn Display)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.begin(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name);
        inside(self);
        self.open.pop();
        self.indent();
        let _ = writeln!(self.text, "</{name}>");
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[(&str, &dyn Display)]) {
        self.begin(name, attributes);
        self.text.push_str("/>\n");
    }

    /// An element with words in it.
    pub(super) fn words(&mut self, name: &'static str, attributes: &[(&str, &dyn Display)], words: impl Display) {
        self.begin(name, attributes);
        let words = words.to_string();
        let _ = writeln!(self.text, ">{}</{name}>", escaped(&words));
    }

    /// The document.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            // Writing to a `String` cannot fail.
            let _ = write!(self.text, " {name}=\"{}\"", attribute(&value.to_string()));
        }
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.open.len()));
    }
}

/// Text as XML's character data.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let wrong = |c: char| matches!(c, '&' | '<' | '>' | '"') || !allowed(c);
    if !text.contains(wrong) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars().filter(|&c| allowed(c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Text as an attribute's value: there a reader turns line breaks into spaces unless they are written as references.
fn attribute(text: &str) -> String {
    escaped(text).replace('\n', "&#10;")
}

/// The characters of XML 1.0.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_say_is_escaped_or_dropped() {
        assert_eq!(escaped("plain"), "plain");
        assert_eq!(escaped("a<b>&\"c\"\u{ffff}\u{1}"), "a&lt;b&gt;&amp;&quot;c&quot;");
        let mut xml = Xml::new("");
        xml.within("a", &[("n", &"1\n2")], |xml| xml.words("b", &[], "x < y"));
        assert!(xml.finish().ends_with("<a n=\"1&#10;2\">\n  <b>x &lt; y</b>\n</a>\n"));
    }
}
