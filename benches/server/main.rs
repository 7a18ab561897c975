//! What `generate --all` makes of a server: its tokens a second against those of the barest program that sends the same
//! requests, in pairs one after the other, through a real llama-server; and what slateboard itself costs a scene, against a
//! server that answers at once.
//!
//! `-- overnight` has a board of a thousand scenes (`SLATEBOARD_BENCH_SCENES`) written by a real server, and kills the
//! program meanwhile.
//!
//! `SLATEBOARD_LLAMA_SERVER` names the server's program (`.ci/llama-server` builds one). `SLATEBOARD_BENCH_PAIRS` (2) is how
//! many pairs are measured.

#![allow(clippy::unwrap_used, reason = "a step that fails has failed the bench")]
#![allow(unreachable_pub, dead_code, reason = "the tests' own server has more than is needed here")]

mod bare;
#[path = "../../tests/remote/llama.rs"]
mod llama;
#[path = "../../tests/remote/server.rs"]
mod server;
mod wiretap;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use llama::Llama;
use serde_json::Value;

/// Answers at once, and as many slots of the server.
const SLOTS: usize = 4;
/// Scenes of a measured board: three rounds of the slots.
const SCENES: usize = 12;
/// Scenes of an overnight board.
const MANY: usize = 1000;

fn main() {
    let only: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| only.is_empty() || only.iter().any(|word| word == name);
    if wanted("cost") {
        cost();
    }
    if wanted("pairs") {
        pairs();
    }
    // Takes hours, and so is done only where it is asked for.
    if only.iter().any(|word| word == "overnight") {
        overnight();
    }
}

/// What slateboard itself costs a scene.
fn cost() {
    let fast = server::Server::start(|_, asked| {
        let seed = asked.body["seed"].as_u64().unwrap_or_default() as usize;
        server::Reply::Words(server::answer(asked, seed % 1000), Duration::ZERO)
    });
    let place = Place::new(MANY);
    let clock = Instant::now();
    let report = place.generate(&fast.url, "openai", 32);
    let seconds = clock.elapsed().as_secs_f64();
    let sidecar = size(&place.0.path().join("board.slate"));
    println!("{MANY} scenes from a server that answers at once, 32 answers out at once:");
    println!(
        "  {seconds:.1} s, {:.1} ms a scene; {} of {MANY} written",
        seconds * 1000.0 / MANY as f64,
        report["written"]
    );
    println!("  beside the board: {:.1} MB", sidecar as f64 / 1e6);
}

fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().unwrap().len() }).sum()
}

/// Tokens a second against the barest program with the same requests.
fn pairs() {
    let Some(program) = std::env::var_os("SLATEBOARD_LLAMA_SERVER") else {
        println!("SLATEBOARD_LLAMA_SERVER names no llama-server: nothing is measured against one");
        return;
    };
    let count = std::env::var("SLATEBOARD_BENCH_PAIRS").ok().and_then(|count| count.parse().ok()).unwrap_or(2);
    println!("{SCENES} scenes, one take each, {SLOTS} slots; tokens a second");
    println!("{:<6}{:>14}{:>14}{:>8}", "pair", "generate --all", "bare", "ratio");
    let mut ratios = Vec::new();
    for pair in 0..count {
        // A server of its own for each: neither finds prompts that the other left there.
        let llama = Llama::start(Path::new(&program), SLOTS, 2048);
        let tap = wiretap::Wiretap::start(&llama.address);
        let place = Place::new(SCENES);
        let clock = Instant::now();
        let report = place.generate(&format!("http://{}", tap.address), "llama.cpp", SLOTS);
        let ours = report["tokens"].as_f64().unwrap() / clock.elapsed().as_secs_f64();
        let requests = tap.requests();
        assert_eq!(requests.len(), report["written"].as_u64().unwrap() as usize, "an answer was asked for twice");
        drop(llama);
        let llama = Llama::start(Path::new(&program), SLOTS, 2048);
        let clock = Instant::now();
        let tokens = bare::send(&llama.address, requests, SLOTS);
        let bare = tokens as f64 / clock.elapsed().as_secs_f64();
        println!("{:<6}{ours:>14.1}{bare:>14.1}{:>8.2}", pair + 1, ours / bare);
        ratios.push(ours / bare);
    }
    ratios.sort_by(f64::total_cmp);
    if let Some(middle) = ratios.get(ratios.len() / 2) {
        println!("the middle ratio is {middle:.2}; the aim is 0.9");
    }
}

