//! What verdicts teach, and what it asks of the next takes. PURE.
//!
//! The way through: [`log`] says which verdicts stand and [`mod@features`] what taste sees of their takes; the [`head`] learns
//! from them, and [`honesty`] says whether it is any good. [`next`] makes the plan of the next takes out of reasons, phrases
//! and accepted takes; what was sampled is put in order by [`mod@rank`], which keeps near copies ([`likeness`]) away.

pub mod candidate;
pub mod chance;
mod dealt;
pub mod does;
pub mod features;
pub mod head;
pub mod heeds;
pub mod honesty;
mod learned;
pub mod likeness;
pub mod log;
pub mod next;
pub mod phrases;
pub mod pool;
pub mod rank;
pub mod reason;
pub mod report;
pub mod seeds;
pub mod why;
pub mod words;

pub use candidate::Candidate;
pub use features::{Feature, Features, features};
pub use head::{Head, HeadSettings, Part, Prior};
pub use honesty::{Honesty, Score};
pub use learned::{Taste, legacy, of_reviewer, prior, seen};
pub use likeness::{Diversity, diversity};
pub use log::{Judged, standing};
pub use next::{Change, Next, Wishes};
pub use rank::{Ranked, rank};
pub use reason::Reason;
pub use report::{Report, report};
pub use why::{Moved, Planned, Why, why};
