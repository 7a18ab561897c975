//! Takes any file in: finds its format, reads it, and answers a board with what a person should know.

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use ulid::Ulid;

use crate::board::vocabulary::vocabulary;
use crate::board::{Line, Storyboard};

use super::decode::{self, ImportError};
use super::deliver::{self, Overwrite};
use super::order::{ExportError, Watch};
use super::script::{Script, ScriptScene};
use super::{fdx, fountain, given, otio, outline, shot_list, storyboarder};

vocabulary! {
    /// A format that comes in.
    From: "format" {
        /// A screenplay as plain text.
        Fountain = "fountain",
        /// A Final Draft screenplay.
        Fdx = "fdx",
        /// A Storyboarder scene or project.
        Storyboarder = "storyboarder",
        /// A shot list.
        Csv = "csv",
        /// OpenTimelineIO.
        Otio = "otio",
        /// An outline in text or Markdown.
        Outline = "outline",
        /// A board, as YAML or JSON.
        Board = "board",
        /// An archive with one of these in it.
        Zip = "zip",
    }
}

/// Reads a board's own YAML or JSON.
pub type ReadBoard<'a> = dyn Fn(&[u8]) -> Result<Storyboard, String> + 'a;

/// What came in.
#[derive(Debug)]
pub struct Imported {
    /// Its format.
    pub from: From,
    /// The board it becomes.
    pub board: Storyboard,
    /// What a person should know of how it was read.
    pub said: Vec<String>,
    /// Pictures that came with it, as PNG, by the name that shots have.
    pub pictures: Vec<(String, Vec<u8>)>,
}

/// The most bytes an archive may unpack to.
const UNPACKED: u64 = 1 << 30;
/// The most entries an archive may have.
const ENTRIES: usize = 100_000;

impl From {
    /// The format that a file's name, or a folder's content, says.
    ///
    /// # Errors
    /// [`ImportError::Unknown`].
    pub fn of(path: &Path) -> Result<Self, ImportError> {
        if path.is_dir() {
            return Ok(Self::Storyboarder);
        }
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        Ok(match extension.as_str() {
            "fountain" | "spmd" => Self::Fountain,
            "fdx" => Self::Fdx,
            "storyboarder" => Self::Storyboarder,
            "csv" | "tsv" => Self::Csv,
            "otio" => Self::Otio,
            "md" | "markdown" | "txt" | "text" => Self::Outline,
            "yaml" | "yml" | "json" => Self::Board,
            "zip" => Self::Zip,
            _ => return Err(ImportError::Unknown(path.to_owned())),
        })
    }
}

/// Reads a file or a Storyboarder project's folder; what has many files inside tells `watch` how far it is.
///
/// # Errors
/// [`ImportError`] in words; nothing was written.
pub fn read(
    path: &Path,
    from: From,
    read_board: &ReadBoard<'_>,
    fresh: &mut dyn FnMut() -> Ulid,
    watch: &mut dyn Watch,
) -> Result<Imported, ImportError> {
    let mut imported = read_any(path, from, read_board, fresh, watch)?;
    imported.name_pictures();
    Ok(imported)
}

fn read_any(
    path: &Path,
    from: From,
    read_board: &ReadBoard<'_>,
    fresh: &mut dyn FnMut() -> Ulid,
    watch: &mut dyn Watch,
) -> Result<Imported, ImportError> {
    let text = || decode::text(decode::read(path, decode::MAX_BYTES)?);
    let script = match from {
        From::Fountain => fountain::read(&text()?),
        From::Fdx => fdx::read(&text()?)?,
        From::Storyboarder if path.is_dir() => storyboarder::read_project(path, watch)?,
        From::Storyboarder => storyboarder::read_file(path)?,
        From::Csv => shot_list::read(&text()?, 24.0)?,
        From::Outline => outline::read(&text()?),
        From::Otio => match otio::read(&text()?, fresh)? {
            otio::Read::Board(board, said) => return Ok(Imported { from, board: *board, said, pictures: Vec::new() }),
            otio::Read::Script(script) => script,
        },
        From::Board => {
            let mut bytes = decode::read(path, decode::MAX_BYTES)?;
            if matches!(bytes.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
                bytes = decode::text(bytes)?.into_bytes();
            }
            let board = read_board(&bytes).map_err(|what| ImportError::Broken { format: "slateboard", what })?;
            if board.scenes.is_empty() {
                return Err(ImportError::Empty);
            }
            return Ok(Imported { from, board, said: Vec::new(), pictures: Vec::new() });
        }
        From::Zip => return archive(path, read_board, fresh, watch),
    };
    of_script(script, from, path, fresh)
}

