//! The engine process: `slateboard engine`. It ends when its stdin ends, so it never outlives the app.

use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};

use super::job::EngineError;
use super::llama::{self, Llama, Source};
use super::parent::Parent;
use super::settings::{GpuLayers, Settings};
use super::wire::{Reply, Request};
use super::{gguf, sandbox};

/// No job has this number.
const NONE: u64 = 0;

/// Serves a model over stdin and stdout until stdin ends; answers whether the model could be used.
///
/// # Errors
/// Where stdout is gone: there is nobody left to serve.
pub fn serve(source: Source<'_>, settings: &Settings) -> std::io::Result<bool> {
    let parent = Parent::bind();
    let adapter = settings.lora.as_ref().map(|lora| lora.file.as_path());
    let files: Vec<&Path> = std::iter::once(source.file).chain(adapter).collect();
    say(&Reply::Hello { sandbox: sandbox::enter(&files, None, memory(source.file, &files, settings)) })?;
    let (requests, cancelled) = listen();
    let loaded = Llama::load(source, settings, |share| {
        // The app reads on; where it does not, the next reply ends this process.
        let _ = say(&Reply::Loading(share));
    });
    let mut llama = match loaded {
        Ok(llama) => llama,
        Err(error) => {
            say(&Reply::Unusable(error.to_string()))?;
            return Ok(false);
        }
    };
    say(&Reply::Loaded(llama.loaded().clone()))?;
    for (id, job) in requests {
        let stopped = || {
            parent.rest_while_stopped();
            cancelled.load(Ordering::Acquire) == id
        };
        let mut gone = None;
        let done = llama.run(&job, &stopped, &mut |event| {
            gone = gone.take().or(say(&Reply::Event { id, event }).err());
        });
        if let Some(error) = gone {
            return Err(error);
        }
        say(&match done {
            Ok(outcome) => Reply::Done { id, outcome: Box::new(outcome) },
            Err(error) => Reply::Failed { id, why: EngineError::into(error) },
        })?;
    }
    Ok(true)
}

/// The most memory that these files may take of this process; `None` where the driver of a GPU has its own ideas of that.
fn memory(model: &Path, files: &[&Path], settings: &Settings) -> Option<u64> {
    let drivers = cfg!(any(feature = "cuda", feature = "vulkan", feature = "rocm"));
    if drivers && settings.gpu_layers != GpuLayers::Count(0) {
        return None;
    }
    let sizes = files.iter().map(|file| std::fs::metadata(file).map_or(0, |about| about.len()));
    let bytes = sizes.fold(0, u64::saturating_add);
    // Of a file that is no model nothing is loaded.
    let (layers, embedding) = gguf::inspect(model).map_or((0, 0), |model| (model.layers, model.embedding));
    // Wider than any model of today: what a stranger's header claims must not lift the limit.
    Some(sandbox::memory_for(bytes, layers, embedding.min(1 << 16), settings.context))
}

/// Copies the model at `from` over the file at `to` with its weights at eight bits, fenced in like an engine that serves.
///
/// # Errors
/// As [`llama::copy_at_eight_bits`].
pub fn copy_weights(from: &Path, to: &Path) -> Result<(), EngineError> {
    let _parent = Parent::bind();
    let memory = memory(from, &[from], &Settings::default());
    // What holds is told by the engine that serves.
    let _ = sandbox::enter(&[from], Some(to), memory);
    llama::copy_at_eight_bits(from, to)
}

/// Reads requests in a thread of its own, so that a cancellation is seen while a job runs.
fn listen() -> (mpsc::Receiver<(u64, super::job::Job)>, Arc<AtomicU64>) {
    let (sender, receiver) = mpsc::channel();
    let cancelled = Arc::new(AtomicU64::new(NONE));
    let cancel = Arc::clone(&cancelled);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            match serde_json::from_str(&line) {
                Ok(Request::Run { id, job }) => drop(sender.send((id, *job))),
                Ok(Request::Cancel { id }) => cancel.store(id, Ordering::Release),
                Err(error) => eprintln!("engine: a request that is none: {error}"),
            }
        }
        // The app is gone, or wants this process gone: whatever is being computed is for nobody.
        std::process::exit(0);
    });
    (receiver, cancelled)
}

fn say(reply: &Reply) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(reply)?;
    line.push(b'\n');
    let mut out = std::io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}
