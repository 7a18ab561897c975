//! Boards on disk: YAML, journal, feedback log, lock, paths.
//!
//! Knows files and the clock; knows no screen, no engine, no command line. Every error says what happened, to which
//! file, and what to do.
//!
//! A board is `NAME.yaml`, and beside it `NAME.slate/` ([`BoardFile::sidecar`]) with what a person need not keep:
//! `lock`, `draft-*.json`, `journal` and the `base.yaml` it starts from, `feedback/`, `prompts/`, `samples.jsonl`.

pub mod board_file;
pub mod chosen;
mod disk;
pub mod draft;
pub mod error;
mod feedback_log;
pub mod generation;
mod journal;
mod lock;
pub mod notice;
pub mod paths;
pub mod places;
pub mod prompts;
pub mod recent;
mod recovery;
mod replace;
pub mod reviewer;
pub mod samples;
mod soundness;
pub mod takeover;
pub mod taste_settings;
pub mod tastes;
pub mod template;
pub mod yaml;

pub use board_file::{Access, BoardFile, Opened, Saved};
pub use draft::Draft;
pub use error::{OpenError, StoreError};
pub use feedback_log::feedback;
pub use generation::Generation;
pub use lock::Holder;
pub use notice::Notice;
pub use paths::Paths;
pub use prompts::Prompts;
pub use recent::Recent;
pub use samples::Samples;
pub use taste_settings::TasteSettings;
pub use yaml::Refused;

/// A file that outgrows a limit of this process (`ulimit -f`) ends the process unless somebody listens; with this, it is a
/// write that fails, and said like any other.
pub fn survive_file_size_limits() {
    #[cfg(unix)]
    {
        // Refused only for signals that cannot be caught. Nobody looks at the flag.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
    }
}

/// Milliseconds since 1970; 0 where the clock stands before that.
fn now_ms() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// A value as JSON in one line, in which nothing stands that a terminal would obey: people look into these files.
fn json_line(value: &impl serde::Serialize) -> serde_json::Result<Vec<u8>> {
    serde_json::to_string(value).map(|json| crate::board::text::harmless_json(json).into_bytes())
}

/// SHA-256 in hexadecimal.
fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::Digest;
    use std::fmt::Write;
    sha2::Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
