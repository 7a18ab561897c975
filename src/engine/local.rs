//! The local engine: llama.cpp in a child process.
//!
//! llama.cpp aborts on internal assertions and on hostile files, and cannot always be interrupted. In a child none of
//! that can take the app with it: the app says what happened, and the next job starts a new child.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::Not as _;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::job::{Cancel, EngineError, Event, Generator, Job, Loaded, Outcome};
use super::settings::Settings;
use super::weights::{self, Chosen};
use super::wire::{Reply, Request};

/// How often a waiting call looks at its cancel switch.
const LOOK: Duration = Duration::from_millis(10);
/// How long a cancelled job may take to stop by itself. The longest step is one chunk of a prompt on a slow machine.
const GRACE: Duration = Duration::from_millis(1500);
/// The last lines of the log kept for telling why a child died.
const LAST_LINES: usize = 12;
/// The longest reply that is read: a job's outcome with every answer at its longest is a hundredth of it.
const LINE_CAP: u64 = 64 << 20;
/// The longest line of the log that is kept.
const LOG_LINE_CAP: u64 = 64 << 10;
/// The log begins anew past this many bytes.
const LOG_CAP: u64 = 4 << 20;

/// What a child is started with.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The program that has the hidden verb `engine`.
    pub program: PathBuf,
    /// The model's file, looked at already.
    pub model: PathBuf,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// How it computes.
    pub settings: Settings,
    /// The folder for what can be made again, such as a copy of the weights; `None` for no such copy.
    pub cache: Option<PathBuf>,
    /// Where llama.cpp's log lines go; `None` for nowhere.
    pub log: Option<PathBuf>,
}

/// Runs jobs in a child process, which is started when first needed and again after it died.
pub struct LocalEngine {
    launch: Launch,
    running: Option<Running>,
    last_id: u64,
}

impl LocalEngine {
    /// An engine that starts with its first job.
    #[must_use]
    pub fn new(launch: Launch) -> Self {
        Self { launch, running: None, last_id: 0 }
    }

    /// The SHA-256 of the model it runs, in hexadecimal.
    #[must_use]
    pub fn model_sha256(&self) -> &str {
        &self.launch.sha256
    }

    /// The child's process id, where one runs.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        self.running.as_ref().map(|running| running.child.id())
    }

    /// How far the child is fenced in, in words, once it runs.
    #[must_use]
    pub fn sandbox(&self) -> Option<&str> {
        self.running.as_ref().map(|running| running.sandbox.as_str()).filter(|words| !words.is_empty())
    }

    /// Starts the child where none runs and waits until its model is loaded.
    fn ready(&mut self, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<&mut Running, EngineError> {
        if self.running.as_mut().is_none_or(Running::is_over) {
            let chosen = weights::choose(&self.launch, cancel)?;
            self.running = Some(Running::start(&self.launch, &chosen)?);
        }
        let outcome = match self.running.as_mut() {
            Some(running) if running.loaded.is_some() => Ok(()),
            Some(running) => running.wait_until_loaded(cancel, on),
            None => Err(EngineError::Died("it did not start".into())),
        };
        if let Err(error) = outcome {
            self.running = None;
            return Err(error);
        }
        self.running.as_mut().ok_or_else(|| EngineError::Died("it did not start".into()))
    }
}