fn of_script(
    mut script: Script,
    from: From,
    path: &Path,
    fresh: &mut dyn FnMut() -> Ulid,
) -> Result<Imported, ImportError> {
    if script.scenes.iter().all(ScriptScene::is_empty) {
        return Err(ImportError::Empty);
    }
    if script.title.is_empty() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().replace(['-', '_'], " ");
        script.title = Line::clipped(&name, 200);
    }
    let made = script.into_board(fresh);
    Ok(Imported { from, board: made.board, said: made.said, pictures: made.pictures })
}

/// Unpacks an archive into a temporary folder, within limits, and reads what is in it.
fn archive(
    path: &Path,
    read_board: &ReadBoard<'_>,
    fresh: &mut dyn FnMut() -> Ulid,
    watch: &mut dyn Watch,
) -> Result<Imported, ImportError> {
    let failed = |error| ImportError::Io(path.to_owned(), error);
    let broken = |what: String| ImportError::Broken { format: "zip", what };
    let file = File::open(path).map_err(failed)?;
    let mut archive = zip::ZipArchive::new(file).map_err(|error| broken(error.to_string()))?;
    if archive.len() > ENTRIES {
        return Err(ImportError::TooLarge(format!("the archive has {} entries", archive.len())));
    }
    let place = tempfile::tempdir().map_err(failed)?;
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        if watch.step(index, archive.len()).is_break() {
            return Err(ImportError::Stopped);
        }
        let mut entry = archive.by_index(index).map_err(|error| broken(error.to_string()))?;
        let named = entry.name().map(|name| Line::clipped(&name, 100)).unwrap_or_default();
        let inside = entry.enclosed_name().ok_or_else(|| broken(format!("`{named}` leads out of the archive")))?;
        if entry.is_symlink() {
            return Err(broken(format!("`{named}` is a link")));
        }
        let target = place.path().join(inside);
        if entry.is_dir() {
            fs::create_dir_all(&target).map_err(failed)?;
            continue;
        }
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut out = File::create(&target).map_err(failed)?;
        // What an entry says of its size may be a lie: what comes out is counted.
        let mut limited = std::io::Read::take(&mut entry, UNPACKED - unpacked + 1);
        unpacked += std::io::copy(&mut limited, &mut out).map_err(|error| broken(format!("`{named}`: {error}")))?;
        if unpacked > UNPACKED {
            return Err(ImportError::TooLarge(format!("the archive unpacks to more than {} MiB", UNPACKED >> 20)));
        }
    }
    let found = project_in(place.path()).ok_or_else(|| {
        broken("there is no board, script or Storyboarder project in it, at its top or in its only folder".to_owned())
    })?;
    let from = From::of(&found)?;
    let mut imported = Imported { from, ..read_any(&found, from, read_board, fresh, watch)? };
    if from == From::Board {
        let folder = found.with_file_name("pictures");
        imported.pictures = given::all(&folder, &imported.board);
    }
    Ok(imported)
}

impl Imported {
    /// Gives pictures names that say what is in them, so that a later import's are never taken for an earlier one's.
    fn name_pictures(&mut self) {
        let names: HashMap<String, String> = self
            .pictures
            .iter_mut()
            .map(|(name, bytes)| {
                let old = std::mem::replace(name, given::name(bytes));
                (old, name.clone())
            })
            .collect();
        let takes = self.board.scenes.iter_mut().flat_map(|scene| &mut scene.takes);
        for shot in takes.flat_map(|take| &mut take.shots) {
            let picture = shot.extra.get_mut(super::script::field::PICTURE);
            if let Some(value) = picture
                && let Some(new) = value.as_str().and_then(|name| names.get(name))
            {
                *value = new.clone().into();
            }
        }
    }

