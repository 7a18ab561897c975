//! The devices llama.cpp could compute on.

use serde::{Deserialize, Serialize};

/// A processor or a GPU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its number, as `--devices` takes it.
    pub index: usize,
    /// llama.cpp's name: "CUDA0".
    pub name: String,
    /// The maker's name.
    pub description: String,
    /// What drives it: "CUDA", "Vulkan", "CPU".
    pub backend: String,
    /// Whether layers can be offloaded to it.
    pub gpu: bool,
    /// Its memory in bytes.
    pub memory_total: usize,
    /// How much of it is free, in bytes.
    pub memory_free: usize,
}

/// Lists them.
#[must_use]
pub fn devices() -> Vec<Device> {
    use llama_cpp_2::LlamaBackendDeviceType::{Gpu, IntegratedGpu};
    super::logs::listen();
    llama_cpp_2::list_llama_ggml_backend_devices()
        .into_iter()
        .map(|device| Device {
            index: device.index,
            name: device.name,
            description: device.description,
            backend: device.backend,
            gpu: matches!(device.device_type, Gpu | IntegratedGpu),
            memory_total: device.memory_total,
            memory_free: device.memory_free,
        })
        .collect()
}
