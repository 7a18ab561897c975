//! Words as glyphs, for PDF pages and for pictures: fonts with a fallback for every script they have, lines broken where
//! Unicode allows, right-to-left runs in their order, letters shaped.
//!
//! Built in are DejaVu Sans Condensed (Latin, Greek, Cyrillic, Hebrew, Arabic and more) and Droid Sans Fallback (Chinese,
//! Japanese): 5.4 MB, so that a machine without any fonts prints a Japanese board. A user's fonts come first. What neither
//! has (Korean, Thai, Hindi) is looked for among the machine's own.

mod layout;
mod raster;
mod system;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::PathBuf;

use rustybuzz::Face;

use super::order::ExportError;
use crate::board::Storyboard;

pub use layout::{Glyph, Paragraph, SetLine};
pub use raster::draw_line;

/// The largest font that is read.
const FONT_BYTES: u64 = 64 << 20;

/// How heavy words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For reading.
    Regular,
    /// For names and headings.
    Bold,
}

/// The fonts' files: a user's, the built-in ones for reading, the machine's, and at the end the built-in bold one.
#[derive(Debug)]
pub struct FontFiles {
    files: Vec<Cow<'static, [u8]>>,
    /// How many are the user's.
    given: usize,
}

/// For reading, for Chinese and Japanese, bold.
const BUILT_IN: [&[u8]; 3] = [
    include_bytes!("fonts/DejaVuSansCondensed.ttf"),
    include_bytes!("fonts/DroidSansFallbackFull.ttf"),
    include_bytes!("fonts/DejaVuSansCondensed-Bold.ttf"),
];

impl FontFiles {
    /// For a board: the given fonts and the built-in ones, and those of the machine that have what these lack.
    ///
    /// # Errors
    /// [`ExportError::Font`] for a file that is none.
    pub fn for_board(paths: &[PathBuf], board: &Storyboard) -> Result<Self, ExportError> {
        let mut all = Self::load(paths)?;
        let words = serde_json::to_string(board).unwrap_or_default();
        let typesetter = Typesetter::new(&all);
        let mut wanted: BTreeSet<char> = words
            .chars()
            .filter(|&c| !c.is_ascii() && !c.is_control() && !c.is_whitespace())
            .filter(|&c| typesetter.font_for(c, Weight::Regular).is_none())
            .collect();
        let found = system::having(&mut wanted, &system::folders(|name| std::env::var(name).ok()));
        let bold = all.files.len() - 1;
        all.files.splice(bold..bold, found.into_iter().map(Cow::Owned));
        Ok(all)
    }

    /// The built-in fonts after the given ones.
    ///
    /// # Errors
    /// [`ExportError::Font`] for a file that is none.
    pub fn load(paths: &[PathBuf]) -> Result<Self, ExportError> {
        let mut files = Vec::with_capacity(paths.len() + BUILT_IN.len());
        for path in paths {
            let wrong = || ExportError::Font(path.clone());
            let bytes = super::decode::read(path, FONT_BYTES).map_err(|_| wrong())?;
            Face::from_slice(&bytes, 0).ok_or_else(wrong)?;
            files.push(Cow::Owned(bytes));
        }
        files.extend(BUILT_IN.iter().map(|bytes| Cow::Borrowed(*bytes)));
        Ok(Self { files, given: paths.len() })
    }

    /// The bytes of one.
    #[must_use]
    pub fn bytes(&self, font: usize) -> &[u8] {
        self.files.get(font).map_or(&[], |bytes| bytes)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.len()
    }
}

/// Fonts ready to set words with.
pub struct Typesetter<'a> {
    faces: Vec<Face<'a>>,
    given: usize,
}

impl<'a> Typesetter<'a> {
    /// Over some files.
    #[must_use]
    pub fn new(files: &'a FontFiles) -> Self {
        // `load` kept no file that is no font.
        Self { faces: files.files.iter().filter_map(|bytes| Face::from_slice(bytes, 0)).collect(), given: files.given }
    }

    /// A font by its place.
    #[must_use]
    pub fn face(&self, font: usize) -> Option<&Face<'a>> {
        self.faces.get(font)
    }

    /// The first font with a character; `None` where none has it.
    fn font_for(&self, c: char, weight: Weight) -> Option<usize> {
        let has = |font: &usize| self.faces.get(*font).is_some_and(|face| face.glyph_index(c).is_some());
        let bold = self.faces.len().checked_sub(1);
        let first = (weight == Weight::Bold).then_some(bold).flatten();
        first.into_iter().chain(0..self.faces.len()).find(has)
    }

    /// The font that stands in where none has a character: its empty box says that something is missing.
    fn last_resort(&self) -> usize {
        self.given
    }
}
