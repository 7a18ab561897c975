//! Every importer: any file is a board or refused in words, and what comes in can be saved and read again.
//!
//! The first byte says which.

use std::fs;
use std::ops::ControlFlow;

use super::{PLACE, holds, ids};
use slateboard::exchange::import::{self, From};
use slateboard::store::yaml;

const ALL: [(From, &str); 8] = [
    (From::Fountain, "a.fountain"),
    (From::Fdx, "a.fdx"),
    (From::Storyboarder, "a.storyboarder"),
    (From::Csv, "a.csv"),
    (From::Otio, "a.otio"),
    (From::Outline, "a.md"),
    (From::Zip, "a.zip"),
    (From::Board, "a.json"),
];

/// Feeds it.
pub fn feed(bytes: &[u8]) {
    let Some((&which, rest)) = bytes.split_first() else { return };
    let (from, name) = ALL[usize::from(which) % ALL.len()];
    let file = PLACE.join(name);
    fs::write(&file, rest).expect("a file");
    let read_board = |bytes: &[u8]| yaml::read(bytes).map_err(|refused| refused.to_string());
    let mut watch = |_, _| ControlFlow::Continue(());
    match import::read(&file, from, &read_board, &mut ids(), &mut watch) {
        Ok(imported) => holds(&imported.board),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
