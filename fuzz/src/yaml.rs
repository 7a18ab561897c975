//! The YAML loader: any bytes are a board or a refusal in words, and a board survives being written and read again.

use super::holds;
use slateboard::board::check;
use slateboard::store::yaml;

/// Feeds it.
pub fn feed(bytes: &[u8]) {
    match yaml::read(bytes) {
        Err(refused) => assert!(!refused.to_string().is_empty()),
        Ok(board) => {
            let _ = check::check(&board);
            holds(&board);
        }
    }
}
