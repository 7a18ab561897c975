//! A generation of every scene under way: which takes it wrote into which scene, so that one that was killed goes on and
//! does nothing twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::{disk, replace};
use crate::board::{Lock, SceneId, TakeId};

/// What was asked for. Another question is another generation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Takes to keep of each scene.
    pub takes: u16,
    /// Takes sampled together; `None` for as many as serve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<u16>,
    /// Where chance starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
    /// What is kept of the picked takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<Lock>,
}

/// The file `NAME.slate/generation.jsonl`: what was asked for, then one line a scene, written before its takes are put on the
/// board. It goes when every scene has its takes.
#[derive(Debug)]
pub struct Generation {
    path: PathBuf,
    file: File,
    asked: Asked,
    /// The takes of each scene, by the last line about it.
    written: BTreeMap<SceneId, Vec<TakeId>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Written {
    scene: SceneId,
    takes: Vec<TakeId>,
}

impl Generation {
    /// The one under way beside a board, where there is one. Lines that are none, as the last one of a program that was
    /// killed may be, are passed over.
    ///
    /// # Errors
    /// [`StoreError`] where its file is there and cannot be read or written.
    pub fn under_way(sidecar: &Path) -> Result<Option<Self>, StoreError> {
        let path = sidecar.join("generation.jsonl");
        let bytes = match fs::read(&path) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
            read => read.map_err(StoreError::io(Doing::Read, &path))?,
        };
        let mut lines = bytes.split(|&byte| byte == b'\n');
        let Some(asked) = lines.next().and_then(|line| serde_json::from_slice(line).ok()) else { return Ok(None) };
        let written = lines.filter_map(|line| serde_json::from_slice::<Written>(line).ok());
        let written = written.map(|line| (line.scene, line.takes)).collect();
        let mut file = OpenOptions::new().append(true).open(&path).map_err(StoreError::io(Doing::Write, &path))?;
        if !bytes.ends_with(b"\n") {
            file.write_all(b"\n").map_err(StoreError::io(Doing::Write, &path))?;
        }
        Ok(Some(Self { path, file, asked, written }))
    }

    /// Begins one, in the place of another that was under way.
    ///
    /// # Errors
    /// [`StoreError`] where its file cannot be written.
    pub fn begin(sidecar: &Path, asked: Asked) -> Result<Self, StoreError> {
        let path = sidecar.join("generation.jsonl");
        fs::create_dir_all(sidecar).map_err(StoreError::io(Doing::Create, sidecar))?;
        let failed = StoreError::io(Doing::Write, &path);
        let mut line = match serde_json::to_vec(&asked) {
            Ok(line) => line,
            Err(error) => return Err(failed(error.into())),
        };
        line.push(b'\n');
        let begun = File::create(&path).and_then(|mut file| file.write_all(&line).map(|()| file));
        let file = begun.map_err(failed)?;
        Ok(Self { path, file, asked, written: BTreeMap::new() })
    }

    /// What was asked for.
    #[must_use]
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The scenes that have their takes: those with one of which `exists` knows. A line alone says little: a program may have
    /// been killed between it and the board.
    #[must_use]
    pub fn done(&self, exists: impl Fn(TakeId) -> bool) -> BTreeSet<SceneId> {
        let has_its_takes = |takes: &[TakeId]| takes.iter().any(|&take| exists(take));
        self.written.iter().filter(|(_, takes)| has_its_takes(takes)).map(|(&scene, _)| scene).collect()
    }

    /// Notes the takes of a scene. To be called before they are put on the board.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be written.
    pub fn write(&mut self, scene: SceneId, takes: Vec<TakeId>) -> Result<(), StoreError> {
        let written = Written { scene, takes };
        let failed = |error| StoreError::io(Doing::Write, &self.path)(error);
        let mut line = serde_json::to_vec(&written).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        self.file.write_all(&line).map_err(failed)?;
        self.written.insert(written.scene, written.takes);
        Ok(())
    }

    /// Waits until what was noted is on the disk: to be called before the board with its takes is saved, or a loss of power
    /// could leave the takes and forget whose they are.
    ///
    /// # Errors
    /// [`StoreError`] where the disk does not take it.
    pub fn sync(&self) -> Result<(), StoreError> {
        disk::sync_data(&self.file, &self.path).map_err(StoreError::io(Doing::Write, &self.path))?;
        replace::sync_folder(replace::folder(&self.path))
    }

    /// Ends it: the next one begins anew.
    ///
    /// # Errors
    /// [`StoreError`] where its file cannot be removed.
    pub fn finish(self) -> Result<(), StoreError> {
        fs::remove_file(&self.path).map_err(StoreError::io(Doing::Remove, &self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked {
        Asked { takes: 3, pool: None, seed: Some(7), locked: Vec::new() }
    }

    fn scene(n: u128) -> SceneId {
        SceneId::new(n.into())
    }

    fn take(n: u128) -> TakeId {
        TakeId::new(n.into())
    }

    #[test]
    fn one_that_was_killed_knows_which_scenes_have_their_takes() {
        let folder = tempfile::tempdir().unwrap();
        let sidecar = folder.path().join("board.slate");
        assert!(Generation::under_way(&sidecar).unwrap().is_none());
        let mut one = Generation::begin(&sidecar, asked()).unwrap();
        one.write(scene(1), vec![take(11), take(12)]).unwrap();
        one.write(scene(2), vec![take(21)]).unwrap();
        one.file.write_all(b"{\"scene\":\"01").unwrap();
        drop(one);
        let mut again = Generation::under_way(&sidecar).unwrap().unwrap();
        assert_eq!(again.asked(), &asked());
        // Killed before the second scene's takes reached the board.
        assert_eq!(again.done(|id| id == take(12)), [scene(1)].into());
        again.write(scene(2), vec![take(22)]).unwrap();
        let last = Generation::under_way(&sidecar).unwrap().unwrap();
        assert_eq!(last.done(|id| id == take(12) || id == take(22)), [scene(1), scene(2)].into());
        last.finish().unwrap();
        assert!(Generation::under_way(&sidecar).unwrap().is_none());
    }
}
