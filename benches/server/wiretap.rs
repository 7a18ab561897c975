//! A line in between that keeps what was asked: the same requests can then be sent by another program.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::Value;

/// What went up one connection.
type Heard = Arc<Mutex<Vec<u8>>>;

/// Passes everything on to a server.
pub struct Wiretap {
    pub address: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Wiretap {
    pub fn start(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let (all, upstream) = (Arc::clone(&heard), upstream.to_owned());
        std::thread::spawn(move || {
            for down in listener.incoming().flatten() {
                let up = TcpStream::connect(&upstream).unwrap();
                for stream in [&up, &down] {
                    stream.set_nodelay(true).unwrap();
                }
                let kept = Arc::default();
                all.lock().unwrap().push(Arc::clone(&kept));
                let (from, to) = (down.try_clone().unwrap(), up.try_clone().unwrap());
                std::thread::spawn(move || pass(from, to, Some(&kept)));
                std::thread::spawn(move || pass(up, down, None));
            }
        });
        Self { address, heard }
    }

    /// The bodies of the requests for answers, connection by connection.
    pub fn requests(&self) -> Vec<Value> {
        let all = self.heard.lock().unwrap();
        let mut requests: Vec<Value> = all.iter().flat_map(|one| bodies(&one.lock().unwrap())).collect();
        // In the order in which their scenes stand, which is about the order in which they were asked for.
        requests.sort_by_key(|body| body["messages"].to_string().len());
        requests
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, kept: Option<&Mutex<Vec<u8>>>) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        if let Some(kept) = kept {
            kept.lock().unwrap().extend_from_slice(&buffer[..read]);
        }
        if to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}

fn bodies(mut bytes: &[u8]) -> Vec<Value> {
    let mut found = Vec::new();
    while let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length =
            head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
        let body = &bytes[end + 4..end + 4 + length];
        if head.starts_with("post /v1/chat/completions") {
            found.push(serde_json::from_slice(body).unwrap());
        }
        bytes = &bytes[end + 4 + length..];
    }
    found
}