/// A long board written by a real server, while the program is killed now and then and begun anew: what was asked for, what
/// was written, and whether anything was done twice.
fn overnight() {
    let Some(program) = std::env::var_os("SLATEBOARD_LLAMA_SERVER") else {
        return println!("SLATEBOARD_LLAMA_SERVER names no llama-server: nothing is written by one");
    };
    let many = std::env::var("SLATEBOARD_BENCH_SCENES").ok().and_then(|many| many.parse().ok()).unwrap_or(MANY);
    let llama = Llama::start(Path::new(&program), SLOTS, 2048);
    let tap = wiretap::Wiretap::start(&llama.address);
    let place = Place::new(many);
    let (clock, mut kills) = (Instant::now(), 0);
    let report = loop {
        let mut child = place.command(&format!("http://{}", tap.address), "llama.cpp", SLOTS);
        let child = child.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // Each time later, so that all is done at last.
        let patience = Duration::from_secs(60 << kills);
        let killer = kill_after(child.id(), patience);
        let output = child.wait_with_output().unwrap();
        drop(killer);
        // A program that was killed has no code; one that ended by itself is done, or says what failed.
        if output.status.code().is_some() {
            break serde_json::from_slice::<Value>(&output.stdout).unwrap();
        }
        kills += 1;
        println!("  killed after {} s", patience.as_secs());
    };
    let board = slateboard::store::yaml::read(&fs::read(place.board()).unwrap()).unwrap();
    let takes: Vec<usize> = board.scenes.iter().map(|scene| scene.takes.len()).collect();
    let (once, twice) = (takes.iter().filter(|&&n| n == 1).count(), takes.iter().filter(|&&n| n > 1).count());
    let hours = clock.elapsed().as_secs_f64() / 3600.0;
    println!("{many} scenes, {SLOTS} slots, killed {kills} times, {hours:.2} hours:");
    println!("  {once} scenes with one take, {twice} with more, {} with none", many - once - twice);
    println!("  {} answers were asked for; the last report: {}", tap.requests().len(), report["report"]);
}

/// Kills a process when so much time has passed, unless what it answers is let go before.
fn kill_after(process: u32, patience: Duration) -> Sender<()> {
    let (ended, end) = channel::<()>();
    std::thread::spawn(move || {
        if end.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            let _ = Command::new("kill").args(["-KILL", &process.to_string()]).status();
        }
    });
    ended
}

/// A folder with a board of so many short scenes.
struct Place(tempfile::TempDir);

impl Place {
    fn new(scenes: usize) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        let briefs: String = (1..=scenes)
            .map(|n| {
                format!("  - {{number: \"{n}\", heading: EXT. SHORE - DAY, brief: Event {n} happens., seconds: 4}}\n")
            })
            .collect();
        let bible = "bible:\n  characters: [{name: MARA, look: tall}]\n  places: [{name: SHORE}]\n";
        let head = "slateboard: 1\ntitle: Long\nlogline: Many things happen on a long shore.\n";
        fs::write(place.board(), format!("{head}{bible}scenes:\n{briefs}")).unwrap();
        place
    }

    fn board(&self) -> PathBuf {
        self.0.path().join("board.yaml")
    }

    /// Has every scene written, and answers the report.
    fn generate(&self, url: &str, kind: &str, parallel: usize) -> Value {
        let output = self.command(url, kind, parallel).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["report"].take()
    }

    /// The program that has every scene written.
    fn command(&self, url: &str, kind: &str, parallel: usize) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_slateboard"));
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("SLATEBOARD_{name}_DIR"), self.0.path().join(name));
        }
        command
            .args(["generate", "--all", "--takes", "1", "--json", "--engine", url, "--server", kind])
            .args(["--max-parallel", &parallel.to_string()])
            .arg(self.board())
            .stdin(Stdio::null());
        command
    }
}
