//! Breaking text into rows of a width, by graphemes and their width on a terminal.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    // Most of a screen is printable ASCII, each character of which takes one.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) { text.len() } else { UnicodeWidthStr::width(text) }
}

/// The byte ranges of the rows that `text` takes at `columns` wide.
///
/// Rows break after a space where there is one, inside a word where it is wider than a row, and at every line
/// break. The space a row breaks after belongs to that row and may hang over. There is always at least one row.
#[must_use]
pub fn rows(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(2);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        wrap_line(text, start..end, columns, &mut rows);
        start = end + 1;
    }
    rows
}

fn wrap_line(text: &str, line: Range<usize>, columns: usize, rows: &mut Vec<Range<usize>>) {
    let mut row = line.start;
    let mut used = 0;
    let mut break_at = None;
    // Where the row could break before that.
    let mut earlier = None;
    for (offset, grapheme) in text[line.clone()].grapheme_indices(true) {
        let at = line.start + offset;
        let wide = width(grapheme);
        let blank = grapheme == " ";
        if closes(grapheme) {
            // No row begins with what ends the one before: its last character comes along, where that leaves a row.
            let leaves_a_row = |end: &usize| width(&text[row..*end]) * 2 >= columns;
            if break_at == Some(at) {
                break_at = earlier.filter(leaves_a_row).or(break_at);
            }
        } else if wide == 2 && at > row {
            // Han, kana and the like break on either side: each of their characters is two columns wide.
            break_at = Some(at);
        }
        if used + wide > columns && !blank {
            let end = break_at.take().unwrap_or(at);
            rows.push(row..end);
            (row, earlier) = (end, None);
            used = width(&text[row..at]);
            if used + wide > columns {
                // What came along fills a row by itself.
                rows.push(row..at);
                (row, used) = (at, 0);
            }
        }
        used += wide;
        if blank || wide == 2 {
            earlier = break_at.filter(|_| !blank);
            break_at = Some(at + grapheme.len());
        }
    }
    rows.push(row..line.end);
}

/// Whether a character ends a phrase or closes what was opened, so that no row may begin with it (after JIS X 4051 and
/// GB/T 15834).
fn closes(grapheme: &str) -> bool {
    "、。，．：；？！）」』】》〉〕｝”’…,.:;?!)]}".contains(grapheme)
}

/// `text` cut to `columns` with an ellipsis where it is wider.
#[must_use]
pub fn fit(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += width(grapheme);
        if used >= columns {
            break;
        }
        out.push_str(grapheme);
    }
    if columns > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn broken(text: &str, columns: usize) -> Vec<&str> {
        rows(text, columns).into_iter().map(|row| &text[row]).collect()
    }

    #[test]
    fn rows_break_after_spaces_and_inside_words_that_are_too_long() {
        let cases: [(&str, &[&str]); 7] = [
            ("", &[""]),
            ("one two three", &["one two ", "three"]),
            ("abcdefghijk", &["abcdefgh", "ijk"]),
            ("a\n\nb", &["a", "", "b"]),
            ("你好世界吗", &["你好世界", "吗"]),
            ("12345678 next", &["12345678 ", "next"]),
            (" aaaaaa你", &[" aaaaaa", "你"]),
        ];
        for (text, expected) in cases {
            assert_eq!(broken(text, 8), expected, "{text:?}");
        }
    }

    #[test]
    fn no_row_begins_with_what_ends_the_one_before() {
        let cases: [(&str, &[&str]); 5] = [
            ("你好世界。", &["你好世", "界。"]),
            ("你好世」。吗", &["你好", "世」。吗"]),
            ("你好，世界", &["你好，世", "界"]),
            ("one 你好吗，世", &["one 你好", "吗，世"]),
            ("。。。。。。", &["。。", "。。。。"]),
        ];
        for (text, expected) in cases {
            assert_eq!(broken(text, 8), expected, "{text:?}");
        }
    }

    #[test]
    fn a_cut_text_never_takes_more_columns_than_it_may() {
        assert_eq!(fit("lighthouse", 6), "light…");
        assert_eq!(fit("你好世界", 6), "你好…");
        assert_eq!(fit("short", 6), "short");
    }

    proptest! {
        #[test]
        fn rows_hold_the_whole_text_and_keep_the_width(text in "[a-z 你好é。」,\n]{0,60}", columns in 2usize..20) {
            let broken = broken(&text, columns);
            prop_assert_eq!(broken.concat(), text.replace('\n', ""));
            for row in broken {
                prop_assert!(width(row.trim_end_matches(' ')) <= columns, "{:?}", row);
            }
        }
    }
}
