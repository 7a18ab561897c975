//! How a string is written so that YAML 1.1 and 1.2 readers all find the same string.

use crate::board::text::kept;

/// A string as it may stand in the place given by `block`: the column of a literal block's lines, or `None` where all
/// must stay in one line.
pub(super) fn write(out: &mut String, words: &str, block: Option<usize>) {
    let look = Look::at(words);
    if look.plain && is_plain_start(words) && !means_something_else(words) {
        out.push_str(words);
    } else if let (true, Some(column)) = (look.breaks && is_literal(words, &look), block) {
        literal(out, words, column);
    } else if look.special || look.breaks {
        escaped(out, words);
    } else if words.contains(['"', '\\']) {
        out.push('\'');
        out.push_str(&words.replace('\'', "''"));
        out.push('\'');
    } else {
        out.push('"');
        out.push_str(words);
        out.push('"');
    }
}

/// A string in double quotes with every break and control escaped, for inside `[` and `{`.
pub(super) fn escaped(out: &mut String, words: &str) {
    use std::fmt::Write;
    out.push('"');
    for c in words.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if !is_special(c) => out.push(c),
            // Writing to a `String` cannot fail.
            c if u32::from(c) <= 0xff => drop(write!(out, "\\x{:02x}", u32::from(c))),
            c if u32::from(c) <= 0xffff => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => drop(write!(out, "\\U{:08x}", u32::from(c))),
        }
    }
    out.push('"');
}

/// Text that keeps its lines: `|-`, or `|` where it ends in a break.
fn literal(out: &mut String, words: &str, column: usize) {
    out.push_str(if words.ends_with('\n') { "|" } else { "|-" });
    for line in words.strip_suffix('\n').unwrap_or(words).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', column));
            out.push_str(line);
        }
    }
}

/// Whether a literal block gives these lines back: not where the reader would have to guess the column, or where
/// breaks at the end are counted.
fn is_literal(words: &str, look: &Look) -> bool {
    !look.special
        && !words.starts_with([' ', '\n'])
        && !words.ends_with("\n\n")
        && words.split('\n').all(|line| line.is_empty() || !line.trim_start_matches(' ').is_empty())
}

/// What one pass over a string finds.
struct Look {
    /// Nothing in it ends a plain scalar.
    plain: bool,
    /// It has line breaks.
    breaks: bool,
    /// It has characters that must be escaped.
    special: bool,
}

impl Look {
    fn at(words: &str) -> Self {
        let bytes = words.as_bytes();
        let mut look = Self { plain: true, breaks: false, special: false };
        for (at, &byte) in bytes.iter().enumerate() {
            match byte {
                b'\n' => look.breaks = true,
                0..0x20 | 0x7f => look.special = true,
                b':' if matches!(bytes.get(at + 1), None | Some(b' ')) => look.plain = false,
                b'#' if at > 0 && bytes[at - 1] == b' ' => look.plain = false,
                // The lead bytes of the special characters that are not ASCII; see `is_special`.
                0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef | 0xf0 | 0xf3 | 0xf4 => {
                    let c = words.get(at..).and_then(|rest| rest.chars().next());
                    look.special |= c.is_some_and(is_special);
                }
                _ => {}
            }
        }
        look.plain &= !look.breaks && !look.special && !words.ends_with(' ');
        look
    }
}

/// What a terminal could obey or the eye misread, controls and what YAML 1.1 takes for a line break among it, and what YAML
/// does not allow at all.
fn is_special(c: char) -> bool {
    !kept(c) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Whether a first character begins nothing but words. Fewer than YAML allows: who reads it need not know its table.
fn is_plain_start(words: &str) -> bool {
    words
        .as_bytes()
        .first()
        .is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte >= 0x80 || b"(/$_".contains(&byte))
}

/// Whether some reader takes plain words for a number, a time, a truth value or nothing.
fn means_something_else(words: &str) -> bool {
    const WORDS: [&str; 11] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];
    if words.as_bytes()[0].is_ascii_digit() {
        // Every such form of YAML 1.1, of 1.2 and of Ruby is made of these: digits in four bases with `_` and `,`
        // between, a point, an exponent, 190:20:30, 2001-12-14t21:59:43.10-05:00, 2001-12-14 21:59:43 Z.
        return words.bytes().all(|byte| byte.is_ascii_hexdigit() || b"_,.:+-xXoOtTzZ ".contains(&byte));
    }
    words.len() <= 5 && WORDS.iter().any(|word| word.eq_ignore_ascii_case(words))
}

