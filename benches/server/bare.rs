//! The barest load generator: so many threads send what is next over a connection and read the answer to its end.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Mutex;

use serde_json::Value;

/// Sends all requests, so many at once, and answers how many tokens came back.
pub fn send(address: &str, requests: Vec<Value>, at_once: usize) -> usize {
    let queue = Mutex::new(requests.into_iter());
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..at_once)
            .map(|_| {
                scope.spawn(|| {
                    let mut tokens = 0;
                    loop {
                        let next = queue.lock().unwrap().next();
                        let Some(body) = next else { return tokens };
                        tokens += one(address, &body);
                    }
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}

fn one(address: &str, body: &Value) -> usize {
    let text = body.to_string();
    let head = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        text.len()
    );
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all((head + &text).as_bytes()).unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    let all = String::from_utf8_lossy(&all);
    assert!(all.starts_with("HTTP/1.1 200"), "{all}");
    let events = all.lines().filter_map(|line| serde_json::from_str::<Value>(line.strip_prefix("data: ")?).ok());
    let mut counts = events.filter_map(|event| event["usage"]["completion_tokens"].as_u64());
    counts.next_back().unwrap_or_default() as usize
}