    /// Puts its pictures into a board's `NAME.slate/`, under the names that shots have.
    ///
    /// # Errors
    /// [`ExportError::Io`] where one cannot be written.
    pub fn keep_pictures(&self, sidecar: &Path) -> Result<(), ExportError> {
        if self.pictures.is_empty() {
            return Ok(());
        }
        let folder = given::folder(sidecar);
        fs::create_dir_all(&folder).map_err(|error| ExportError::Io(folder.clone(), error))?;
        for (name, bytes) in &self.pictures {
            let path = folder.join(name);
            let write = |out: &mut dyn std::io::Write| out.write_all(bytes);
            deliver::file(&path, Overwrite::Replace, |out| {
                write(out).map_err(|error| ExportError::Io(path.clone(), error))
            })?;
        }
        Ok(())
    }
}

/// What in an unpacked archive is to be read: a board before a project, a project before a script.
fn project_in(folder: &Path) -> Option<PathBuf> {
    // macOS puts what it knows of the files beside them, in `__MACOSX` and under names that begin with a point.
    let is_word = |name: &str| name != "__MACOSX" && !name.starts_with('.');
    let named = fs::read_dir(folder).ok()?.flatten().filter(|entry| is_word(&entry.file_name().to_string_lossy()));
    let mut entries: Vec<PathBuf> = named.map(|entry| entry.path()).collect();
    entries.sort();
    let named = |endings: &[&str]| {
        entries
            .iter()
            .find(|path| path.is_file() && path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)))
    };
    if let Some(board) = named(&["yaml", "yml", "json"]) {
        return Some(board.clone());
    }
    if folder.join("storyboards").is_dir() {
        return Some(folder.to_owned());
    }
    if let Some(script) = named(&["storyboarder", "fountain", "fdx", "otio", "csv", "md", "txt"]) {
        return Some(script.clone());
    }
    match entries.as_slice() {
        [only] if only.is_dir() => project_in(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::ops::ControlFlow;

    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::exchange::fixture;

    fn zipped(entries: &[(&str, &[u8])]) -> (tempfile::TempDir, PathBuf) {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("x.zip");
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        (place, path)
    }

    fn import(path: &Path) -> Result<Imported, String> {
        let none = |_: &[u8]| Err("no board".to_owned());
        read(path, From::of(path).unwrap(), &none, &mut fixture::fresh(), &mut |_, _| ControlFlow::Continue(()))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn an_archive_is_read_wherever_its_project_lies() {
        let script = b"EXT. SHORE - DAWN\n\nShe walks.\n";
        for name in ["a.fountain", "project/a.fountain", "a/b/c.fountain"] {
            let (_place, path) = zipped(&[(name, script)]);
            let imported = import(&path).unwrap();
            assert_eq!((imported.from, imported.board.scenes.len()), (From::Fountain, 1), "{name}");
        }
    }

    #[test]
    fn hostile_archives_are_refused_in_words() {
        for (name, words) in [("../../evil.fountain", "leads out"), ("a.bin", "no board"), ("/etc/passwd.fountain", "")]
        {
            let (_place, path) = zipped(&[(name, b"x")]);
            match import(&path) {
                Err(said) => assert!(said.contains(words), "{said}"),
                // An absolute name is taken as one inside.
                Ok(_) => assert!(words.is_empty(), "{name}"),
            }
        }
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("half.zip");
        let (_whole, full) = zipped(&[("a.fountain", &[b'x'; 5000])]);
        let bytes = fs::read(full).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        assert!(import(&path).unwrap_err().contains("no zip file"));
    }

    #[test]
    fn an_import_that_is_stopped_brings_nothing() {
        let (_place, path) = zipped(&[("a.fountain", b"EXT. SHORE - DAWN\n\nShe walks.\n"), ("b.txt", b"x")]);
        let none = |_: &[u8]| Err("no board".to_owned());
        let mut stop = |_, _| ControlFlow::Break(());
        let stopped = read(&path, From::Zip, &none, &mut fixture::fresh(), &mut stop);
        assert!(matches!(stopped, Err(ImportError::Stopped)));
    }

    #[test]
    fn a_file_of_no_known_kind_is_refused() {
        assert!(From::of(Path::new("a.docx")).is_err());
        assert_eq!(From::of(Path::new("a.FDX")).unwrap(), From::Fdx);
    }
}
