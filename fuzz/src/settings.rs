//! A person's own files: keys, themes, styles of frames, settings. Each is read, or what is wrong in it is said.
//!
//! The first byte says which.

use slateboard::app::config::Config;
use slateboard::app::keymap::Keymap;
use slateboard::frame::Style;
use slateboard::ui::{Depth, Themes};

/// Feeds it.
pub fn feed(bytes: &[u8]) {
    let Some((&which, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    match which % 4 {
        0 => drop(Keymap::read(text)),
        1 => {
            let (themes, _) = Themes::new(vec![("mine".to_owned(), text.to_owned())], Depth::True);
            let _ = themes.get("mine");
        }
        2 => drop(Style::read(text)),
        _ => drop(Config::read(text)),
    }
}
