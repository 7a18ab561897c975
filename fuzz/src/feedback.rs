//! The feedback log: any lines are records or counted as unreadable, and taste folds whatever records there are.

use std::fs;

use super::PLACE;
use slateboard::store::{self, yaml};
use slateboard::taste;

const BOARD: &[u8] = b"slateboard: 1\nscenes:\n- id: 01J9Z0V5W6M4QK3T8E2C7R1XNB\n  brief: b\n  takes:\n\
    \x20 - {id: 01J9Z0W1F3V7C2P5K8D4H6T9SA, action: a}\n";

/// Feeds it.
pub fn feed(bytes: &[u8]) {
    let folder = PLACE.join("feedback");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("a.jsonl"), bytes).expect("a log");
    let (records, _) = store::feedback(&PLACE).expect("a log that can be read is no error");
    let board = yaml::read(BOARD).expect("a sound board");
    let _ = taste::standing(&records, &board, &[]);
}
