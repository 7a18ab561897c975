//! What an engine may say: any line is a reply or nothing, and any answer of a model is a draft and perhaps a take.

use slateboard::board::Bible;
use slateboard::board::text::clean;
use slateboard::engine::wire::{Reply, Request};
use slateboard::engine::{draft, outline};
use slateboard::store::yaml;

/// Feeds it.
pub fn feed(bytes: &[u8]) {
    let _ = serde_json::from_slice::<Reply>(bytes);
    let _ = serde_json::from_slice::<Request>(bytes);
    let Ok(answer) = std::str::from_utf8(bytes) else { return };
    let take = draft(answer, &Bible::default());
    let _ = outline::draft_scenes(answer);
    let _ = outline::read_scenes(answer);
    let board = yaml::read(b"slateboard: 1\n").expect("a sound board");
    let _ = outline::draft_bible(&board, answer);
    let _ = outline::read_bible(&board, answer);
    for words in [take.action.as_str(), take.sound.as_str()] {
        assert_eq!(clean(words), words, "a control came through");
    }
}
