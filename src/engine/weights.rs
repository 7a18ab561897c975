//! In which kind a model's weights are computed with.
//!
//! On a processor llama.cpp multiplies weights of the kind Q4_1 with one token after the other, those of the kind Q8_0 with
//! many at once. On two cores of x86-64 the same model (135M) at eight bits took 0.63 of the time to read a prompt, 0.77
//! to write eight answers together and 0.93 to write one. So there it computes from a copy, which is made once in the
//! cache (a second for 100 MB), by a child process of its own that may write nothing else. Where the memory is what one
//! answer waits for (an Intel machine of 7 GB/s a core), writing it takes 1.1 of the time, and with its prompt of 766 tokens
//! still 0.8.
//!
//! With the copy, attention keeps its keys at eight bits too: a step of eight answers after a prompt of 640 tokens took
//! 0.92 of the time. What the next word may be moves by no more than with the copy alone: over 1,114 tokens of English
//! prose a divergence from the stored weights of 0.0060 nats a token with the copy, 0.0060 with both, and a loss of 4.136
//! and 4.128 against 4.124.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::gguf;
use super::job::{Cancel, EngineError};
use super::local::Launch;
use super::settings::{GpuLayers, Settings, WeightsAsked};
use crate::board::Weights;

/// Kinds that compute faster at eight bits; each was measured.
const SLOW_TOGETHER: &[&str] = &["Q4_1"];
/// Larger files are left as they are: there the memory decides, and a copy is no small thing on a disk.
const LARGEST: u64 = 1 << 30;
/// How often a waiting call looks at its cancel switch.
const LOOK: Duration = Duration::from_millis(10);

/// The file to load, and how it keeps its weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The file.
    pub file: PathBuf,
    /// How.
    pub weights: Weights,
}

/// Which weights a launch computes with; makes the copy where there is none yet.
///
/// # Errors
/// [`EngineError::Cancelled`]; [`EngineError::Model`] where a copy is demanded and cannot be made. Where it is only the
/// faster way, the weights stay as they are stored.
pub fn choose(launch: &Launch, cancel: &Cancel) -> Result<Chosen, EngineError> {
    let stored = Chosen { file: launch.model.clone(), weights: Weights::Stored };
    let is_demanded = match launch.settings.weights {
        WeightsAsked::Exactly(Weights::Stored) => return Ok(stored),
        WeightsAsked::Exactly(Weights::EightBit) => true,
        WeightsAsked::Auto => false,
    };
    let Some(folder) = launch.cache.as_ref().filter(|_| is_demanded || is_faster(&launch.model, &launch.settings))
    else {
        return match is_demanded {
            true => Err(EngineError::Model("there is no cache folder for a copy of its weights".into())),
            false => Ok(stored),
        };
    };
    match copy(launch, &folder.join("weights"), cancel) {
        Ok(file) => Ok(Chosen { file, weights: Weights::EightBit }),
        Err(EngineError::Cancelled) => Err(EngineError::Cancelled),
        Err(error) if is_demanded => Err(error),
        Err(_) => Ok(stored),
    }
}

/// Whether this machine computes faster with a copy.
fn is_faster(model: &Path, settings: &Settings) -> bool {
    let may_offload = cfg!(any(feature = "cuda", feature = "metal", feature = "vulkan", feature = "rocm"))
        && settings.gpu_layers != GpuLayers::Count(0);
    let is_slow = |gguf: gguf::Gguf| {
        gguf.parts == 1 && gguf.bytes <= LARGEST && SLOW_TOGETHER.contains(&gguf.quantization.as_str())
    };
    cfg!(target_arch = "x86_64") && !may_offload && gguf::inspect(model).is_ok_and(is_slow)
}

/// The copy in `folder`, made where it is not there. It is named by the model's hash and by our version, whose llama.cpp
/// made it.
fn copy(launch: &Launch, folder: &Path, cancel: &Cancel) -> Result<PathBuf, EngineError> {
    let failed = |error: &dyn std::fmt::Display| {
        EngineError::Model(format!("a copy of its weights at eight bits cannot be made: {error}"))
    };
    let model = launch.sha256.get(..16).ok_or_else(|| failed(&"its hash is not known"))?;
    let made = folder.join(format!("{model}-q8_0-{}.gguf", env!("CARGO_PKG_VERSION")));
    if gguf::inspect(&made).is_ok() {
        return Ok(made);
    }
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    // Named by the model, so that what a killed process leaves is removed with the older copies.
    let place =
        tempfile::Builder::new().prefix(&format!("{model}-")).tempfile_in(folder).map_err(|error| failed(&error))?;
    let child = Command::new(&launch.program)
        .args(["engine", "--model"])
        .arg(&launch.model)
        .arg("--copy-to")
        .arg(place.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let done = wait(child.map_err(|error| failed(&error))?, cancel)?;
    let made_whole = done.map_err(|error| failed(&error)).and_then(|()| {
        gguf::inspect(place.path()).map_err(|error| failed(&error))?;
        place.persist(&made).map_err(|error| failed(&error.error))
    });
    if let Err(error) = made_whole {
        // Another process may have made it meanwhile.
        return gguf::inspect(&made).map(|_| made).map_err(|_| error);
    }
    forget_older(folder, model, &made);
    Ok(made)
}

/// Waits for the child; kills it where `cancel` says so.
fn wait(mut child: Child, cancel: &Cancel) -> Result<io::Result<()>, EngineError> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(Ok(())),
            Ok(Some(status)) => return Ok(Err(io::Error::other(status.to_string()))),
            Ok(None) if cancel.is_cancelled() => {
                // Both fail only where it is gone already.
                let _ = child.kill();
                let _ = child.wait();
                return Err(EngineError::Cancelled);
            }
            Ok(None) => std::thread::sleep(LOOK),
            Err(error) => return Ok(Err(error)),
        }
    }
}

/// Removes what earlier versions, and processes that were killed, made of the same model. A copy still in use stays until
/// its process ends.
fn forget_older(folder: &Path, model: &str, made: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path() != made && entry.file_name().to_string_lossy().starts_with(model) {
            // It is a cache: what cannot be removed only takes room.
            let _ = fs::remove_file(entry.path());
        }
    }
}