impl Generator for LocalEngine {
    fn warm_up(&mut self, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<Loaded, EngineError> {
        let running = self.ready(cancel, on)?;
        running.loaded.clone().ok_or_else(|| EngineError::Died("it loaded nothing".into()))
    }

    fn run(&mut self, job: &Job, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<Outcome, EngineError> {
        self.last_id += 1;
        let id = self.last_id;
        let running = self.ready(cancel, on)?;
        let result = running.run(id, job, cancel, on);
        if running.is_over() {
            self.running = None;
        }
        result
    }
}

/// A child that runs.
struct Running {
    child: Child,
    /// Where requests go; dropped, the child's stdin ends.
    stdin: Option<Sender<Vec<u8>>>,
    replies: Receiver<Reply>,
    last_lines: Arc<Mutex<VecDeque<String>>>,
    log: JoinHandle<()>,
    sandbox: String,
    loaded: Option<Loaded>,
    over: bool,
}

impl Running {
    fn start(launch: &Launch, chosen: &Chosen) -> Result<Self, EngineError> {
        let settings = serde_json::to_string(&launch.settings).map_err(|error| EngineError::Job(error.to_string()))?;
        let mut child = Command::new(&launch.program)
            .args(["engine", "--model"])
            .arg(&chosen.file)
            .arg("--name")
            .arg(launch.model.file_stem().unwrap_or_default())
            .args(["--sha256", &launch.sha256, "--settings", &settings])
            .args(chosen.weights.are_stored().not().then_some("--eight-bit"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| EngineError::Died(format!("{}: {error}", launch.program.display())))?;
        let missing = || EngineError::Died("its pipes are missing".into());
        let stdin = child.stdin.take().ok_or_else(missing).map(requests_to)?;
        let stdout = child.stdout.take().ok_or_else(missing)?;
        let stderr = child.stderr.take().ok_or_else(missing)?;
        let (sender, replies) = channel();
        std::thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Some(line) = next_line(&mut stdout, LINE_CAP) {
                // A line that is no reply comes from a library that prints; it says nothing to us.
                if let Ok(reply) = serde_json::from_slice(&line)
                    && sender.send(reply).is_err()
                {
                    break;
                }
            }
        });
        let last_lines = Arc::new(Mutex::new(VecDeque::new()));
        let log = keep_log(stderr, launch.log.clone(), Arc::clone(&last_lines));
        Ok(Self {
            child,
            stdin: Some(stdin),
            replies,
            last_lines,
            log,
            sandbox: String::new(),
            loaded: None,
            over: false,
        })
    }

    fn is_over(&mut self) -> bool {
        self.over || self.child.try_wait().map_or(true, |status| status.is_some())
    }

    fn wait_until_loaded(&mut self, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<(), EngineError> {
        loop {
            if cancel.is_cancelled() {
                // Loading cannot be interrupted from inside.
                self.kill();
                return Err(EngineError::Cancelled);
            }
            match self.next()? {
                Some(Reply::Hello { sandbox }) => self.sandbox = sandbox,
                Some(Reply::Loading(share)) => on(Event::Loading(share)),
                Some(Reply::Loaded(loaded)) => {
                    self.loaded = Some(loaded.clone());
                    on(Event::Loaded(loaded));
                    return Ok(());
                }
                Some(Reply::Unusable(words)) => return Err(EngineError::Model(words)),
                Some(Reply::Event { .. } | Reply::Done { .. } | Reply::Failed { .. }) | None => {}
            }
        }
    }

    fn run(&mut self, id: u64, job: &Job, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<Outcome, EngineError> {
        self.ask(&Request::Run { id, job: Box::new(job.clone()) })?;
        let mut stop_by = None;
        loop {
            if cancel.is_cancelled() && stop_by.is_none() {
                self.ask(&Request::Cancel { id })?;
                stop_by = Some(Instant::now() + GRACE);
            }
            if stop_by.is_some_and(|deadline| Instant::now() > deadline) {
                self.kill();
                return Err(EngineError::Cancelled);
            }
            match self.next()? {
                Some(Reply::Event { id: of, event }) if of == id && stop_by.is_none() => on(event),
                Some(Reply::Done { id: of, outcome }) if of == id => return Ok(*outcome),
                Some(Reply::Failed { id: of, why }) if of == id => return Err(why.into()),
                _ => {}
            }
        }
    }

    /// The next reply, or nothing where none came for a moment.
    fn next(&mut self) -> Result<Option<Reply>, EngineError> {
        match self.replies.recv_timeout(LOOK) {
            Ok(reply) => Ok(Some(reply)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(self.died()),
        }
    }

    fn ask(&mut self, request: &Request) -> Result<(), EngineError> {
        let mut line = serde_json::to_vec(request).map_err(|error| EngineError::Job(error.to_string()))?;
        line.push(b'\n');
        match self.stdin.as_ref().map(|stdin| stdin.send(line)) {
            Some(Ok(())) => Ok(()),
            Some(Err(_)) | None => Err(self.died()),
        }
    }

    /// Why the child is gone: its status and the last thing it said.
    fn died(&mut self) -> EngineError {
        self.over = true;
        self.stdin = None;
        let deadline = Instant::now() + Duration::from_millis(500);
        let status = loop {
            match self.child.try_wait() {
                Ok(Some(status)) => break status.to_string(),
                Ok(None) if Instant::now() < deadline => std::thread::sleep(LOOK),
                _ => break "it no longer answers".into(),
            }
        };
        let lines = self.last_lines.lock().unwrap_or_else(PoisonError::into_inner);
        let telling = lines.iter().rev().find(|line| !line.trim().is_empty() && !line.contains("INFO"));
        EngineError::Died(match telling {
            Some(line) => format!("{status}; its last words: {line}"),
            None => status,
        })
    }

    fn kill(&mut self) {
        self.over = true;
        self.stdin = None;
        // Both fail only where it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The end of its stdin ends the child; a child in the middle of a long computation is not waited for.
        self.stdin = None;
        let deadline = Instant::now() + Duration::from_millis(100);
        while Instant::now() < deadline && !self.child.try_wait().is_ok_and(|status| status.is_some()) {
            std::thread::sleep(Duration::from_millis(2));
        }
        self.kill();
        // The thread that reads the log ends with the pipe, which ends with the child, or with what the child left behind.
        let deadline = Instant::now() + Duration::from_millis(100);
        while !self.log.is_finished() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

/// Sends requests to a child from a thread of its own: one that no longer reads must not hold who asks.
fn requests_to(mut stdin: ChildStdin) -> Sender<Vec<u8>> {
    let (sender, requests) = channel::<Vec<u8>>();
    std::thread::spawn(move || {
        for request in requests {
            if stdin.write_all(&request).and_then(|()| stdin.flush()).is_err() {
                break;
            }
        }
    });
    sender
}

/// The next line, its end included, cut where it is longer than `cap`: a child that went astray must not fill the memory of
/// the app. `None` at the end.
fn next_line(from: &mut impl BufRead, cap: u64) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    from.take(cap).read_until(b'\n', &mut line).ok().filter(|read| *read > 0)?;
    let mut rest = line.len() as u64 == cap && line.last() != Some(&b'\n');
    while rest {
        let available = from.fill_buf().ok()?;
        let end = available.iter().position(|&byte| byte == b'\n').map(|at| at + 1);
        rest = end.is_none() && !available.is_empty();
        let gone = end.unwrap_or(available.len());
        from.consume(gone);
    }
    Some(line)
}

/// Keeps what the child writes to stderr: in the log file, and the last lines at hand.
fn keep_log(
    stderr: impl Read + Send + 'static,
    path: Option<PathBuf>,
    last: Arc<Mutex<VecDeque<String>>>,
) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let mut file = path.and_then(|path| {
            let long = std::fs::metadata(&path).is_ok_and(|data| data.len() > LOG_CAP);
            File::options().create(true).append(!long).write(true).truncate(long).open(path).ok()
        });
        let mut lines = BufReader::new(stderr);
        while let Some(bytes) = next_line(&mut lines, LOG_LINE_CAP) {
            if let Some(file) = &mut file {
                // A full disk must not stop the engine.
                let _ = file.write_all(&bytes);
            }
            let line = crate::board::Line::clipped(&String::from_utf8_lossy(&bytes), 300).to_string();
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if last.len() == LAST_LINES {
                last.pop_front();
            }
            last.push_back(line);
        }
    })
}
