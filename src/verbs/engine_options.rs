//! The options of every verb that runs the model, and the engine they make.

use std::path::PathBuf;

use clap::Args;

use super::{Code, Failure};
use crate::board::{Dialect, EngineChoice, EngineKind};
use crate::engine::catalog::Models;
use crate::engine::remote::{Endpoint, EndpointError};
use crate::engine::{
    Generator, GpuLayers, Launch, LocalEngine, Lora, RemoteEngine, Settings, Split, WeightsAsked, gguf,
};
use crate::run::setup;
use crate::store::{Paths, TasteSettings};

/// Where the model runs, and which.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Model")]
pub(crate) struct EngineOptions {
    /// Who writes: `local` for this machine, or the address of a server of OpenAI's shape (llama-server, vLLM, SGLang, …)
    #[arg(long, env = "SLATEBOARD_ENGINE", value_name = "URL|local")]
    pub engine: Option<String>,
    /// The environment's variable that holds the server's key
    #[arg(long, value_name = "VARIABLE")]
    pub key_env: Option<String>,
    /// Which fields beside OpenAI's the server understands: openai, llama.cpp, vllm or sglang
    #[arg(long, value_name = "KIND")]
    pub server: Option<Dialect>,
    /// The most answers asked of the server at once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub max_parallel: Option<u16>,
    /// The model: a name that `slateboard model list` shows, or a GGUF file; of a server, its name there
    #[arg(long, env = "SLATEBOARD_MODEL", value_name = "NAME|FILE")]
    pub model: Option<String>,
    /// Layers on the GPU: `auto` for as many as fit its free memory, 0 for none
    #[arg(long, value_name = "auto|N")]
    pub gpu_layers: Option<GpuLayers>,
    /// The GPU that holds what is not split
    #[arg(long, value_name = "N")]
    pub main_gpu: Option<i32>,
    /// How several GPUs share a model: none, layer or row
    #[arg(long, value_name = "MODE")]
    pub split_mode: Option<Split>,
    /// Devices to use, by the numbers `slateboard doctor` lists
    #[arg(long, value_name = "N,N", value_delimiter = ',')]
    pub devices: Vec<usize>,
    /// Threads; else as many as the machine has to spare, changing while it runs
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// The most tokens a prompt and its answer may have together
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(256..))]
    pub context: Option<u32>,
    /// How its weights are kept: `stored`, `q8_0` for a copy at eight bits in the cache, `auto` for the faster of them
    #[arg(long, value_name = "auto|KIND")]
    pub weights: Option<WeightsAsked>,
    /// A LoRA adapter in GGUF to add to the model, with the strength to add it with
    #[arg(long, env = "SLATEBOARD_LORA", value_name = "FILE[:SCALE]")]
    pub lora: Option<Lora>,
}

impl EngineOptions {
    fn settings(&self) -> Settings {
        let default = Settings::default();
        Settings {
            gpu_layers: self.gpu_layers.unwrap_or(default.gpu_layers),
            main_gpu: self.main_gpu.unwrap_or(default.main_gpu),
            split: self.split_mode.unwrap_or(default.split),
            devices: self.devices.clone(),
            threads: self.threads.map(usize::from),
            context: self.context.unwrap_or(default.context),
            weights: self.weights.unwrap_or(default.weights),
            lora: None,
        }
    }

    /// The adapter asked for, its file read once for its hash.
    fn adapter(&self, paths: &Paths) -> Result<Option<Lora>, Failure> {
        let set = || TasteSettings::load(paths).map(|settings| settings.lora);
        let named = match &self.lora {
            Some(lora) => Some(lora.clone()),
            None => set()?
                .map(|named| named.parse::<Lora>())
                .transpose()
                .map_err(|error| Failure::usage(error.to_string()))?,
        };
        let Some(lora) = named else { return Ok(None) };
        let sha256 = gguf::sha256(&lora.file, &mut |_, _| {}).map_err(|error| {
            Failure::new(Code::Engine, format!("the adapter {} cannot be read: {error}", lora.file.display()))
                .hint("--lora wants a GGUF file; llama.cpp's convert_lora_to_gguf.py makes one of what was trained")
        })?;
        let file = std::path::absolute(&lora.file).unwrap_or_else(|_| lora.file.clone());
        Ok(Some(Lora { file, sha256, ..lora }))
    }

    /// The model's file, looked at and found usable.
    pub(super) fn model_file(&self, paths: &Paths) -> Result<PathBuf, Failure> {
        let models = Models::new(&paths.data, &paths.state);
        Ok(models.resolve(self.model.as_deref())?)
    }

