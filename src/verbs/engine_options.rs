//! The options of every verb that runs the model, and the engine they make.

use std::path::PathBuf;

use clap::Args;

use super::{Code, Failure};
use crate::engine::catalog::Models;
use crate::engine::{GpuLayers, Launch, LocalEngine, Lora, Settings, Split, gguf};
use crate::store::{Paths, TasteSettings};

/// Where the model runs, and which.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Model")]
pub(crate) struct EngineOptions {
    /// The model: a name that `slateboard model list` shows, or a GGUF file
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

    /// The engine for these options. Nothing runs yet: the first job starts it.
    pub(crate) fn engine(&self, paths: &Paths) -> Result<LocalEngine, Failure> {
        let model = self.model_file(paths)?;
        let sha256 = Models::new(&paths.data, &paths.state).sha256(&model)?;
        let program = std::env::current_exe()
            .map_err(|error| Failure::new(Code::Engine, format!("the engine cannot be started: {error}")))?;
        let logs = paths.state.join("logs");
        // Without the folder there is no log, and everything else works.
        let log = std::fs::create_dir_all(&logs).is_ok().then(|| logs.join("engine.log"));
        let settings = Settings { lora: self.adapter(paths)?, ..self.settings() };
        Ok(LocalEngine::new(Launch { program, model, sha256, settings, log }))
    }
}
