//! What the fuzz targets share: a folder for those that read files, and what must hold of any board that was read.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use slateboard::board::Storyboard;
use slateboard::board::text::clean;
use slateboard::store::yaml;

/// A folder of this process. In memory where the system has such a place: a run writes a hundred million files.
pub static PLACE: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let parent = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let place = parent.join(format!("slateboard-fuzz-{}", std::process::id()));
    fs::create_dir_all(&place).expect("a folder to write in");
    place
});

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
    let text = yaml::write(board);
    assert_eq!(clean(&text), text, "a control reached the YAML");
    match yaml::read(text.as_bytes()) {
        Ok(again) => assert_eq!(&again, board, "the YAML reads otherwise"),
        Err(refused) => panic!("what was written is refused: {refused}\n{text}"),
    }
}