/// A number with a point, and with a sign in the exponent, as YAML 1.1 needs to see it.
pub(super) fn float(out: &mut String, plain: &str, scientific: &str) {
    match plain {
        "inf" => out.push_str(".inf"),
        "-inf" => out.push_str("-.inf"),
        "NaN" | "-NaN" => out.push_str(".nan"),
        short if short.len() <= 24 => {
            out.push_str(short);
            if !short.contains('.') {
                out.push_str(".0");
            }
        }
        _ => {
            let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
            out.push_str(mantissa);
            if !mantissa.contains('.') {
                out.push_str(".0");
            }
            out.push('e');
            if !exponent.starts_with('-') {
                out.push('+');
            }
            out.push_str(exponent);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(words: &str) -> String {
        let mut out = String::new();
        write(&mut out, words, Some(2));
        out
    }

    #[test]
    fn every_character_that_must_be_escaped_is_found() {
        for c in (char::MIN..=char::MAX).filter(|&c| is_special(c)) {
            assert!(Look::at(&format!("a{c}b")).special || c == '\n', "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn prose_and_ids_stay_plain() {
        for words in [
            "MARA climbs over wet rocks. A green bottle rolls in the foam.",
            "EXT. ROCKY SHORE - DAWN",
            "01J9Z0V5W6M4QK3T8E2C7R1XNB",
            "don't, \"you\"? [yes] {no} & *that*",
            "你好，世界",
            "(whispering) now",
            "yesterday",
            "ratio 2.39:1#a",
        ] {
            assert_eq!(written(words), words);
        }
    }

    #[test]
    fn what_a_reader_takes_for_something_else_is_quoted() {
        for words in [
            "",
            "~",
            "=",
            "<<",
            "y",
            "N",
            "yes",
            "No",
            "ON",
            "off",
            "true",
            "NULL",
            "1",
            "012",
            "0o7",
            "0x1F",
            "1_000",
            "1,000",
            "1e3",
            "1.5",
            "+1",
            "-1",
            ".5",
            ".inf",
            "1:30",
            "190:20:30.15",
            "2001-12-14",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-14 21:59:43.10 -5",
            "-",
            "- a",
            "? a",
            "a: b",
            "a:",
            "a #b",
            " a",
            "a ",
            "---",
            "...",
            "@a",
            "`a",
            "%a",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "[a",
            "{a",
            "#a",
            "'a",
            ":a",
            "?",
            "12A",
        ] {
            assert_eq!(written(words), format!("\"{words}\""));
        }
        assert_eq!(written("\"Who's there?\" she said"), "'\"Who''s there?\" she said'");
        assert_eq!(written("a\u{85}b\u{2028}c\u{7}d\u{feff}\u{ffff}"), "\"a\\x85b\\u2028c\\x07d\\ufeff\\uffff\"");
    }

    #[test]
    fn lines_stay_lines_where_that_is_safe() {
        assert_eq!(written("one\n\n  two #\nthree"), "|-\n  one\n\n    two #\n  three");
        assert_eq!(written("one\ntwo\n"), "|\n  one\n  two");
        for words in ["\n", " a\nb", "\na", "a\n\n", "a\n \nb", "a\n\tb"] {
            assert!(written(words).starts_with('"'), "{words:?}");
        }
    }

    #[test]
    fn numbers_have_a_point_and_a_signed_exponent() {
        for (number, expected) in [
            (24.0, "24.0"),
            (0.8, "0.8"),
            (-1.5e-7, "-0.00000015"),
            (1e30, "1.0e+30"),
            (2.5e-300, "2.5e-300"),
            (f64::INFINITY, ".inf"),
            (f64::NEG_INFINITY, "-.inf"),
            (f64::NAN, ".nan"),
        ] {
            let mut out = String::new();
            float(&mut out, &number.to_string(), &format!("{number:e}"));
            assert_eq!(out, expected);
        }
    }
}
