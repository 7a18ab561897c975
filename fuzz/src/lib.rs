//! Every reader of what comes from outside, and what must hold of whatever it is fed. The fuzz targets feed it what a
//! fuzzer thinks up; `tests/fed.rs` of the program feeds it what is kept in `corpus/`.

pub mod feedback;
pub mod gguf;
pub mod imports;
pub mod journal;
pub mod picture;
pub mod settings;
pub mod text;
pub mod wire;
pub mod yaml;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use slateboard::board::Storyboard;
use slateboard::board::text::clean;

/// A folder of this process. In memory where the system has such a place: a run writes a hundred million files.
pub static PLACE: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let parent = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let place = parent.join(format!("slateboard-fuzz-{}", std::process::id()));
    fs::create_dir_all(&place).expect("a folder to write in");
    place
});

/// A reader: the name of its target and of its corpus, and what feeds it.
pub type Reader = (&'static str, fn(&[u8]));

/// All of them.
pub const READERS: [Reader; 9] = [
    ("feedback", feedback::feed),
    ("gguf", gguf::feed),
    ("import", imports::feed),
    ("journal", journal::feed),
    ("picture", picture::feed),
    ("settings", settings::feed),
    ("text", text::feed),
    ("wire", wire::feed),
    ("yaml", yaml::feed),
];

/// Ids that follow one another.
pub fn ids() -> impl FnMut() -> ulid::Ulid {
    let mut last = 0;
    move || {
        last += 1;
        ulid::Ulid(last)
    }
}

/// A board that was read is written and read back as the same, and what is written holds nothing that a terminal obeys.
pub fn holds(board: &Storyboard) {
    let text = slateboard::store::yaml::write(board);
    assert_eq!(clean(&text), text, "a control reached the YAML");
    match slateboard::store::yaml::read(text.as_bytes()) {
        Ok(again) => assert_eq!(&again, board, "the YAML reads otherwise"),
        Err(refused) => panic!("what was written is refused: {refused}\n{text}"),
    }
}