    /// The engine for these options. Nothing runs and nobody is asked yet: the first job does that.
    pub(crate) fn engine(&self, paths: &Paths) -> Result<Box<dyn Generator>, Failure> {
        match self.server(paths)? {
            Some(endpoint) => Ok(Box::new(RemoteEngine::new(endpoint))),
            None => Ok(Box::new(self.local(paths)?)),
        }
    }

    /// The local engine for these options, whoever else may be meant to write.
    pub(super) fn local(&self, paths: &Paths) -> Result<LocalEngine, Failure> {
        let model = self.model_file(paths)?;
        let sha256 = Models::new(&paths.data, &paths.state).sha256(&model)?;
        let program = std::env::current_exe()
            .map_err(|error| Failure::new(Code::Engine, format!("the engine cannot be started: {error}")))?;
        let logs = paths.state.join("logs");
        // Without the folder there is no log, and everything else works.
        let log = std::fs::create_dir_all(&logs).is_ok().then(|| logs.join("engine.log"));
        let settings = Settings { lora: self.adapter(paths)?, ..self.settings() };
        Ok(LocalEngine::new(Launch { program, model, sha256, settings, cache: Some(paths.cache.clone()), log }))
    }

    /// The server that is to write; `None` where this machine is.
    pub(super) fn server(&self, paths: &Paths) -> Result<Option<Endpoint>, Failure> {
        let Some(choice) = self.choice(paths)? else { return Ok(None) };
        if self.lora.is_some() {
            return Err(Failure::usage("an adapter is added on this machine, and a server is to write")
                .hint("give the server the adapter under a name, and say that name with --model"));
        }
        let variable = |name: &str| std::env::var(name).ok();
        Ok(Some(Endpoint::new(&choice, variable)?))
    }

    /// What `config.yaml` says of the engine, under what the command line says.
    fn choice(&self, paths: &Paths) -> Result<Option<EngineChoice>, Failure> {
        let said = self.engine.as_deref().map(str::trim).filter(|said| !said.is_empty());
        if said == Some("local") {
            return Ok(None);
        }
        let set = setup::engine(paths).map_err(|words| {
            Failure::usage(words)
                .hint("`slateboard config --schema` says what may stand there; --engine local does without")
        })?;
        let set = set.filter(|choice| choice.kind == EngineKind::Openai);
        let choice = match (said, set) {
            // What is set for one server, its key above all, is not for another.
            (Some(url), Some(set)) if set.url.as_deref() == Some(url) => set,
            (Some(url), _) => EngineChoice::at(url.to_owned()),
            (None, Some(set)) => set,
            (None, None) => return Ok(None),
        };
        Ok(Some(EngineChoice {
            model: self.model.clone().or(choice.model),
            key_env: self.key_env.clone().or(choice.key_env),
            server: self.server.or(choice.server),
            max_parallel: self.max_parallel.or(choice.max_parallel),
            context: self.context.or(choice.context),
            ..choice
        }))
    }
}

impl From<EndpointError> for Failure {
    fn from(error: EndpointError) -> Self {
        Self::usage(error.to_string()).hint(error.hint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(options: &EngineOptions, config: &str) -> Result<Option<EngineChoice>, Failure> {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let paths = Paths { config: at("c"), data: at("d"), state: at("s"), cache: at("x") };
        std::fs::create_dir_all(&paths.config).unwrap();
        std::fs::write(paths.config.join("config.yaml"), config).unwrap();
        options.choice(&paths)
    }

    const SET: &str = "engine: {kind: openai, url: 'http://gpu:8000', key_env: GPU_KEY, max_parallel: 8}\n";

    #[test]
    fn the_command_line_stands_over_the_file_and_a_key_stays_with_its_server() {
        let options =
            |engine: Option<&str>| EngineOptions { engine: engine.map(str::to_owned), ..EngineOptions::default() };
        let set = choice(&options(None), SET).unwrap().unwrap();
        assert_eq!((set.key_env.as_deref(), set.max_parallel), (Some("GPU_KEY"), Some(8)));
        assert_eq!(choice(&options(Some("http://gpu:8000")), SET).unwrap(), Some(set));
        let other = choice(&options(Some("http://elsewhere")), SET).unwrap().unwrap();
        assert_eq!((other.key_env, other.max_parallel), (None, None));
        assert_eq!(choice(&options(Some("local")), SET).unwrap(), None);
        assert_eq!(choice(&options(None), "engine: {kind: local}\n").unwrap(), None);
        assert_eq!(choice(&options(None), "").unwrap(), None);
        assert!(choice(&options(None), "engine: {kind: openai, key: x}\n").is_err(), "nobody else writes in its stead");
    }
}
