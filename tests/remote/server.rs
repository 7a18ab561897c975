//! A small server of OpenAI's shape for tests: it answers as the real ones are documented to, well or badly as it is told.

use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Method and path.
    pub what: String,
    /// The headers' lines in small letters.
    pub headers: String,
    pub body: Value,
}

impl Asked {
    /// The words of the last message.
    pub fn brief(&self) -> &str {
        self.body["messages"].as_array().and_then(|all| all.last()?["content"].as_str()).unwrap_or_default()
    }
}

/// What the server does with a request for an answer.
pub enum Reply {
    /// Streams these words in pieces, with a pause before each.
    Words(String, Duration),
    /// The same as far as that many pieces, then the line drops.
    Breaks(String, usize),
    /// The same, but says that it was cut at the most tokens.
    Cut(String),
    /// The whole answer at once, as a server that does not stream.
    Whole(String),
    /// A status with further header lines and a body.
    Status(u16, &'static str, String),
    /// Bytes that are no HTTP.
    Raw(Vec<u8>),
    /// Nothing at all until the other side has had enough.
    Silence,
}

type Handler = Box<dyn Fn(usize, &Asked) -> Reply + Send + Sync>;

/// A running server.
pub struct Server {
    pub url: String,
    state: Arc<State>,
}

struct State {
    handler: Handler,
    asked: Mutex<Vec<Asked>>,
    chats: AtomicUsize,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    hung_up: AtomicUsize,
    embeds: bool,
}

impl Server {
    /// Answers chat completions by `handler`, which gets their number from 0.
    pub fn start(handler: impl Fn(usize, &Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(false, Box::new(handler))
    }

    /// The same with embeddings.
    pub fn embedding(handler: impl Fn(usize, &Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(true, Box::new(handler))
    }

    fn with(embeds: bool, handler: Handler) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            handler,
            asked: Mutex::default(),
            chats: AtomicUsize::new(0),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
            hung_up: AtomicUsize::new(0),
            embeds,
        });
        let serving = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&serving);
                std::thread::spawn(move || state.serve(stream));
            }
        });
        Self { url, state }
    }

    /// The requests for answers, in the order they came.
    pub fn chats(&self) -> Vec<Asked> {
        self.asked().into_iter().filter(|asked| asked.what.ends_with("/chat/completions")).collect()
    }

    /// Every request.
    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap().clone()
    }

    /// The most answers that were under way at once.
    pub fn most_at_once(&self) -> usize {
        self.state.most_at_once.load(Ordering::SeqCst)
    }

    /// How often the other side hung up before it had its answer.
    pub fn hung_up(&self) -> usize {
        self.state.hung_up.load(Ordering::SeqCst)
    }
}

