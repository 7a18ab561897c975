//! The imperative shell: the loop, the workers, the effects.
