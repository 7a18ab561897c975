//! `slateboard export`: the board in another format.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{Failure, boards, out};
use crate::board::Storyboard;
use crate::store::{Access, yaml};

/// Write the board in another format
#[derive(Debug, Args)]
pub struct Export {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// The format
    #[arg(long, value_name = "FORMAT")]
    to: Format,
    /// The file to write; - for stdout
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
}

/// The formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// The board as slateboard keeps it, edits newer than the file included
    Yaml,
    /// The same as JSON, after the schema that `slateboard schema` prints
    Json,
}

impl Export {
    /// Writes it.
    ///
    /// # Errors
    /// Where the board cannot be read or the file not written.
    pub fn run(self) -> Result<(), Failure> {
        let opened = boards::open(&self.board, Access::ReadOnly)?;
        let text = render(&opened.board, self.to)?;
        if self.out == Path::new("-") {
            return out::print(&text);
        }
        write(&self.out, text.as_bytes())
    }
}

fn render(board: &Storyboard, format: Format) -> Result<String, Failure> {
    Ok(match format {
        Format::Yaml => yaml::write(board),
        Format::Json => serde_json::to_string_pretty(board)? + "\n",
    })
}

/// Puts a whole file in place by rename: a reader never finds half of one.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::failed(format!("{} could not be written: {error}", boards::shown(path)))
            .hint("check that the folder is there and may be written")
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".slateboard-").tempfile_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    #[cfg(unix)]
    readable(file.as_file()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A temporary file is its owner's alone; an export is for others, as any new file is (umask aside).
#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}
