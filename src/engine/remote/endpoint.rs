//! Where a server is and how it is asked, checked once.

use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value};
use ureq::http::Uri;

use crate::board::{Dialect, EngineChoice, Line, Structure};

/// Answers asked for at once where nobody says how many.
const PARALLEL: u16 = 4;
/// Seconds one answer may take where nobody says how many.
const DEADLINE: u32 = 600;

/// A server, as it is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Endpoint {
    /// The address that the paths of OpenAI's shape follow, without a slash at its end.
    pub(super) base: String,
    /// The address that llama.cpp's own paths follow.
    pub(super) root: String,
    /// Host and port, for the eye.
    pub(super) host: String,
    pub(super) model: Option<String>,
    pub(super) key: Option<Key>,
    /// The most answers asked for at once.
    pub(super) parallel: usize,
    pub(super) dialect: Dialect,
    pub(super) structure: Structure,
    pub(super) context: Option<usize>,
    pub(super) deadline: Duration,
    pub(super) embeddings: Option<String>,
    pub(super) extra: Map<String, Value>,
}

/// Why a server cannot be asked as it is named.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// No address.
    #[error("the engine is a server, but its url is not said")]
    NoUrl,
    /// An address that is none.
    #[error("`{url}` is no address of a server: {why}")]
    BadUrl {
        /// What was said, without what it may hide.
        url: Line,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A key that is not there.
    #[error("the server's key is to be in the environment's {name}, which {why}")]
    NoKey {
        /// The variable.
        name: Line,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl EndpointError {
    /// What to do.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoUrl => "say it in config.yaml as engine: {kind: openai, url: http://HOST:PORT}, or with --engine",
            Self::BadUrl { .. } => "such as http://127.0.0.1:8080 or https://HOST/v1",
            Self::NoKey { .. } => "set it, or leave key_env out where the server wants no key",
        }
    }
}

impl Endpoint {
    /// Checks what a person said. The key is read through `variable`, which looks into the environment.
    ///
    /// # Errors
    /// [`EndpointError`] in words for the person.
    pub fn new(choice: &EngineChoice, variable: impl Fn(&str) -> Option<String>) -> Result<Self, EndpointError> {
        let url = choice.url.as_deref().map(str::trim).filter(|url| !url.is_empty()).ok_or(EndpointError::NoUrl)?;
        let (base, root, host) = address(url)?;
        let key = choice.key_env.as_deref().map(|name| Key::read(name, &variable)).transpose()?;
        Ok(Self {
            base,
            root,
            host,
            key,
            model: choice.model.clone().filter(|name| !name.is_empty()),
            parallel: usize::from(choice.max_parallel.unwrap_or(PARALLEL)).clamp(1, 1024),
            dialect: choice.server.unwrap_or(Dialect::Openai),
            structure: choice.structure.unwrap_or(Structure::ResponseFormat),
            context: choice.context.map(|tokens| tokens as usize),
            deadline: Duration::from_secs(choice.deadline.unwrap_or(DEADLINE).clamp(1, 86_400).into()),
            embeddings: choice.embeddings.clone().filter(|name| !name.is_empty()),
            extra: choice.extra.clone().unwrap_or_default(),
        })
    }

    /// Host and port, for the eye.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether a key would cross a network where others can read it.
    #[must_use]
    pub fn exposes_its_key(&self) -> bool {
        let name = self.host.rsplit_once(':').map_or(self.host.as_str(), |(name, _)| name);
        let here = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
        self.key.is_some() && self.base.starts_with("http://") && !here
    }
}

/// Base, root and host of an address.
fn address(url: &str) -> Result<(String, String, String), EndpointError> {
    // What stands before an @ or behind a question mark may be a secret, and is not said again.
    let told = url.rsplit_once('@').map_or(url, |(_, rest)| rest);
    let told = told.split(['?', '#']).next().unwrap_or_default();
    let bad = |why| EndpointError::BadUrl { url: Line::clipped(told, 120), why };
    if url.contains('#') {
        return Err(bad("a # does not belong in it; key_env names the variable with the key"));
    }
    let uri: Uri = url.parse().map_err(|_| bad("it cannot be read as one"))?;
    let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme));
    let scheme = scheme.ok_or_else(|| bad("it has to begin with http:// or https://"))?;
    let authority = uri.authority().ok_or_else(|| bad("it names no host"))?.as_str();
    if authority.contains('@') {
        return Err(bad("names and passwords do not belong in it; key_env names the variable with the key"));
    }
    if uri.query().is_some() {
        return Err(bad("it ends in a question, and keys do not belong there"));
    }
    let path = uri.path().trim_end_matches('/');
    let base_path = if path.is_empty() { "/v1" } else { path };
    let base = format!("{scheme}://{authority}{base_path}");
    let root = base.strip_suffix("/v1").unwrap_or(&base).to_owned();
    Ok((base, root, Line::clipped(authority, 120).to_string()))
}

/// A server's key. Never shown, and never written.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key(String);

impl Key {
    fn read(name: &str, variable: impl Fn(&str) -> Option<String>) -> Result<Self, EndpointError> {
        let no_key = |why| EndpointError::NoKey { name: Line::clipped(name, 80), why };
        let key = variable(name).map(|key| key.trim().to_owned()).filter(|key| !key.is_empty());
        let key = key.ok_or_else(|| no_key("is not set"))?;
        if key.chars().any(|c| !c.is_ascii_graphic()) {
            return Err(no_key("holds something that is no key"));
        }
        Ok(Self(key))
    }

    /// The header that shows it to the server.
    pub(super) fn header(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// Words without the key in them: a server may say it back.
    pub(super) fn out_of(&self, words: &str) -> String {
        words.replace(&self.0, "[key]")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_people_write_it() {
        for (said, base, root) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"),
            ("http://gpu:8000/", "http://gpu:8000/v1", "http://gpu:8000"),
            ("https://gpu/v1/", "https://gpu/v1", "https://gpu"),
            ("https://gpu/api/v1", "https://gpu/api/v1", "https://gpu/api"),
            ("http://[::1]:80/openai", "http://[::1]:80/openai", "http://[::1]:80/openai"),
        ] {
            let (found, at, _) = address(said).unwrap();
            assert_eq!((found.as_str(), at.as_str()), (base, root), "{said}");
        }
        for said in [
            "gpu:8000",
            "ftp://gpu",
            "http://",
            "",
            "http://me:secret@gpu",
            "http://me:a#secret@gpu",
            "http://gpu/v1?key=secret",
        ] {
            let error = address(said).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_key_comes_from_the_environment_alone_and_is_never_shown() {
        let choice = EngineChoice { key_env: Some("GPU_KEY".into()), ..EngineChoice::at("http://gpu".into()) };
        let endpoint = Endpoint::new(&choice, |name| (name == "GPU_KEY").then(|| "sk-123 ".into())).unwrap();
        assert!(!format!("{endpoint:?}").contains("sk-123"));
        let key = endpoint.key.as_ref().unwrap();
        assert_eq!(key.header(), "Bearer sk-123");
        assert_eq!(key.out_of("wrong key sk-123!"), "wrong key [key]!");
        assert!(endpoint.exposes_its_key());
        for held in [None, Some(String::new()), Some("two\nlines".to_owned())] {
            assert!(matches!(Endpoint::new(&choice, |_| held.clone()), Err(EndpointError::NoKey { .. })));
        }
    }
}
