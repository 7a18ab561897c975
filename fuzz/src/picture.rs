//! Pictures that people and servers give: any bytes are a picture within the limits or refused in words.

use std::fs;

use super::PLACE;
use slateboard::exchange::given;

/// Feeds it.
pub fn feed(bytes: &[u8]) {
    let file = PLACE.join("a.png");
    fs::write(&file, bytes).expect("a file");
    match given::read(&file) {
        Ok(picture) => assert!(picture.width() <= 8192 && picture.height() <= 8192),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
