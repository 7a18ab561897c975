//! A loaded model: where its layers went, how it counts tokens, how it wants to be spoken to.

use std::ffi::CString;
use std::pin::pin;
use std::sync::{Mutex, PoisonError};

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::model::params::{LlamaModelParams, LlamaSplitMode};
use llama_cpp_2::model::{LlamaChatMessage, LlamaChatTemplate, LlamaLoraAdapter, LlamaModel};
use llama_cpp_2::token::LlamaToken;

use super::{Source, logs};
use crate::board::Weights;
use crate::engine::adapter::Lora;
use crate::engine::fit::Measure;
use crate::engine::job::Role;
use crate::engine::settings::{GpuLayers, Settings, Split};

/// Memory left free on each GPU for what else it does, in bytes.
const GPU_MARGIN: usize = 512 << 20;

/// Why a model cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub(super) enum LoadError {
    #[error("llama.cpp does not start: {0}")]
    Backend(llama_cpp_2::LlamaCppError),
    #[error("the model's path holds a null byte")]
    Path,
    #[error("llama.cpp cannot load this model: {0}")]
    Load(String),
    #[error("there is no device {0}; `slateboard doctor` lists those there are")]
    Device(usize),
    #[error("its layers do not fit the GPU's free memory; give --gpu-layers a smaller number, or 0")]
    Fit,
    #[error("llama.cpp cannot load the adapter {file}: {why}")]
    Adapter { file: String, why: String },
    #[error("llama.cpp cannot make a context: {0}")]
    Context(String),
}

/// A model in memory. It lives as long as the process: an engine process serves one model.
pub(super) struct Model {
    pub(super) backend: LlamaBackend,
    pub(super) llama: LlamaModel,
    template: Option<LlamaChatTemplate>,
    /// An adapter, and how strongly it is added. llama.cpp wants it mutable where a context takes it.
    adapter: Option<(Mutex<LlamaLoraAdapter>, f32)>,
    /// Layers on a GPU, and in all.
    pub(super) layers: (usize, usize),
    /// What computes.
    pub(super) device: String,
    /// How the file keeps its weights.
    pub(super) weights: Weights,
}

impl Model {
    /// Loads the file, telling `progress` from 0 to 1.
    pub(super) fn load(
        source: Source<'_>,
        settings: &Settings,
        progress: impl FnMut(f32) + Send + 'static,
    ) -> Result<Self, LoadError> {
        let backend = LlamaBackend::init().map_err(LoadError::Backend)?;
        let path = source.file;
        let cpath = CString::new(path.as_os_str().as_encoded_bytes()).map_err(|_| LoadError::Path)?;
        let progress = Mutex::new(progress);
        let mut params = LlamaModelParams::default()
            .with_use_mmap(true)
            .with_main_gpu(settings.main_gpu)
            .with_split_mode(match settings.split {
                Split::None => LlamaSplitMode::None,
                Split::Layer => LlamaSplitMode::Layer,
                Split::Row => LlamaSplitMode::Row,
            })
            .with_progress_callback(move |share| {
                if let Ok(mut tell) = progress.lock() {
                    tell(share);
                }
                true
            });
        if !settings.devices.is_empty() {
            params = params.with_devices(&settings.devices).map_err(|error| match error {
                llama_cpp_2::LlamaCppError::BackendDeviceNotFound(index) => LoadError::Device(index),
                other => LoadError::Load(other.to_string()),
            })?;
        }
        let has_gpu = backend.supports_gpu_offload();
        let mut llama = match settings.gpu_layers {
            GpuLayers::Count(count) => LlamaModel::load_from_file(&backend, path, &params.with_n_gpu_layers(count)),
            GpuLayers::Auto if !has_gpu => LlamaModel::load_from_file(&backend, path, &params.with_n_gpu_layers(0)),
            GpuLayers::Auto => {
                let mut params = pin!(params);
                let mut context = LlamaContextParams::default()
                    .with_n_ctx(std::num::NonZeroU32::new(settings.context))
                    .with_n_seq_max(super::session::SEQUENCES)
                    .with_kv_unified(true);
                let mut margins = vec![GPU_MARGIN; llama_cpp_2::max_devices()];
                params
                    .as_mut()
                    .fit_params(&cpath, &mut context, &mut margins, settings.context, logs::WARNINGS)
                    .map_err(|_| LoadError::Fit)?;
                LlamaModel::load_from_file(&backend, path, &params)
            }
        }
        .map_err(|error| LoadError::Load(error.to_string()))?;
        let adapter = settings.lora.as_ref().map(|lora| adapter(&mut llama, lora)).transpose()?;
        let template = llama.chat_template(None).ok();
        let total = llama.n_layer() as usize + 1;
        let placed = logs::offloaded_layers().unwrap_or((0, total));
        let device = device_name(placed.0, settings);
        Ok(Self { backend, llama, template, adapter, layers: placed, device, weights: source.weights })
    }

    /// Adds the adapter to a context's computation, where there is one.
    pub(super) fn adapt(&self, context: &mut LlamaContext<'_>) -> Result<(), LoadError> {
        let Some((adapter, scale)) = &self.adapter else { return Ok(()) };
        let mut adapter = adapter.lock().unwrap_or_else(PoisonError::into_inner);
        context.lora_adapter_set(&mut adapter, *scale).map_err(|error| LoadError::Context(error.to_string()))
    }

