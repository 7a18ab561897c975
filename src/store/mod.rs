//! Boards on disk: YAML, journal, feedback log, lock, paths.
