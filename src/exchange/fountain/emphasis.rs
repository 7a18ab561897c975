//! Fountain's emphasis: `*italic*`, `**bold**`, `_underline_`, and a backslash before what is meant as it stands.

use std::borrow::Cow;

/// The characters that emphasis uses.
const MARKS: [char; 3] = ['*', '_', '\\'];

/// The words without their emphasis.
pub(super) fn plain(line: &str) -> Cow<'_, str> {
    if !line.contains(MARKS) {
        return Cow::Borrowed(line);
    }
    let chars: Vec<char> = line.chars().collect();
    let mut drop = vec![false; chars.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            '\\' if chars.get(at + 1).is_some_and(char::is_ascii_punctuation) => {
                drop[at] = true;
                at += 2;
            }
            mark @ ('*' | '_') => {
                let run = chars[at..].iter().take_while(|&&c| c == mark).count();
                let before = at.checked_sub(1).map(|before| chars[before]);
                let after = chars.get(at + run).copied();
                let opened = open.iter().rposition(|&(from, length)| chars[from] == mark && length == run);
                let closes = before.is_some_and(|c| !c.is_whitespace());
                let opens = after.is_some_and(|c| !c.is_whitespace())
                    && !(mark == '_' && before.is_some_and(char::is_alphanumeric));
                if let Some(index) = opened.filter(|_| closes) {
                    let (from, length) = open[index];
                    drop[from..from + length].fill(true);
                    drop[at..at + run].fill(true);
                    open.truncate(index);
                } else if opens && run <= 3 && open.len() < 16 {
                    open.push((at, run));
                }
                at += run;
            }
            _ => at += 1,
        }
    }
    Cow::Owned(chars.iter().zip(&drop).filter(|(_, drop)| !**drop).map(|(c, _)| c).collect())
}

/// The words such that [`plain`] gives them back.
pub(super) fn escaped(line: &str) -> Cow<'_, str> {
    if !line.contains(MARKS) && !line.contains("[[") && !line.contains("/*") && !line.contains("]]") {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut last = ' ';
    for c in line.chars() {
        // A note begins with two brackets: a backslash between them is enough.
        if MARKS.contains(&c) || (c == last && matches!(c, '[' | ']')) {
            out.push('\\');
        }
        out.push(c);
        last = c;
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn emphasis_goes_and_the_words_stay() {
        for (line, expected) in [
            ("a *b* c", "a b c"),
            ("**b** and ***c***", "b and c"),
            ("_under *both* line_", "under both line"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("snake_case_name", "snake_case_name"),
            (r"\*not\*", "*not*"),
            ("*open", "*open"),
            (r"C:\", r"C:\"),
        ] {
            assert_eq!(plain(line), expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn escaped_words_come_back(line in any::<String>()) {
            let written = escaped(&line).into_owned();
            prop_assert_eq!(plain(&written), line);
            prop_assert!(!written.contains("[[") && !written.contains("/*"));
        }
    }
}
