//! Other work on the same machine, for the benchmarks.

use std::process::{Child, Command, Stdio};

/// Processes that keep a core busy each, until dropped.
pub(crate) struct Load(Vec<Child>);

impl Load {
    /// Something else wants every core all the time.
    pub(crate) fn on_every_core() -> Self {
        Self::of("while :; do :; done")
    }

    /// Something else wants every core for so many seconds, then none for as many, and so on.
    pub(crate) fn coming_and_going(seconds: u32) -> Self {
        Self::of(&format!("while :; do timeout {seconds} sh -c 'while :; do :; done'; sleep {seconds}; done"))
    }

    fn of(work: &str) -> Self {
        // Should this process be killed, they end by themselves after so many seconds of processor time.
        let work = format!("ulimit -t 240; {work}");
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let start = || {
            let mut command = Command::new("setsid");
            command.args(["sh", "-c", &work]).stdin(Stdio::null()).spawn().expect("a shell")
        };
        Self((0..cores).map(|_| start()).collect())
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // Each is the first of its group; all fail only where they are gone already.
            let group = format!("-{}", child.id());
            let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
            let _ = child.wait();
        }
    }
}
