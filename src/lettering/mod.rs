//! Words as glyphs, for frames, PDF pages and pictures: fonts with a fallback for every script they have, lines broken where
//! Unicode allows, right-to-left runs in their order, letters shaped.
//!
//! Built in are DejaVu Sans Condensed (Latin, Greek, Cyrillic, Hebrew, Arabic and more) and Droid Sans Fallback (Chinese,
//! Japanese): 5.4 MB, so that a machine without any fonts prints a Japanese board. A user's fonts come first. What neither
//! has (Korean, Thai, Hindi) is looked for among the machine's own.

mod layout;
mod outline;
mod raster;
mod system;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustybuzz::Face;

pub use layout::{Glyph, Paragraph, SetLine};
pub use outline::{Outline, outlines};
pub use raster::draw_line;

/// A file that is no font.
#[derive(Debug, thiserror::Error)]
#[error("the file is no font")]
pub struct NoFont(pub PathBuf);

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
    /// For some words: the given fonts and the built-in ones, and those of the machine that have what these lack.
    ///
    /// # Errors
    /// [`NoFont`] for a file that is none.
    pub fn for_words(paths: &[PathBuf], words: &str) -> Result<Self, NoFont> {
        let mut all = Self::load(paths)?;
        let mut wanted = Typesetter::new(&all).lacks(words);
        let found = system::having(&mut wanted, &system::folders(|name| std::env::var(name).ok()));
        let bold = all.files.len() - 1;
        all.files.splice(bold..bold, found.into_iter().map(Cow::Owned));
        Ok(all)
    }

    /// The built-in fonts after the given ones.
    ///
    /// # Errors
    /// [`NoFont`] for a file that is none.
    pub fn load(paths: &[PathBuf]) -> Result<Self, NoFont> {
        let mut all = Self::built_in();
        for (at, path) in paths.iter().enumerate() {
            let bytes = read(path).ok().filter(|bytes| Face::from_slice(bytes, 0).is_some());
            all.files.insert(at, Cow::Owned(bytes.ok_or_else(|| NoFont(path.clone()))?));
            all.given += 1;
        }
        Ok(all)
    }

    fn built_in() -> Self {
        Self { files: BUILT_IN.iter().map(|bytes| Cow::Borrowed(*bytes)).collect(), given: 0 }
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

/// A font's bytes, not more than a font has.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(FONT_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FONT_BYTES { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Fonts that several hold at a time. Those of different words differ; by default they are the built-in ones.
#[derive(Debug, Clone)]
pub struct Fonts(Arc<FontFiles>);

impl Fonts {
    /// For some words: with fonts of the machine, where the built-in ones lack something that these have.
    ///
    /// What was found once for some characters is not looked for again.
    #[must_use]
    pub fn for_words(words: &str) -> Self {
        static FOUND: Mutex<BTreeMap<BTreeSet<char>, Fonts>> = Mutex::new(BTreeMap::new());
        let built_in = Self::default();
        let lacking = built_in.typesetter().lacks(words);
        if lacking.is_empty() {
            return built_in;
        }
        let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
        let look = || FontFiles::for_words(&[], words).map_or(built_in, |files| Self(Arc::new(files)));
        found.entry(lacking).or_insert_with(look).clone()
    }

    /// Ready to set words with.
    #[must_use]
    pub fn typesetter(&self) -> Typesetter<'_> {
        Typesetter::new(&self.0)
    }
}

impl Default for Fonts {
    fn default() -> Self {
        static BUILT_IN: LazyLock<Fonts> = LazyLock::new(|| Fonts(Arc::new(FontFiles::built_in())));
        BUILT_IN.clone()
    }
}

/// The same files, not only such with the same bytes.
impl PartialEq for Fonts {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
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

    /// The characters of some words that no font has.
    #[must_use]
    pub fn lacks(&self, words: &str) -> BTreeSet<char> {
        let seen = words.chars().filter(|&c| !c.is_ascii() && !c.is_control() && !c.is_whitespace());
        seen.filter(|&c| self.font_for(c, Weight::Regular).is_none()).collect()
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
