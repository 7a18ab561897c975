//! A `llama-server` of llama.cpp with the default model, for tests and benchmarks.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use slateboard::engine::catalog::Models;
use slateboard::store::Paths;

/// A server that ends when it is let go.
pub struct Llama {
    child: Child,
    /// Host and port.
    pub address: String,
}

impl Llama {
    /// Starts the program with so many slots, each with a context of so many tokens, and waits until it answers.
    pub fn start(program: &Path, slots: usize, context: usize) -> Self {
        let paths = Paths::from_env().unwrap();
        let model = Models::new(&paths.data, &paths.state).resolve(None).expect("slateboard model pull");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let child = Command::new(program)
            // Two threads that wait for each other come to a twentieth where anything else wants a core.
            .args(["--threads", "1", "--host", "127.0.0.1", "--slots"])
            .args(["--port", &port.to_string()])
            .args(["--parallel", &slots.to_string()])
            .args(["--ctx-size", &(slots * context).to_string()])
            .arg("--model")
            .arg(model)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let llama = Self { child, address };
        let patience = Instant::now() + Duration::from_secs(120);
        while ureq::get(format!("{}/health", llama.url())).call().is_err() {
            assert!(Instant::now() < patience, "llama-server did not start");
            std::thread::sleep(Duration::from_millis(100));
        }
        llama
    }

    /// Where it is asked.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Llama {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
