//! One file a command-line verb.
