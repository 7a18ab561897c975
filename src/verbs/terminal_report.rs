//! The terminal's part of `slateboard doctor`: what it is, what it said that it can do, and what that means here.

use std::io::IsTerminal as _;
use std::time::Duration;

use super::doctor::{Examined, Standing, variable};
use crate::run::setup::{Depth, depth};
use crate::term::graphics::{Images, Protocol};
use crate::term::{Capabilities, probe};
use crate::ui::SMALLEST;

/// How long a terminal may take to answer; over a slow line that is several round trips.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Looks at the terminal, and asks it where there is one.
pub(super) fn examine() -> Vec<Examined> {
    let mut all = Vec::new();
    if std::io::stdout().is_terminal() && std::io::stdin().is_terminal() {
        all.push(size());
        all.extend(answers(probe::ask(PATIENCE).unwrap_or_default()));
    } else {
        all.push(
            seen("tty", Standing::Limited, "stdin or stdout is no terminal")
                .hint("the verbs work; the terminal UI needs a terminal"),
        );
    }
    all.push(term());
    all.push(colours());
    all.push(clipboard());
    if variable("SSH_CONNECTION").is_some() {
        all.push(seen("line", Standing::Works, "over SSH; pictures are sent compressed"));
    }
    if variable("TMUX").is_some() {
        all.push(
            seen("tmux", Standing::Limited, "inside tmux: pictures are half-blocks")
                .hint("in a kitty: tmux set -g allow-passthrough on, and --images kitty"),
        );
    }
    all
}

fn seen(name: &str, standing: Standing, seen: impl Into<String>) -> Examined {
    Examined::new("terminal", name, standing, seen)
}

fn size() -> Examined {
    match crossterm::terminal::size() {
        Ok((width, height)) => {
            let words = format!("{width} columns, {height} rows");
            if width >= SMALLEST.0 && height >= SMALLEST.1 {
                seen("size", Standing::Works, words)
            } else {
                seen("size", Standing::Limited, words)
                    .hint(format!("make the window at least {} columns and {} rows", SMALLEST.0, SMALLEST.1))
            }
        }
        Err(error) => seen("size", Standing::Broken, error.to_string()),
    }
}

/// What it answered.
fn answers(can: Capabilities) -> Vec<Examined> {
    if !can.is_told() {
        return vec![
            seen("answers", Standing::Limited, "it answers no questions; nothing is used that it would have to have")
                .hint("a terminal that answers shows pictures whole and without flicker"),
        ];
    }
    let pictures = match Images::Auto.told(&can, variable) {
        Some(Protocol::Kitty | Protocol::KittyPlaced) => seen("pictures", Standing::Works, "as kitty has them"),
        Some(Protocol::Iterm) => seen("pictures", Standing::Works, "as iTerm2 has them"),
        Some(Protocol::Sixel) => seen("pictures", Standing::Works, "as sixels"),
        _ if depth(&|name| variable(name)).0 == Depth::None => {
            seen("pictures", Standing::Limited, "none, for there are no colours; the staging stands in characters")
        }
        _ => seen("pictures", Standing::Limited, "half-blocks: two pixels a cell")
            .hint("--images kitty, iterm or sixel, where the terminal can do more than it says"),
    };
    let name = can.name.unwrap_or_else(|| "it does not say its name".to_owned());
    let synchronized = if can.synchronized {
        seen("synchronized output", Standing::Works, "pictures appear whole")
    } else {
        seen("synchronized output", Standing::Limited, "not there; over a slow line a picture may be seen half drawn")
    };
    vec![seen("name", Standing::Works, name), synchronized, pictures]
}

fn term() -> Examined {
    match variable("TERM") {
        None => seen("TERM", Standing::Limited, "not set").hint("set TERM, such as xterm-256color"),
        Some(term) if term == "dumb" => {
            seen("TERM", Standing::Limited, term).hint("drawing works only where the terminal is more than it says")
        }
        Some(term) => seen("TERM", Standing::Works, term),
    }
}

fn colours() -> Examined {
    let (depth, from) = depth(&|name| variable(name));
    let from = from.map(|name| format!(", as {name} says")).unwrap_or_default();
    match depth {
        Depth::True => seen("colour", Standing::Works, format!("16 million{from}")),
        Depth::Indexed => seen("colour", Standing::Works, format!("256{from}"))
            .hint("set COLORTERM=truecolor where the terminal can do more"),
        Depth::Sixteen => seen("colour", Standing::Limited, format!("16{from}"))
            .hint("set TERM to what the terminal is, such as xterm-256color"),
        Depth::None => seen("colour", Standing::Limited, format!("none{from}; the theme is mono")),
    }
}

fn clipboard() -> Examined {
    if variable("TMUX").is_some() {
        return seen("clipboard", Standing::Works, "through tmux's buffer");
    }
    seen("clipboard", Standing::Works, "by OSC 52, which the terminal may refuse without saying so")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_says_nothing_is_used_as_one_that_can_do_nothing() {
        let said = answers(Capabilities::default());
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].standing, Standing::Limited);
        let can = Capabilities {
            synchronized: true,
            name: Some("foot(1.17)".into()),
            attributes: Some(vec![62, 4]),
            ..Capabilities::default()
        };
        let said = answers(can);
        assert_eq!(said[0].seen, "foot(1.17)");
        assert_eq!(said[1].standing, Standing::Works);
        assert!(said[2].seen.contains("sixels"), "{}", said[2].seen);
    }
}
