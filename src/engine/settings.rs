//! How the local engine computes: threads, GPU, context.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::adapter::Lora;
use crate::board::Weights;

/// Where and with what the model runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Layers on a GPU.
    pub gpu_layers: GpuLayers,
    /// The GPU that holds what is not split.
    pub main_gpu: i32,
    /// How several GPUs share a model.
    pub split: Split,
    /// Devices to use, by the numbers `doctor` lists; empty for all.
    pub devices: Vec<usize>,
    /// Threads; `None` for as many as the machine has to spare, changing while it runs.
    pub threads: Option<usize>,
    /// The most tokens a prompt and one answer may have together; less where the model was trained on less.
    pub context: u32,
    /// How the model's weights are kept.
    pub weights: WeightsAsked,
    /// An adapter whose weights are added to the model's.
    pub lora: Option<Lora>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            gpu_layers: GpuLayers::Auto,
            main_gpu: 0,
            split: Split::Layer,
            devices: Vec::new(),
            threads: None,
            context: 8192,
            weights: WeightsAsked::Auto,
            lora: None,
        }
    }
}

/// How many layers go to a GPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GpuLayers {
    /// As many as fit its free memory.
    Auto,
    /// This many, counted from the last; 0 for none.
    Count(u32),
}

/// How several GPUs share a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Split {
    /// They do not.
    None,
    /// By layers.
    Layer,
    /// By rows of the tensors.
    Row,
}

/// How the weights are asked to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeightsAsked {
    /// As computes fastest here, see [`super::weights`].
    Auto,
    /// This way or not at all.
    Exactly(Weights),
}

impl FromStr for WeightsAsked {
    type Err = String;
    fn from_str(raw: &str) -> Result<Self, String> {
        match raw {
            "auto" => Ok(Self::Auto),
            "stored" => Ok(Self::Exactly(Weights::Stored)),
            "q8_0" => Ok(Self::Exactly(Weights::EightBit)),
            _ => Err("`auto`, `stored` or `q8_0` is expected".into()),
        }
    }
}

impl FromStr for GpuLayers {
    type Err = String;
    fn from_str(raw: &str) -> Result<Self, String> {
        match raw {
            "auto" => Ok(Self::Auto),
            number => number.parse().map(Self::Count).map_err(|_| "`auto` or a number of layers is expected".into()),
        }
    }
}

impl FromStr for Split {
    type Err = String;
    fn from_str(raw: &str) -> Result<Self, String> {
        match raw {
            "none" => Ok(Self::None),
            "layer" => Ok(Self::Layer),
            "row" => Ok(Self::Row),
            _ => Err("`none`, `layer` or `row` is expected".into()),
        }
    }
}
