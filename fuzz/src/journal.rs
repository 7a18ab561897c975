//! The journal: any bytes beside a board, and the board opens; whatever is kept, kept aside or dropped, a second opening
//! finds what the first one found.
//!
//! The first byte says whether the lines get the checksums that the fuzzer cannot guess, and whether the base stands beside.

use std::fs;

use super::{PLACE, holds};
use sha2::{Digest, Sha256};
use slateboard::store::{Access, BoardFile};

const BOARD: &str = "slateboard: 1\ntitle: The Keeper\nscenes:\n\
    - id: 01J9Z0V5W6M4QK3T8E2C7R1XNB\n  brief: b\n  takes:\n  - {id: 01J9Z0W1F3V7C2P5K8D4H6T9SA, action: a}\n";

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Feeds it.
pub fn feed(bytes: &[u8]) {
    let Some((&how, rest)) = bytes.split_first() else { return };
    let (board, sidecar) = (PLACE.join("a.yaml"), PLACE.join("a.slate"));
    let _ = fs::remove_dir_all(&*PLACE);
    fs::create_dir_all(&sidecar).expect("a folder");
    fs::write(&board, BOARD).expect("a board");
    let mut journal = Vec::new();
    if how & 1 == 0 {
        journal.extend_from_slice(rest);
    } else {
        let head = format!("{{\"journal\":1,\"base\":\"{}\"}}", hex(if how & 2 == 0 { BOARD.as_bytes() } else { b"" }));
        for line in std::iter::once(head.as_bytes()).chain(rest.split(|&byte| byte == b'\n')) {
            journal.extend_from_slice(&hex(line).as_bytes()[..16]);
            journal.push(b' ');
            journal.extend_from_slice(line);
            journal.push(b'\n');
        }
    }
    if how & 4 != 0 {
        fs::write(sidecar.join("base.yaml"), if how & 2 == 0 { BOARD } else { "" }).expect("a base");
    }
    fs::write(sidecar.join("journal"), &journal).expect("a journal");
    let looked =
        BoardFile::open(&board, Access::ReadOnly).expect("a board that is sound opens whatever the journal says");
    let mut first = BoardFile::open(&board, Access::Write).expect("and for writing");
    assert_eq!(looked.board, first.board, "a reader sees what the writer sees");
    holds(&first.board);
    let seen = first.board.clone();
    drop(first.file);
    first = BoardFile::open(&board, Access::Write).expect("again");
    assert_eq!(first.board, seen, "a second opening finds the same");
    let _ = first.file.save(&first.board).expect("a save");
    drop(first.file);
    let last = BoardFile::open(&board, Access::ReadOnly).expect("what was saved opens");
    assert_eq!(last.board, seen, "and is the same");
}
