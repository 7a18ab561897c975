//! The terminal: session, capabilities, input, signals. Knows nothing of storyboards.
