//! `slateboard doctor`: what works on this machine and what does not, and what to do about it.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::engine_options::EngineOptions;
use super::{Failure, boards, out, terminal_report};
use crate::board::Weights;
use crate::board::text::clean;
use crate::engine::catalog::ModelError;
use crate::engine::sandbox::LACKING;
use crate::engine::{Cancel, Generator, RemoteEngine, gguf, llama};
use crate::store::{Paths, reviewer};

/// Say what works here and what does not
#[derive(Debug, Args)]
pub struct Doctor {
    /// Print as JSON
    #[arg(long)]
    json: bool,
    /// Ask the server that is to write, too; without this nothing goes over the network
    #[arg(long)]
    ask: bool,
    #[command(flatten)]
    engine: EngineOptions,
}

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It works.
    Works,
    /// It does less than it could.
    Limited,
    /// It does not work.
    Broken,
}

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Examined {
    /// The part of the machine: terminal, paths, model, devices, sandbox.
    pub area: &'static str,
    /// What was looked at.
    pub name: String,
    /// How it stands.
    pub standing: Standing,
    /// What was seen.
    pub seen: String,
    /// What to do, where there is something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Examined {
    /// Something that was looked at.
    #[must_use]
    pub fn new(area: &'static str, name: &str, standing: Standing, seen: impl Into<String>) -> Self {
        Self { area, name: name.to_owned(), standing, seen: clean(&seen.into()).replace('\n', " "), hint: None }
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl Doctor {
    /// Prints what was seen. Finding something broken is not a failure of the verb.
    ///
    /// # Errors
    /// Where stdout cannot be written.
    pub fn run(self) -> Result<(), Failure> {
        let all: Vec<Examined> = [terminal_report::examine(), locale(), paths(), self.writer()].concat();
        if self.json {
            let ok = all.iter().all(|examined| examined.standing != Standing::Broken);
            return out::json(&json!({ "version": env!("CARGO_PKG_VERSION"), "ok": ok, "examined": all }));
        }
        out::print(&report(&all))
    }

    /// Who writes takes: the server that is named, else this machine.
    fn writer(&self) -> Vec<Examined> {
        match server(&self.engine, self.ask) {
            server if server.is_empty() => engine(&self.engine),
            server => [devices(), server].concat(),
        }
    }
}

fn report(all: &[Examined]) -> String {
    let mut text = format!("slateboard {}\n", env!("CARGO_PKG_VERSION"));
    let mut area = "";
    for examined in all {
        if examined.area != area {
            area = examined.area;
            let _ = writeln!(text, "\n{area}");
        }
        let standing = match examined.standing {
            Standing::Works => "works",
            Standing::Limited => "limited",
            Standing::Broken => "BROKEN",
        };
        let _ = writeln!(text, "  {standing:<8} {}: {}", examined.name, examined.seen);
        if let Some(hint) = &examined.hint {
            let _ = writeln!(text, "           {hint}");
        }
    }
    text
}

pub(super) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn locale() -> Vec<Examined> {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| Some((*name, variable(name)?)));
    let (standing, seen) = match named {
        Some((name, value)) if is_utf8(&value) => (Standing::Works, format!("{name}={value}")),
        Some((name, value)) => (Standing::Limited, format!("{name}={value}")),
        None => (Standing::Limited, "none is set".to_owned()),
    };
    let examined = Examined::new("locale", "encoding", standing, seen);
    let reviewer = Examined::new("locale", "reviewer", Standing::Works, reviewer::name().as_str());
    let examined = match standing {
        Standing::Works => examined,
        _ => examined.hint("set LANG to a UTF-8 locale, such as C.UTF-8, or letters may come out wrong"),
    };
    vec![examined, reviewer]
}

fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

fn paths() -> Vec<Examined> {
    match Paths::from_env() {
        Err(error) => vec![
            Examined::new("paths", "folders", Standing::Broken, error.to_string())
                .hint(error.hint().unwrap_or_default()),
        ],
        Ok(Paths { config, data, state, cache }) => [
            ("config", config, "SLATEBOARD_CONFIG_DIR"),
            ("data", data, "SLATEBOARD_DATA_DIR"),
            ("state", state, "SLATEBOARD_STATE_DIR"),
            ("cache", cache, "SLATEBOARD_CACHE_DIR"),
        ]
        .map(|(name, path, variable)| folder(name, &path, variable))
        .to_vec(),
    }
}

/// Whether a folder, or the nearest one above it that is there, lets us make files.
fn folder(name: &str, path: &Path, variable: &str) -> Examined {
    let there = path.ancestors().find(|above| above.exists()).unwrap_or(Path::new("."));
    let made = fs::metadata(there).and_then(|meta| match meta.is_dir() {
        true => tempfile::Builder::new().prefix(".slateboard-").tempfile_in(there).map(drop),
        false => Err(std::io::ErrorKind::NotADirectory.into()),
    });
    let shown = boards::shown(path);
    match made {
        Ok(()) => Examined::new("paths", name, Standing::Works, shown.as_str()),
        Err(error) => Examined::new("paths", name, Standing::Broken, format!("{shown}: {error}"))
            .hint(format!("name another with {variable}")),
    }
}

/// The model, the devices it could run on, and how far the engine is fenced in: by starting it.
fn engine(options: &EngineOptions) -> Vec<Examined> {
    let mut all = devices();
    let Ok(paths) = Paths::from_env() else { return all };
    let model = options.model_file(&paths).and_then(|path| Ok((gguf::inspect(&path).map_err(ModelError::from)?, path)));
    match model {
        Err(failure) => {
            let examined = Examined::new("model", "file", Standing::Broken, failure.what);
            all.push(examined.hint("slateboard model pull"));
            return all;
        }
        Ok((gguf, path)) => {
            let licence = gguf.licence.map(|licence| format!(", {licence}")).unwrap_or_default();
            let seen = format!(
                "{}: {} {}, {} layers, context {}{licence}",
                boards::shown(&path),
                gguf.architecture,
                gguf.quantization,
                gguf.layers,
                gguf.context
            );
            all.push(Examined::new("model", "file", Standing::Works, seen));
        }
    }
    let started = options.local(&paths).and_then(|mut engine| {
        let loaded = engine.warm_up(&Cancel::default(), &mut |_| {})?;
        Ok((loaded, engine.sandbox().unwrap_or(LACKING).to_owned()))
    });
    match started {
        Err(failure) => all.push(Examined::new("model", "engine", Standing::Broken, failure.what)),
        Ok((loaded, sandbox)) => {
            let kept = match loaded.weights {
                Weights::Stored => "",
                Weights::EightBit => "; from a copy of its weights at eight bits in the cache, the faster way here",
            };
            let (on_gpu, layers, device) = (loaded.gpu_layers, loaded.layers, loaded.device);
            let seen = format!("{on_gpu} of {layers} layers on a GPU; runs on {device}{kept}");
            all.push(Examined::new("model", "engine", Standing::Works, seen));
            let standing = if sandbox.contains(LACKING) { Standing::Limited } else { Standing::Works };
            all.push(Examined::new("sandbox", "engine process", standing, sandbox));
        }
    }
    all
}

/// The server that is to write in this machine's stead, where one is named; it is asked only where `ask` says so.
fn server(options: &EngineOptions, ask: bool) -> Vec<Examined> {
    let Ok(paths) = Paths::from_env() else { return Vec::new() };
    let endpoint = match options.server(&paths) {
        Ok(None) => return Vec::new(),
        Ok(Some(endpoint)) => endpoint,
        Err(Failure { what, hint, .. }) => {
            return vec![Examined::new("server", "address", Standing::Broken, what).hint(hint.unwrap_or_default())];
        }
    };
    let host = endpoint.host().to_owned();
    let mut all = vec![match endpoint.exposes_its_key() {
        false => Examined::new("server", "address", Standing::Works, host.as_str()),
        true => {
            Examined::new("server", "address", Standing::Limited, format!("{host}, and its key goes there unencrypted"))
                .hint("name it with https://, or reach it through a tunnel")
        }
    }];
    if !ask {
        let seen = "not asked; it writes in this machine's stead";
        all.push(Examined::new("server", "answer", Standing::Limited, seen).hint("slateboard doctor --ask asks it"));
        return all;
    }
    all.push(match RemoteEngine::new(endpoint).warm_up(&Cancel::default(), &mut |_| {}) {
        Ok(loaded) => {
            let seen = format!("{} on {}, {} tokens a request", loaded.name, loaded.device, loaded.context);
            Examined::new("server", "answer", Standing::Works, seen)
        }
        Err(error) => Examined::new("server", "answer", Standing::Broken, error.to_string()),
    });
    all
}

fn devices() -> Vec<Examined> {
    let megabytes = |bytes: usize| bytes / 1_000_000;
    llama::devices()
        .into_iter()
        .map(|device| {
            let (free, total) = (megabytes(device.memory_free), megabytes(device.memory_total));
            let kind = if device.gpu { "GPU" } else { "processor" };
            let seen = format!("{} ({}, {kind}), {free} of {total} MB free", device.description, device.backend);
            Examined::new("devices", &format!("{} {}", device.index, device.name), Standing::Works, seen)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_yet_works_where_it_can_be_made() {
        let place = tempfile::tempdir().unwrap();
        assert_eq!(folder("data", &place.path().join("a/b"), "X").standing, Standing::Works);
        let file = place.path().join("file");
        fs::write(&file, "").unwrap();
        let under_a_file = folder("data", &file.join("b"), "SLATEBOARD_DATA_DIR");
        assert_eq!(under_a_file.standing, Standing::Broken);
        assert_eq!(under_a_file.hint.as_deref(), Some("name another with SLATEBOARD_DATA_DIR"));
        assert!(!place.path().join("a").exists(), "looking makes nothing");
    }

    #[test]
    fn a_locale_is_utf8_however_it_is_spelled() {
        assert!(is_utf8("C.UTF-8") && is_utf8("de_DE.utf8"));
        assert!(!is_utf8("C") && !is_utf8("de_DE.ISO-8859-1"));
    }
}
