//! Clean text: the only way words enter a storyboard, from a model, a file, a paste or the keyboard.
//!
//! What is removed is what can act on a terminal or hide from a reader: C0 and C1 controls, bidirectional
//! overrides and isolates, tag characters, the last private-use code point (U+10EEEE, which kitty uses as an image
//! placeholder), line separators, and invisible characters other than the two joiners and the variation selectors
//! that scripts and emoji need.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_segmentation::UnicodeSegmentation;

/// The longest [`Text`], in characters. A scene's action is a paragraph, not a chapter.
pub const TEXT_MAX: usize = 20_000;
/// The longest [`Line`], in characters.
pub const LINE_MAX: usize = 500;

/// Text longer than its cap. Nothing is cut silently: the caller decides and says so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this text has {length} characters, and at most {cap} fit here")]
pub struct TooLong {
    /// Characters found after cleaning.
    pub length: usize,
    /// Characters allowed.
    pub cap: usize,
}

/// Prose of one or more lines, without anything a terminal could obey. Lines end in `\n`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

/// A single line: a title, a heading, a name, a pose. As clean as [`Text`], and without line breaks.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(String);

impl Text {
    /// Cleans `raw`.
    ///
    /// # Errors
    /// [`TooLong`] where more than [`TEXT_MAX`] characters remain.
    pub fn new(raw: &str) -> Result<Self, TooLong> {
        let clean = clean(raw);
        within(&clean, TEXT_MAX)?;
        Ok(Self(clean.into_owned()))
    }

