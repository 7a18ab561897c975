//! The colours of the screen. Meaning is never by colour alone: marks and words say it too.

use std::sync::OnceLock;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

/// The theme that comes with the program.
const DEFAULT: &str = include_str!("../../themes/slate.yaml");

/// What each part of the screen looks like.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Theme {
    /// Headings of views.
    pub title: Style,
    /// What is there to be read when wanted.
    pub quiet: Style,
    /// The row under the cursor.
    pub chosen: Style,
    /// What was accepted.
    pub picked: Style,
    /// What is being written.
    pub growing: Style,
    /// Something went wrong.
    pub trouble: Style,
    /// Names of people and things.
    pub name: Style,
    /// The keys of the footer.
    pub key: Style,
}

/// A theme as its file says it: a colour, and whether it is bold, by the name of the part.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    title: Look,
    quiet: Look,
    chosen: Look,
    picked: Look,
    growing: Look,
    trouble: Look,
    name: Look,
    key: Look,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Look {
    fg: Option<Color>,
    bg: Option<Color>,
    bold: bool,
    reversed: bool,
}

impl Theme {
    /// The theme in force: the program's own, or one without colours where `NO_COLOR` asks for that.
    #[must_use]
    pub fn current() -> &'static Self {
        static THEME: OnceLock<Theme> = OnceLock::new();
        THEME.get_or_init(|| {
            let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let theme = Self::read(DEFAULT).unwrap_or_default();
            if plain { theme.without_colours() } else { theme }
        })
    }

    /// Reads a theme.
    ///
    /// # Errors
    /// Where it is not of the form.
    pub fn read(yaml: &str) -> Result<Self, serde_yaml::Error> {
        let file: File = serde_yaml::from_str(yaml)?;
        Ok(Self {
            title: file.title.style(),
            quiet: file.quiet.style(),
            chosen: file.chosen.style(),
            picked: file.picked.style(),
            growing: file.growing.style(),
            trouble: file.trouble.style(),
            name: file.name.style(),
            key: file.key.style(),
        })
    }

    fn without_colours(self) -> Self {
        let plain = |style: Style| Style { fg: None, bg: None, ..style };
        Self {
            title: plain(self.title),
            quiet: plain(self.quiet),
            chosen: plain(self.chosen),
            picked: plain(self.picked),
            growing: plain(self.growing),
            trouble: plain(self.trouble),
            name: plain(self.name),
            key: plain(self.key),
        }
    }
}

impl Look {
    fn style(&self) -> Style {
        let mut style = Style { fg: self.fg, bg: self.bg, ..Style::new() };
        if self.bold {
            style = style.add_modifier(Modifier::BOLD);
        }
        if self.reversed {
            style = style.add_modifier(Modifier::REVERSED);
        }
        style
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_themes_that_come_with_the_program_can_be_read() {
        let theme = Theme::read(DEFAULT).unwrap();
        assert_ne!(theme, Theme::default());
        assert_eq!(theme.clone().without_colours().chosen.fg, None);
        assert!(theme.without_colours().chosen.add_modifier.contains(Modifier::REVERSED));
    }
}
