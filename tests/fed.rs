//! Everything that readers of files and of other programs were fed by the fuzzer and did not take well at the time, and what
//! it began with: `fuzz/corpus/`. `make fuzz` thinks up more.
#![allow(clippy::panic, unreachable_pub, reason = "what is fed is checked where the fuzzer checks it")]

#[path = "../fuzz/src/lib.rs"]
mod readers;

use std::fs;
use std::path::Path;

#[test]
fn whatever_readers_were_fed_before_they_take() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut known: Vec<String> =
        fs::read_dir(&corpus).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    known.sort();
    assert_eq!(known, readers::READERS.map(|(name, _)| name), "each has a corpus");
    for (name, feed) in readers::READERS {
        for entry in fs::read_dir(corpus.join(name)).unwrap() {
            let entry = entry.unwrap();
            println!("{name}: {}", entry.file_name().display());
            feed(&fs::read(entry.path()).unwrap());
        }
        feed(b"");
    }
    let _ = fs::remove_dir_all(&*readers::PLACE);
}
