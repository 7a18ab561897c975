//! Reading a chat completion: as it streams, or whole from a server that does not stream.

use std::io::{BufRead, BufReader, Read};

use serde_json::Value;
use ureq::Body;
use ureq::http::Response;

use super::http::{Trouble, Wire};
use crate::engine::job::Cancel;

/// The most bytes one answer may send, with everything around its words. A server that goes on for ever is not read on.
const MOST_BYTES: u64 = 64 << 20;

/// What a server said.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    /// The answer's words.
    pub(super) text: String,
    /// Whether it came to its own end, not to the most tokens it may have.
    pub(super) whole: bool,
    /// Tokens of the prompt, and how many of them it had kept.
    pub(super) prompt: (usize, usize),
    /// Tokens written.
    pub(super) tokens: usize,
}

/// What is told of an answer while it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// Tokens of the prompt read, and in all.
    Reading(usize, usize),
    /// More words.
    Words(String),
}

/// Reads an answer to its end.
pub(super) fn read(
    wire: &Wire,
    mut answer: Response<Body>,
    cancel: &Cancel,
    on: &mut dyn FnMut(Told),
) -> Result<Said, Trouble> {
    let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("text/event-stream") {
        let lines = BufReader::new(answer.body_mut().as_reader().take(MOST_BYTES));
        return events(wire, lines, cancel, on);
    }
    let value = wire.json(answer, cancel)?;
    let choice = &value["choices"][0];
    let Some(text) = choice["message"]["content"].as_str() else {
        return Err(wire.strange(value.to_string().as_bytes()));
    };
    on(Told::Words(text.to_owned()));
    let mut said = Said { text: text.to_owned(), whole: ended(choice).unwrap_or(true), ..Said::default() };
    said.count(&value["usage"]);
    Ok(said)
}

/// Reads server-sent events, one JSON document each, until the one that says so.
fn events(wire: &Wire, mut lines: impl BufRead, cancel: &Cancel, on: &mut dyn FnMut(Told)) -> Result<Said, Trouble> {
    let mut said = Said::default();
    let mut end = None;
    let mut pieces = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = lines.read_until(b'\n', &mut line);
        if cancel.is_cancelled() {
            return Err(Trouble::Stopped);
        }
        let read = match read {
            Ok(read) => read,
            // What comes behind the answer's own end is only counts.
            Err(_) if end.is_some() => 0,
            Err(error) => return Err(wire.broke_off(&error.to_string(), cancel)),
        };
        if read == 0 {
            break;
        }
        let Some(data) = line.strip_prefix(b"data:").map(<[u8]>::trim_ascii) else { continue };
        if data == b"[DONE]" {
            break;
        }
        let event: Value = serde_json::from_slice(data).map_err(|_| wire.strange(data))?;
        if let Some(error) = event.get("error").filter(|error| !error.is_null()) {
            return Err(refused(wire, error, data));
        }
        if let (Some(done), Some(total)) =
            (event["prompt_progress"]["processed"].as_u64(), event["prompt_progress"]["total"].as_u64())
        {
            on(Told::Reading(size(done), size(total)));
        }
        let choice = &event["choices"][0];
        if let Some(words) = choice["delta"]["content"].as_str().filter(|words| !words.is_empty()) {
            pieces += 1;
            said.text.push_str(words);
            on(Told::Words(words.to_owned()));
        }
        end = end.or(ended(choice));
        said.count(&event["usage"]);
    }
    said.whole = end.ok_or_else(|| wire.broke_off("the answer came to no end", cancel))?;
    if said.tokens == 0 {
        // About one token a piece, where the server does not count.
        said.tokens = pieces;
    }
    Ok(said)
}

/// An error in the middle of a stream, which has its status in it.
fn refused(wire: &Wire, error: &Value, data: &[u8]) -> Trouble {
    let words = format!("the server {} gave up: {}", wire.endpoint.host(), wire.said(data));
    match error["code"].as_u64() {
        Some(400..=407 | 409..=424 | 426..=428) => Trouble::Lasting(words),
        _ => Trouble::Passing(words, None),
    }
}

/// Whether the answer came to its own end, once it is over.
fn ended(choice: &Value) -> Option<bool> {
    choice["finish_reason"].as_str().map(|reason| reason == "stop")
}

impl Said {
    fn count(&mut self, usage: &Value) {
        let number = |value: &Value| value.as_u64().map(size);
        if let Some(tokens) = number(&usage["prompt_tokens"]) {
            self.prompt.0 = tokens;
        }
        if let Some(tokens) = number(&usage["prompt_tokens_details"]["cached_tokens"]) {
            self.prompt.1 = tokens;
        }
        if let Some(tokens) = number(&usage["completion_tokens"]) {
            self.tokens = tokens;
        }
    }
}

fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
