//! Copying a model with its weights in another kind.
//!
//! Unsafe, as the crate does not wrap llama.cpp's quantizer.
#![expect(unsafe_code, reason = "llama-cpp-2 gives no call for quantizing a model")]

use std::ffi::CString;
use std::path::Path;

use super::logs;
use super::model::LoadError;
use crate::engine::job::EngineError;

/// Copies the model at `from` over the file at `to`, its weights at eight bits each (Q8_0). Fewer bits than eight become
/// eight without a loss that matters: a block of 32 weights gets a scale of its own either way.
///
/// # Errors
/// [`EngineError::Model`] in words for the person. What is at `to` then is no model.
pub fn copy_at_eight_bits(from: &Path, to: &Path) -> Result<(), EngineError> {
    logs::listen();
    let failed = |error: LoadError| EngineError::Model(error.to_string());
    let backend =
        llama_cpp_2::llama_backend::LlamaBackend::init().map_err(|error| failed(LoadError::Backend(error)))?;
    let cstring = |path: &Path| CString::new(path.as_os_str().as_encoded_bytes()).map_err(|_| failed(LoadError::Path));
    let (from, to) = (cstring(from)?, cstring(to)?);
    // SAFETY: the call takes nothing and answers plain data.
    let mut params = unsafe { llama_cpp_sys_2::llama_model_quantize_default_params() };
    params.ftype = llama_cpp_sys_2::LLAMA_FTYPE_MOSTLY_Q8_0;
    params.allow_requantize = true;
    // SAFETY: both paths end in a null byte and live as long as the call, as do the parameters; their pointers to
    // overrides are null, which means none.
    let status = unsafe { llama_cpp_sys_2::llama_model_quantize(from.as_ptr(), to.as_ptr(), &raw const params) };
    drop(backend);
    match status {
        0 => Ok(()),
        _ => Err(EngineError::Model("llama.cpp cannot copy its weights".into())),
    }
}
