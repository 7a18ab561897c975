//! What verdicts ask of the next takes. PURE.

pub mod seeds;
