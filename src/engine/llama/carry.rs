//! Carrying what a context knows over to another with a different number of threads.
//!
//! The crate has no call for changing a context's threads, so a new context takes the old one's place. Unsafe, as
//! the crate offers the state of a whole context only through raw memory.
#![expect(unsafe_code, reason = "llama-cpp-2 gives no safe call for a whole context's state")]

use llama_cpp_2::context::LlamaContext;

/// The state did not arrive whole.
#[derive(Debug)]
pub(super) struct NotCarried;

/// Copies the cache of `from`, all sequences with the cells they share, to `to`. Both must be of one model and shape.
pub(super) fn state(from: &LlamaContext<'_>, to: &mut LlamaContext<'_>) -> Result<(), NotCarried> {
    let mut bytes = vec![0_u8; from.get_state_size()];
    // SAFETY: `bytes` has the size that llama.cpp says it needs, and `from` does not change in between.
    let written = unsafe { from.copy_state_data(bytes.as_mut_ptr()) };
    if written == 0 || written > bytes.len() {
        return Err(NotCarried);
    }
    // SAFETY: the bytes were written by llama.cpp for a context of this model and shape, and live through the call.
    let read = unsafe { to.set_state_data(&bytes[..written]) };
    if read == written { Ok(()) } else { Err(NotCarried) }
}
