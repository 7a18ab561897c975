//! `Text`: whatever goes in, what comes out holds nothing that a terminal obeys, and cleaning it again changes nothing.

use slateboard::board::text::clean;
use slateboard::board::{Line, Text};

/// Feeds it.
pub fn feed(bytes: &[u8]) {
    let raw = String::from_utf8_lossy(bytes);
    let cleaned = clean(&raw);
    assert!(cleaned.chars().all(|c| c == '\n' || !c.is_control()));
    assert_eq!(clean(&cleaned), cleaned);
    for cap in [0, 1, 7, 300] {
        let (text, line) = (Text::clipped(&raw, cap), Line::clipped(&raw, cap));
        assert!(text.chars().count() <= cap && line.chars().count() <= cap);
        assert!(!line.contains('\n'));
        assert_eq!(clean(&text), text.as_str());
        assert_eq!(clean(&line), line.as_str());
    }
    if let Ok(text) = Text::new(&raw) {
        let json = serde_json::to_string(&text).expect("text is JSON");
        assert_eq!(serde_json::from_str::<Text>(&json).expect("and back"), text);
    }
}
