//! Fountain, the plain-text screenplay format (fountain.io/syntax), both ways.
//!
//! Shots and sound travel as `[[notes]]`, a brief as a synopsis. Other programs show them as notes, and ours reads them back.

mod emphasis;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::write;

/// What begins the note that says what is heard.
const SOUND: &str = "Sound: ";

/// The starts of a scene heading, upper and lower case alike; a dot or a space follows the last letter.
const HEADINGS: [&str; 7] = ["int./ext", "int/ext", "ext/int", "i/e", "int", "ext", "est"];

/// Whether a line is a scene heading by its first word.
fn is_heading(line: &str) -> bool {
    let starts = |prefix: &str| {
        line.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && line[prefix.len()..].starts_with(['.', ' '])
    };
    HEADINGS.iter().any(|prefix| starts(prefix))
}

/// Whether every reader knows a line as a scene heading. Some do not know `INT/EXT CAR`.
fn is_common_heading(line: &str) -> bool {
    ["int", "ext", "est", "i/e"].iter().any(|prefix| {
        let start = line.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        start && line[prefix.len()..].starts_with(['.', ' '])
    })
}

/// Whether a line could be a character's cue: letters, and none of them lower case, bracketed extensions aside.
fn is_cue(line: &str) -> bool {
    let (mut depth, mut letters) = (0_usize, false);
    for c in line.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_lowercase() => return false,
            c => letters |= c.is_alphabetic(),
        }
    }
    letters && depth == 0
}

/// Whether a line is a transition by its form: capitals that end in `TO:`.
fn is_transition(line: &str) -> bool {
    line.ends_with("TO:") && !line.chars().any(char::is_lowercase)
}