    /// Cleans `raw` and keeps at most `cap` characters, whole graphemes only; a cut ends in an ellipsis.
    #[must_use]
    pub fn clipped(raw: &str, cap: usize) -> Self {
        Self(clip(&clean(raw), cap.min(TEXT_MAX)))
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Line {
    /// Cleans `raw`, turns line breaks into spaces and trims the ends.
    ///
    /// # Errors
    /// [`TooLong`] where more than [`LINE_MAX`] characters remain.
    pub fn new(raw: &str) -> Result<Self, TooLong> {
        let flat = flatten(raw);
        within(&flat, LINE_MAX)?;
        Ok(Self(flat))
    }

    /// Cleans `raw` and keeps at most `cap` characters, whole graphemes only; a cut ends in an ellipsis.
    #[must_use]
    pub fn clipped(raw: &str, cap: usize) -> Self {
        Self(clip(&flatten(raw), cap.min(LINE_MAX)))
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Removes what must not reach a terminal; borrows where there is nothing to remove.
///
/// `\r\n` and `\r` become `\n`, a tab becomes a space. Cleaning twice changes nothing.
#[must_use]
pub fn clean(raw: &str) -> Cow<'_, str> {
    if raw.chars().all(|c| c == '\n' || kept(c)) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\t' => out.push(' '),
            c if kept(c) => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// The text without escape sequences: what is copied from a terminal has its colours in them, and without their escape alone
/// they would stay as `[31m`.
#[must_use]
pub fn without_sequences(raw: &str) -> Cow<'_, str> {
    let begins = |c: char| matches!(c, '\u{1b}' | '\u{90}'..='\u{9f}');
    let Some(first) = raw.find(begins) else { return raw.into() };
    let (mut out, mut rest) = (raw[..first].to_owned(), &raw[first..]);
    while let Some(c) = rest.chars().next() {
        let gone = if begins(c) { sequence(rest) } else { None };
        if gone.is_none() {
            out.push(c);
        }
        rest = &rest[gone.unwrap_or(c.len_utf8())..];
    }
    out.into()
}

/// The length in bytes of the escape sequence (ECMA-48) that a text begins with: a control sequence, as colours are, a
/// control string, as titles are, or a choice of characters. `None` where it is none, or has no end.
fn sequence(text: &str) -> Option<usize> {
    /// Bytes that are looked through for a control string's end.
    const LONGEST: usize = 4096;
    let escaped = text.strip_prefix('\u{1b}');
    let (introducer, body) = match escaped {
        Some(rest) => (rest.chars().next()?, rest.get(1..)?),
        // The C1 controls are the same as an escape and a letter.
        None => {
            let first = text.chars().next()?;
            (char::from_u32(u32::from(first).checked_sub(0x40)?)?, &text[first.len_utf8()..])
        }
    };
    let begun = text.len() - body.len();
    let body_ends = match introducer {
        '[' => {
            let last = body.find(|c: char| !matches!(c, ' '..='?'))?;
            matches!(body.as_bytes()[last], b'@'..=b'~').then_some(last + 1)?
        }
        ' '..='/' => {
            let last = body.find(|c: char| !matches!(c, ' '..='/'))?;
            matches!(body.as_bytes()[last], b'0'..=b'~').then_some(last + 1)?
        }
        'P' | 'X' | ']' | '^' | '_' => {
            let within = &body.as_bytes()[..body.len().min(LONGEST)];
            let ends = [("\u{7}", 1), ("\u{1b}\\", 2), ("\u{9c}", 2)];
            let found = |end: &str| within.windows(end.len()).position(|bytes| bytes == end.as_bytes());
            ends.into_iter().filter_map(|(end, long)| Some(found(end)? + long)).min()?
        }
        _ => return None,
    };
    Some(begun + body_ends)
}

/// The same JSON with everything that [`clean`] removes as `\\uXXXX`. Such characters stand only in its strings, where that is
/// the same; the unknown fields of a board may have them.
#[must_use]
pub fn harmless_json(json: String) -> String {
    use std::fmt::Write as _;
    if json.chars().all(|c| c == '\n' || kept(c)) {
        return json;
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || kept(c) {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a `String` cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text
}

/// Whether a character may stay, line breaks aside.
#[must_use]
pub fn kept(c: char) -> bool {
    !matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'      // C0, DEL, C1
        | '\u{ad}'                                    // soft hyphen: invisible, and measured differently everywhere
        | '\u{34f}' | '\u{61c}'                       // grapheme joiner, Arabic letter mark
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' // blank fillers
        | '\u{180b}'..='\u{180f}'                     // Mongolian selectors and vowel separator
        | '\u{200b}' | '\u{200e}' | '\u{200f}'        // zero-width space, direction marks
        | '\u{2028}'..='\u{202e}'                     // separators, bidi embeddings and overrides
        | '\u{2060}'..='\u{206f}'                     // word joiner, invisible operators, isolates
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'        // byte order mark, interlinear annotation
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' // format controls of shorthand and music
        | '\u{e0000}'..='\u{e0fff}'                   // tags and their selectors
        | '\u{10eeee}'                                // kitty's image placeholder
    )
}

fn flatten(raw: &str) -> String {
    clean(raw).split('\n').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn within(text: &str, cap: usize) -> Result<(), TooLong> {
    // Bytes bound characters from above, so the common case needs no count.
    if text.len() <= cap {
        return Ok(());
    }
    let length = text.chars().count();
    if length > cap { Err(TooLong { length, cap }) } else { Ok(()) }
}

fn clip(text: &str, cap: usize) -> String {
    if text.chars().count() <= cap {
        return text.to_owned();
    }
    let mut room = cap.saturating_sub(1);
    let mut out = String::new();
    for grapheme in text.graphemes(true) {
        let size = grapheme.chars().count();
        if size > room {
            break;
        }
        room -= size;
        out.push_str(grapheme);
    }
    out.truncate(out.trim_end().len());
    if cap > 0 {
        out.push('…');
    }
    out
}

macro_rules! behaves_like_str {
    ($name:ident, $what:literal) => {
        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }
        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
        impl TryFrom<&str> for $name {
            type Error = TooLong;
            fn try_from(raw: &str) -> Result<Self, TooLong> {
                Self::new(raw)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Words;
                impl serde::de::Visitor<'_> for Words {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($what)
                    }
                    fn visit_str<E: serde::de::Error>(self, raw: &str) -> Result<$name, E> {
                        $name::new(raw).map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Words)
            }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "description": $what })
            }
        }
    };
}
behaves_like_str!(Text, "text");
behaves_like_str!(Line, "a line of text");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn json_says_what_a_terminal_would_obey_in_other_words() {
        let value = serde_json::json!({ "x": "a\u{9b}31m\u{1b}\u{202e}\u{e0041}é" });
        let json = harmless_json(value.to_string());
        assert_eq!(json, r#"{"x":"a\u009b31m\u001b\u202e\udb40\udc41é"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap(), value);
    }

    #[test]
    fn what_a_terminal_could_obey_is_removed() {
        let cases = [
            ("\u{1b}[2Jboo", "[2Jboo"),
            ("a\u{9b}31mb", "a31mb"),
            ("safe\u{202e}gpj.exe", "safegpj.exe"),
            ("hi\u{e0041}\u{e0042}", "hi"),
            ("x\u{10eeee}y", "xy"),
            ("zero\u{200b}width\u{2060}", "zerowidth"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("a\tb", "a b"),
        ];
        for (raw, expected) in cases {
            assert_eq!(clean(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn escape_sequences_go_whole_and_nothing_else_does() {
        let cases = [
            ("\u{1b}[1;31mred\u{1b}(B\u{1b}[m tail", "red tail"),
            ("a\u{9b}31mb", "ab"),
            ("\u{1b}]0;title\u{7}a\u{1b}]8;;x\u{1b}\\link", "alink"),
            ("\u{9d}52;c;aGk=\u{9c}x\u{90}q\u{1b}\\y", "xy"),
            ("no\n[31m sequence", "no\n[31m sequence"),
            // Cut off, or no sequence.
            ("\u{1b}]0;no end", "\u{1b}]0;no end"),
            ("\u{1b}[31", "\u{1b}[31"),
            ("\u{1b}[é", "\u{1b}[é"),
            ("Esc\u{1b}Hello\u{1b}", "Esc\u{1b}Hello\u{1b}"),
        ];
        for (raw, expected) in cases {
            assert_eq!(without_sequences(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn the_joiners_that_scripts_and_emoji_need_stay() {
        for kept in ["👩\u{200d}🚒", "می\u{200c}خواهم", "❤\u{fe0f}", "é", "你好", "مرحبا"] {
            assert_eq!(clean(kept), kept);
        }
    }

    #[test]
    fn a_line_has_no_breaks_and_no_ragged_ends() {
        assert_eq!(Line::new("  EXT. SHORE\n - DAWN ").unwrap(), "EXT. SHORE - DAWN");
    }

    #[test]
    fn too_much_text_is_refused_with_its_length() {
        let error = Line::new(&"a".repeat(LINE_MAX + 1)).unwrap_err();
        assert_eq!(error, TooLong { length: LINE_MAX + 1, cap: LINE_MAX });
    }

    #[test]
    fn clipping_never_splits_a_grapheme() {
        assert_eq!(Text::clipped("ab👩\u{200d}🚒cd", 4), "ab…");
        assert_eq!(Text::clipped("short", 10), "short");
    }

    proptest! {
        #[test]
        fn cleaning_is_idempotent_and_leaves_no_control(raw in any::<String>()) {
            let once = clean(&raw).into_owned();
            prop_assert!(once.chars().all(|c| c == '\n' || !c.is_control()));
            prop_assert!(matches!(clean(&once), Cow::Borrowed(same) if same == once));
        }

        #[test]
        fn whatever_is_pasted_is_clean_without_its_sequences(raw in "[\u{1b}\u{9b}\u{9d}\u{90}\u{7}\\]\\[P()0-9;:m a-zé\u{9c}]{0,40}") {
            let without = without_sequences(&raw).into_owned();
            prop_assert!(without.len() <= raw.len());
            prop_assert!(clean(&without).chars().all(|c| c == '\n' || !c.is_control()));
        }

        #[test]
        fn a_clipped_text_keeps_its_cap(raw in any::<String>(), cap in 0usize..40) {
            prop_assert!(Text::clipped(&raw, cap).chars().count() <= cap);
        }
    }
}
