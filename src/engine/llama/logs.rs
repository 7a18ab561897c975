//! llama.cpp's log lines: to stderr, which the app keeps in a file, never on the terminal; and what they tell.

use std::io::Write;
use std::sync::{Mutex, OnceLock, PoisonError};

use tracing_subscriber::fmt::MakeWriter;

/// llama.cpp's level for warnings, as its C interface counts them.
pub(super) const WARNINGS: u32 = 3;

/// The last "offloaded 31/31 layers to GPU" seen.
static OFFLOADED: Mutex<Option<(usize, usize)>> = Mutex::new(None);

/// Sends llama.cpp's lines to stderr, and reads along.
pub(super) fn listen() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let subscriber = tracing_subscriber::fmt()
            .with_writer(Listener)
            .with_ansi(false)
            .with_target(false)
            .without_time()
            .with_max_level(tracing::Level::INFO)
            .finish();
        // A second subscriber can only be there in a test; lines then go where that one sends them.
        if tracing::subscriber::set_global_default(subscriber).is_ok() {
            llama_cpp_2::send_logs_to_tracing(llama_cpp_2::LogOptions::default());
        }
    });
}

/// Layers on a GPU and layers in all, as llama.cpp said while loading.
pub(super) fn offloaded_layers() -> Option<(usize, usize)> {
    *OFFLOADED.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Listener;

impl Write for Listener {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        if let Some(layers) = std::str::from_utf8(line).ok().and_then(placement) {
            *OFFLOADED.lock().unwrap_or_else(PoisonError::into_inner) = Some(layers);
        }
        std::io::stderr().write_all(line)?;
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        std::io::stderr().flush()
    }
}

impl<'a> MakeWriter<'a> for Listener {
    type Writer = Listener;
    fn make_writer(&'a self) -> Listener {
        Listener
    }
}

/// Reads "offloaded 31/31 layers to GPU".
fn placement(line: &str) -> Option<(usize, usize)> {
    let (_, after) = line.split_once("offloaded ")?;
    let (numbers, _) = after.split_once(" layers to GPU")?;
    let (on_gpu, total) = numbers.split_once('/')?;
    Some((on_gpu.trim().parse().ok()?, total.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_placement_of_layers_is_read_from_llamas_own_line() {
        assert_eq!(super::placement("INFO load_tensors: offloaded 29/31 layers to GPU\n"), Some((29, 31)));
        assert_eq!(super::placement("INFO load_tensors: offloading output layer to GPU"), None);
    }
}
