//! The line to a server: requests go out here and nowhere else, and what goes wrong is told apart here.

use std::io::Read as _;
use std::time::Duration;

use serde_json::Value;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};

use super::endpoint::Endpoint;
use crate::board::Line;
use crate::engine::job::Cancel;

/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_secs(10);
/// The longest silence of a server that is asked for something small.
const SOON: Duration = Duration::from_secs(15);
/// The most bytes read of what a server says beside answers.
const MOST_BYTES: u64 = 4 << 20;
/// The longest time that a server may ask to be left alone for.
const LONGEST_AFTER: u64 = 300;

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It was stopped from our side.
    Stopped,
    /// It may be answered when asked again, after that time where the server says so.
    Passing(String, Option<Duration>),
    /// The prompt is longer than the server reads.
    TooLong(String),
    /// The server has nothing of that kind.
    NotOffered(String),
    /// It will not be answered, however often it is asked.
    Lasting(String),
}

/// A line to a server; clones are the same line.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    pub(super) endpoint: std::sync::Arc<Endpoint>,
    agent: Agent,
}

impl Wire {
    pub(super) fn new(endpoint: std::sync::Arc<Endpoint>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A redirected key would go to somebody else.
            .max_redirects(0)
            .timeout_connect(Some(CONNECT))
            .timeout_resolve(Some(CONNECT))
            .max_idle_connections(endpoint.parallel + 1)
            .max_idle_connections_per_host(endpoint.parallel + 1)
            .user_agent(concat!("slateboard/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { endpoint, agent: config.into() }
    }

    /// Ends every request under way on this line and its clones: the server sees that nobody waits any more. The line is of
    /// no use afterwards.
    pub(super) fn hang_up(&self) {
        self.agent.clone().shutdown();
    }

    /// Sends a request and answers with the beginning of what comes back; the rest may take until `within`.
    pub(super) fn post(
        &self,
        path: &str,
        body: &Value,
        within: Duration,
        cancel: &Cancel,
    ) -> Result<Response<Body>, Trouble> {
        let mut request = self
            .agent
            .post(format!("{}{path}", self.endpoint.base))
            .header("content-type", "application/json")
            .header("accept", "text/event-stream, application/json");
        if let Some(key) = &self.endpoint.key {
            request = request.header("authorization", key.header());
        }
        let text = body.to_string();
        let sent = request.config().timeout_global(Some(within)).build().send(text.as_bytes());
        self.judged(sent, cancel)
    }

    /// Asks for something small and reads it whole. `address` is whole.
    pub(super) fn get(&self, address: &str, cancel: &Cancel) -> Result<Value, Trouble> {
        let mut request = self.agent.get(address);
        if let Some(key) = &self.endpoint.key {
            request = request.header("authorization", key.header());
        }
        let answer = request.config().timeout_global(Some(SOON)).build().call();
        self.json(self.judged(answer, cancel)?, cancel)
    }

    /// Reads an answer whole, as JSON.
    pub(super) fn json(&self, mut answer: Response<Body>, cancel: &Cancel) -> Result<Value, Trouble> {
        let mut bytes = Vec::new();
        let read = answer.body_mut().as_reader().take(MOST_BYTES).read_to_end(&mut bytes);
        read.map_err(|error| self.broke_off(&error.to_string(), cancel))?;
        serde_json::from_slice(&bytes).map_err(|_| self.strange(&bytes))
    }

    /// What comes back where it is an answer; else what is wrong.
    fn judged(&self, sent: Result<Response<Body>, ureq::Error>, cancel: &Cancel) -> Result<Response<Body>, Trouble> {
        let mut answer = match sent {
            Ok(answer) => answer,
            Err(_) if cancel.is_cancelled() => return Err(Trouble::Stopped),
            Err(error) => return Err(self.unreached(&error)),
        };
        let status = answer.status().as_u16();
        if (200..300).contains(&status) {
            return Ok(answer);
        }
        let after = retry_after(answer.headers());
        let mut bytes = Vec::new();
        // The status says enough where its words cannot be read.
        let _ = answer.body_mut().as_reader().take(8192).read_to_end(&mut bytes);
        let said = self.said(&bytes);
        let words = format!("the server {} answered {status}: {said}", self.endpoint.host);
        Err(match status {
            408 | 425 | 429 | 500 | 502..=504 | 529 => Trouble::Passing(words, after),
            404 | 405 | 501 => Trouble::NotOffered(words),
            400 | 413 | 422 if is_about_length(&said) => Trouble::TooLong(words),
            300..=399 => {
                Trouble::Lasting(format!("{words}; it names another address, which is to be said in its stead"))
            }
            _ => Trouble::Lasting(words),
        })
    }

    /// The words of an error's body, fit to be shown.
    pub(super) fn said(&self, bytes: &[u8]) -> String {
        let value: Value = serde_json::from_slice(bytes).unwrap_or(Value::Null);
        let worded = [&value["error"]["message"], &value["message"], &value["detail"], &value["error"]];
        let text = worded.into_iter().find_map(Value::as_str).map(str::to_owned);
        let text = text.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
        let text = self.endpoint.key.as_ref().map_or_else(|| text.clone(), |key| key.out_of(&text));
        let told = Line::clipped(&text, 300).to_string();
        if told.is_empty() { "nothing".to_owned() } else { told }
    }

    /// An answer that is none.
    pub(super) fn strange(&self, bytes: &[u8]) -> Trouble {
        let said = self.said(&bytes[..bytes.len().min(2000)]);
        Trouble::Passing(format!("the server {} answered something else than asked: {said}", self.endpoint.host), None)
    }

    /// An answer that came to no end.
    pub(super) fn broke_off(&self, why: &str, cancel: &Cancel) -> Trouble {
        if cancel.is_cancelled() {
            return Trouble::Stopped;
        }
        Trouble::Passing(format!("the line to the server {} broke off: {why}", self.endpoint.host), None)
    }

    fn unreached(&self, error: &ureq::Error) -> Trouble {
        let host = &self.endpoint.host;
        match error {
            ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::InvalidProxyUrl => {
                Trouble::Lasting(format!("the server {host} cannot be asked: {error}"))
            }
            ureq::Error::Timeout(_) => Trouble::Passing(format!("the server {host} did not answer in time"), None),
            other => Trouble::Passing(format!("the server {host} cannot be reached: {other}"), None),
        }
    }
}

/// How long the server asks to be left alone: in seconds, as every server of this shape says it.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<f64>().ok();
    let seconds = number("retry-after-ms").map(|millis| millis / 1000.0).or_else(|| number("retry-after"))?;
    (seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(LONGEST_AFTER as f64)))
}

/// Whether a refusal is about a prompt that is too long, in the words of llama.cpp, vLLM, SGLang and OpenAI.
fn is_about_length(said: &str) -> bool {
    let said = said.to_lowercase();
    ["context length", "context size", "context_length", "exceed_context", "maximum context", "too long"]
        .iter()
        .any(|words| said.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_for_length_are_known_by_the_words_of_each_server() {
        for said in [
            "the request exceeds the available context size, try increasing it",
            "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens",
            "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
        ] {
            assert!(is_about_length(said), "{said}");
        }
        assert!(!is_about_length("Unsupported response_format"));
    }

    #[test]
    fn a_server_says_how_long_it_wants_to_be_left_alone() {
        for (name, value, expected) in [
            ("retry-after", "3", Some(3000)),
            ("retry-after-ms", "250", Some(250)),
            ("retry-after", "99999", Some(300_000)),
            ("retry-after", "-1", None),
            ("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            assert_eq!(retry_after(&headers), expected.map(Duration::from_millis), "{name}: {value}");
        }
    }
}
