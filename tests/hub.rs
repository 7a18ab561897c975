//! Fetching a model from a hub, against a small server that answers as the Hugging Face hub does: headers with commit,
//! SHA-256 and size, ranges, a line that breaks off. The file it serves is the real default model.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a step that fails is a test that fails")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use slateboard::engine::catalog::Models;
use slateboard::store::Paths;

/// The default model's, as its catalog entry names it.
const SHA256: &str = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// What the server does with the whole file.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    Holds,
    /// Ends after so many bytes of an answer that begins at the file's start.
    BreaksAfter(usize),
}

/// A request: where its range began, and the token it came with.
type Asked = (usize, Option<String>);

/// A hub on loopback, until the test ends.
struct Hub {
    address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Hub {
    fn serving(bytes: Vec<u8>, line: Line) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that hangs up is what some of these tests are about.
                let _ = answer(stream, &bytes, line, &seen);
            }
        });
        Self { address, asked }
    }

    fn ranges(&self) -> Vec<usize> {
        self.asked.lock().unwrap().iter().map(|(from, _)| *from).collect()
    }
}

fn answer(mut stream: TcpStream, bytes: &[u8], line: Line, seen: &Mutex<Vec<Asked>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let (mut first, mut from, mut to, mut token) = (String::new(), 0, bytes.len() - 1, None);
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        loop {
            let mut header = String::new();
            reader.read_line(&mut header)?;
            let Some((name, value)) = header.trim().split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "range" => {
                    let (start, end) = value.trim_start_matches("bytes=").split_once('-').unwrap();
                    from = start.parse().unwrap();
                    to = end.parse().unwrap_or(to);
                }
                "authorization" => token = Some(value.to_owned()),
                _ => {}
            }
        }
        seen.lock().unwrap().push((from, token));
        if !first.contains("/owner/repo/resolve/main/SmolLM2.gguf") {
            stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")?;
            continue;
        }
        let body = &bytes[from..=to];
        write!(
            stream,
            "HTTP/1.1 206 Partial Content\r\nx-repo-commit: {COMMIT}\r\nx-linked-etag: \"{SHA256}\"\r\n\
             content-range: bytes {from}-{to}/{}\r\ncontent-length: {}\r\n\r\n",
            bytes.len(),
            body.len()
        )?;
        match line {
            Line::BreaksAfter(count) if from == 0 && body.len() > count => {
                stream.write_all(&body[..count])?;
                return stream.shutdown(std::net::Shutdown::Both);
            }
            _ => stream.write_all(body)?,
        }
    }
}

fn pull(hub: &Hub, home: &Path, name: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_slateboard"));
    for folder in ["CONFIG", "DATA", "STATE", "CACHE"] {
        command.env(format!("SLATEBOARD_{folder}_DIR"), home.join(folder.to_lowercase()));
    }
    command.env("HF_ENDPOINT", &hub.address).env("HF_TOKEN", "hf_of_the_test").args(["model", "pull", name]);
    command.output().unwrap()
}

fn model() -> Vec<u8> {
    let paths = Paths::from_env().unwrap();
    let file = Models::new(&paths.data, &paths.state).resolve(None).expect("`make test` fetches the model first");
    fs::read(file).unwrap()
}

#[test]
fn a_pull_that_broke_off_goes_on_where_it_stopped_and_is_checked_as_a_whole() {
    let bytes = model();
    let home = tempfile::tempdir().unwrap();
    let broken = Hub::serving(bytes.clone(), Line::BreaksAfter(30_000_000));
    let first = pull(&broken, home.path(), "hf:owner/repo/SmolLM2.gguf");
    let words = String::from_utf8_lossy(&first.stderr).into_owned();
    assert_eq!(first.status.code(), Some(4), "{words}");
    assert!(words.contains("cannot be fetched"), "{words}");
    assert!(!home.path().join("data/models/SmolLM2.gguf").exists());

    let whole = Hub::serving(bytes.clone(), Line::Holds);
    let second = pull(&whole, home.path(), "hf:owner/repo/SmolLM2.gguf");
    assert!(second.status.success(), "{}", String::from_utf8_lossy(&second.stderr));
    assert_eq!(fs::read(home.path().join("data/models/SmolLM2.gguf")).unwrap().len(), bytes.len());
    let resumed = whole.ranges().into_iter().max().unwrap();
    assert!((1..=30_000_000).contains(&resumed), "{:?}", whole.ranges());
    let tokens: Vec<_> = whole.asked.lock().unwrap().iter().map(|(_, token)| token.clone()).collect();
    assert!(tokens.iter().all(|token| token.as_deref() == Some("Bearer hf_of_the_test")), "{tokens:?}");
}

#[test]
fn what_does_not_have_the_hash_the_hub_names_is_refused_and_fetched_anew_next_time() {
    let mut bytes = model();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::serving(bytes.clone(), Line::Holds);
    for _ in 0..2 {
        let output = pull(&hub, home.path(), "hf:owner/repo/SmolLM2.gguf");
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(4), "{words}");
        assert!(words.contains("its SHA-256 is not the expected one"), "{words}");
        assert!(!home.path().join("data/models/SmolLM2.gguf").exists());
    }
    assert!(hub.ranges().iter().all(|&from| from == 0), "{:?}", hub.ranges());
}

#[test]
fn a_file_the_hub_does_not_have_is_an_error_that_says_what_to_check() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::serving(vec![0; 8], Line::Holds);
    let output = pull(&hub, home.path(), "hf:owner/repo/other.gguf");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{words}");
    assert!(words.contains("404") && words.contains("HF_TOKEN"), "{words}");
}