impl State {
    fn serve(&self, mut stream: TcpStream) {
        // Without it the last lines of an answer wait for an acknowledgement.
        stream.set_nodelay(true).unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some(asked) = read(&mut reader) {
            self.asked.lock().unwrap().push(asked.clone());
            let goes_on = match asked.what.as_str() {
                "GET /v1/models" => {
                    let model = json!({ "id": "test-model", "object": "model", "max_model_len": 8192 });
                    send(&mut stream, 200, "", &json!({ "object": "list", "data": [model] }).to_string())
                }
                "POST /v1/embeddings" if self.embeds => {
                    let inputs = asked.body["input"].as_array().map_or(1, Vec::len);
                    // Out of order, as the index allows.
                    let one = |index: usize| json!({ "index": index, "embedding": [index as f32, 0.5] });
                    let data: Vec<Value> = (0..inputs).rev().map(one).collect();
                    send(&mut stream, 200, "", &json!({ "data": data }).to_string())
                }
                "POST /v1/chat/completions" => self.chat(&mut stream, &asked),
                _ => send(&mut stream, 404, "", r#"{"error": {"message": "not here"}}"#),
            };
            if !goes_on {
                return;
            }
        }
    }

    fn chat(&self, stream: &mut TcpStream, asked: &Asked) -> bool {
        let number = self.chats.fetch_add(1, Ordering::SeqCst);
        self.most_at_once.fetch_max(self.at_once.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let reply = (self.handler)(number, asked);
        // The other side may ask for the next answer as soon as it sees the end of this one.
        let over = || {
            self.at_once.fetch_sub(1, Ordering::SeqCst);
        };
        match reply {
            Reply::Words(text, pause) => stream_words(stream, &text, pause, usize::MAX, "stop", over),
            Reply::Cut(text) => stream_words(stream, &text, Duration::ZERO, usize::MAX, "length", over),
            Reply::Breaks(text, after) => stream_words(stream, &text, Duration::ZERO, after, "stop", over),
            Reply::Whole(text) => {
                over();
                let choice = json!({ "message": { "role": "assistant", "content": text }, "finish_reason": "stop" });
                let usage = json!({ "prompt_tokens": 100, "completion_tokens": 50 });
                send(stream, 200, "", &json!({ "choices": [choice], "usage": usage }).to_string())
            }
            Reply::Status(status, headers, body) => {
                over();
                send(stream, status, headers, &body)
            }
            Reply::Raw(bytes) => {
                over();
                stream.write_all(&bytes).is_err()
            }
            Reply::Silence => {
                // Reading ends when the other side goes.
                let mut byte = [0];
                let _ = stream.read(&mut byte);
                self.hung_up.fetch_add(1, Ordering::SeqCst);
                over();
                false
            }
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|&read| read > 0)?;
    let (mut headers, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|&read| read > 0)?;
        let line = line.trim().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        headers += &line;
        headers.push('\n');
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let what = first.rsplit_once(' ').map_or(first.as_str(), |(what, _)| what).to_owned();
    Some(Asked { what, headers, body: serde_json::from_slice(&body).unwrap_or_default() })
}

fn send(stream: &mut TcpStream, status: u16, headers: &str, body: &str) -> bool {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Word\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{headers}\r\n"
    );
    stream.write_all((head + body).as_bytes()).is_ok()
}

fn stream_words(
    stream: &mut TcpStream,
    text: &str,
    pause: Duration,
    most: usize,
    end: &str,
    over: impl FnOnce(),
) -> bool {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = |data: &str| format!("{:x}\r\n{data}\r\n", data.len());
    let event = |value: Value| chunk(&format!("data: {value}\n\n"));
    let said = |text: String| event(json!({ "choices": [{ "delta": { "content": text } }] }));
    let characters: Vec<char> = text.chars().collect();
    let mut begin = || -> std::io::Result<bool> {
        stream.write_all(head.as_bytes())?;
        stream.write_all(chunk(": a comment that means nothing\n\n").as_bytes())?;
        for (at, piece) in characters.chunks(12).enumerate() {
            if at == most {
                return Ok(false);
            }
            std::thread::sleep(pause);
            stream.write_all(said(piece.iter().collect()).as_bytes())?;
        }
        Ok(true)
    };
    let goes_on = begin().unwrap_or(false);
    over();
    let mut finish = || -> std::io::Result<bool> {
        let last = event(json!({ "choices": [{ "delta": {}, "finish_reason": end }] }));
        // What is cut off had a long prompt before it.
        let prompt = if end == "length" { 3000 } else { 100 };
        let usage = json!({ "prompt_tokens": prompt, "completion_tokens": 50, "prompt_tokens_details": { "cached_tokens": 80 } });
        let counts = event(json!({ "choices": [], "usage": usage }));
        stream.write_all((last + &counts + &chunk("data: [DONE]\n\n") + "0\r\n\r\n").as_bytes())?;
        Ok(true)
    };
    goes_on && finish().unwrap_or(false)
}

/// An answer of the form that a request asks for, other words for another `salt`.
pub fn answer(asked: &Asked, salt: usize) -> String {
    let schema = &asked.body["response_format"]["json_schema"]["schema"];
    Writer { root: schema, salt }.write(schema).to_string()
}

/// Writes what a schema asks for, in the simplest way.
struct Writer<'a> {
    root: &'a Value,
    salt: usize,
}

impl Writer<'_> {
    fn write(&self, form: &Value) -> Value {
        if let Some(constant) = form.get("const") {
            return constant.clone();
        }
        if let Some(name) = form["$ref"].as_str() {
            return self.write(&self.root["$defs"][name.rsplit('/').next().unwrap()]);
        }
        if let Some(ways) = form["anyOf"].as_array().or(form["enum"].as_array()) {
            let way = &ways[self.salt % ways.len()];
            return if form.get("enum").is_some() { way.clone() } else { self.write(way) };
        }
        match form["type"].as_str() {
            Some("object") => {
                let fields = form["properties"].as_object().unwrap().iter();
                Value::Object(fields.map(|(key, form)| (key.clone(), self.write(form))).collect())
            }
            Some("array") => match form["prefixItems"].as_array() {
                Some(parts) => parts.iter().map(|part| self.write(part)).collect(),
                None => (0..form["minItems"].as_u64().unwrap_or(0)).map(|_| self.write(&form["items"])).collect(),
            },
            _ => Value::from(self.text(form["pattern"].as_str().unwrap())),
        }
    }

    /// Words for a pattern: prose where it counts words, else each first alternative.
    fn text(&self, pattern: &str) -> String {
        if let Some((_, count)) = pattern.rsplit_once("){") {
            let least: usize = count.split(',').next().unwrap().parse().unwrap();
            let words = ["rain", "falls", "over", "the", "grey", "harbour", "while", "gulls", "cry", "far", "out"];
            let more = (0..=least + 1).map(|at| words[(at * (self.salt + 1) + self.salt) % words.len()]);
            return format!("The {}.", more.collect::<Vec<_>>().join(" "));
        }
        let plain = pattern.trim_start_matches('^').trim_end_matches('$').replace('\\', "");
        let (mut text, mut rest) = (String::new(), plain.as_str());
        while let Some((before, behind)) = rest.split_once('(') {
            let (ways, after) = behind.split_once(')').unwrap();
            let ways: Vec<&str> = ways.split('|').collect();
            text += before;
            text += ways[self.salt % ways.len()];
            rest = after;
        }
        text + rest
    }
}
