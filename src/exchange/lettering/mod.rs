//! Words as glyphs, for PDF pages and for pictures: fonts with a fallback for every script they have, lines broken where
//! Unicode allows, right-to-left runs in their order, letters shaped.
//!
//! Built in are DejaVu Sans Condensed (Latin, Greek, Cyrillic, Hebrew, Arabic and more) and Droid Sans Fallback (Chinese,
//! Japanese): 5.4 MB, so that a machine without any fonts prints a Japanese board. A user's fonts come first; Korean needs
//! one.

mod layout;
mod raster;

use std::borrow::Cow;
use std::path::PathBuf;

use rustybuzz::Face;

use super::order::ExportError;

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

/// The fonts' files.
#[derive(Debug)]
pub struct FontFiles(Vec<Cow<'static, [u8]>>);

/// Where the built-in ones stand at the end of the list.
const BUILT_IN: [&[u8]; 3] = [
    include_bytes!("fonts/DejaVuSansCondensed.ttf"),
    include_bytes!("fonts/DroidSansFallbackFull.ttf"),
    include_bytes!("fonts/DejaVuSansCondensed-Bold.ttf"),
];

impl FontFiles {
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
        Ok(Self(files))
    }

    /// The bytes of one.
    #[must_use]
    pub fn bytes(&self, font: usize) -> &[u8] {
        self.0.get(font).map_or(&[], |bytes| bytes)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// Fonts ready to set words with.
pub struct Typesetter<'a> {
    faces: Vec<Face<'a>>,
}

impl<'a> Typesetter<'a> {
    /// Over some files.
    #[must_use]
    pub fn new(files: &'a FontFiles) -> Self {
        // `load` kept no file that is no font.
        Self { faces: files.0.iter().filter_map(|bytes| Face::from_slice(bytes, 0)).collect() }
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
        self.faces.len().saturating_sub(BUILT_IN.len())
    }
}