    /// The longest prompt and answer the model was trained on, in tokens.
    pub(super) fn trained_context(&self) -> usize {
        self.llama.n_ctx_train() as usize
    }

    /// The tokens of text that is only text: what looks like a control token in it is spelt out.
    pub(super) fn tokens(&self, text: &str) -> Vec<LlamaToken> {
        self.llama.vocab().tokenize(text.as_bytes(), false, false)
    }

    /// The bytes a token stands for; none for a control token.
    pub(super) fn piece(&self, token: u32) -> Vec<u8> {
        self.llama.vocab().token_to_piece(LlamaToken(token.cast_signed()), false, None)
    }

    /// The tokens of a conversation that waits for the model's answer.
    ///
    /// Through the model's own template where llama.cpp knows it, plain otherwise. The words of a message are put into
    /// the template after it is tokenised, so no brief can speak as another role.
    fn conversation(&self, messages: &[(Role, String)]) -> Vec<LlamaToken> {
        let vocabulary = self.llama.vocab();
        let mut tokens = Vec::new();
        if vocabulary.should_add_bos() {
            tokens.push(vocabulary.bos());
        }
        let Some(frame) = self.frame(messages) else {
            tokens.extend(self.tokens(&plain(messages)));
            return tokens;
        };
        let mut rest = frame.as_str();
        for (at, (_, words)) in messages.iter().enumerate() {
            let slot = slot(at);
            let Some((before, after)) = rest.split_once(slot.as_str()) else {
                // The template left a message out or changed the order: it cannot be trusted with this conversation.
                tokens.truncate(usize::from(vocabulary.should_add_bos()));
                tokens.extend(self.tokens(&plain(messages)));
                return tokens;
            };
            tokens.extend(vocabulary.tokenize(before.as_bytes(), false, true));
            tokens.extend(self.tokens(words));
            rest = after;
        }
        tokens.extend(vocabulary.tokenize(rest.as_bytes(), false, true));
        // Some templates begin with the beginning-of-text token themselves.
        if tokens.len() > 1 && vocabulary.should_add_bos() && tokens[1] == vocabulary.bos() {
            tokens.remove(0);
        }
        tokens
    }

    /// The conversation's frame, with a slot in the place of each message's words.
    fn frame(&self, messages: &[(Role, String)]) -> Option<String> {
        let template = self.template.as_ref()?;
        let chat: Option<Vec<_>> = messages
            .iter()
            .enumerate()
            .map(|(at, (role, _))| {
                let role = match role {
                    Role::System => "system",
                    Role::User => "user",
                    Role::Assistant => "assistant",
                };
                LlamaChatMessage::new(role.into(), slot(at)).ok()
            })
            .collect();
        self.llama.apply_chat_template(template, &chat?, true).ok()
    }
}

impl Measure for Model {
    type Prompt = Vec<LlamaToken>;

    fn prompt(&self, messages: &[(Role, String)]) -> Vec<LlamaToken> {
        self.conversation(messages)
    }

    fn length(&self, prompt: &Vec<LlamaToken>) -> usize {
        prompt.len()
    }

    fn words(&self, text: &str) -> usize {
        self.tokens(text).len()
    }
}

fn adapter(llama: &mut LlamaModel, lora: &Lora) -> Result<(Mutex<LlamaLoraAdapter>, f32), LoadError> {
    let refused = |why: String| LoadError::Adapter { file: lora.file.display().to_string(), why };
    if !lora.file.is_file() {
        return Err(refused("there is no such file".into()));
    }
    let adapter = llama.lora_adapter_init(&lora.file);
    let adapter = adapter.map_err(|_| refused("it is no LoRA of this model; the engine's log says more".into()))?;
    Ok((Mutex::new(adapter), lora.scale))
}

/// A mark that no template and no clean text contains.
fn slot(at: usize) -> String {
    format!("\u{e000}{at}\u{e001}")
}

/// A conversation for a base model: plain text that the answer continues.
fn plain(messages: &[(Role, String)]) -> String {
    let mut text = String::new();
    for (_, words) in messages {
        text.push_str(words);
        text.push_str("\n\n");
    }
    text
}

fn device_name(offloaded: usize, settings: &Settings) -> String {
    use llama_cpp_2::LlamaBackendDeviceType::{Gpu, IntegratedGpu};
    let devices = llama_cpp_2::list_llama_ggml_backend_devices();
    let gpu = devices
        .iter()
        .filter(|device| matches!(device.device_type, Gpu | IntegratedGpu))
        .find(|device| settings.devices.is_empty() || settings.devices.contains(&device.index));
    match gpu {
        Some(gpu) if offloaded > 0 => format!("{} ({})", gpu.name, gpu.description),
        _ => devices
            .iter()
            .find(|device| device.device_type == llama_cpp_2::LlamaBackendDeviceType::Cpu)
            .map_or_else(|| "CPU".into(), |cpu| format!("{} ({})", cpu.name, cpu.description)),
    }
}
