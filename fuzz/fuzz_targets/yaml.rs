//! The YAML loader: any bytes are a board or a refusal in words, and a board survives being written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use slateboard::board::check;
use slateboard::store::yaml;
use slateboard_fuzz::holds;

fuzz_target!(|bytes: &[u8]| {
    match yaml::read(bytes) {
        Err(refused) => assert!(!refused.to_string().is_empty()),
        Ok(board) => {
            let _ = check::check(&board);
            holds(&board);
        }
    }
});
