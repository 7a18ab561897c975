//! The storyboard as data: what it is, how it may be edited, what is wrong with it.
//!
//! PURE: no files, clocks, randomness or terminal. Ids and times come in from outside.

pub mod aspect;
pub mod bible;
pub mod check;
pub mod deal;
pub mod edit;
pub mod heading;
pub mod id;
pub mod lock;
mod number;
pub mod passage;
pub mod plan;
pub mod reading;
pub mod rework;
pub mod scene;
pub mod seconds;
pub mod server;
pub mod shot;
pub mod storyboard;
pub mod take;
pub mod template;
pub mod text;
pub mod towards;
pub mod verdict;
pub mod vocabulary;

pub use bible::{Bible, Entry, Kind};
pub use deal::Deal;
pub use edit::{BoardChange, Edit, EditError, SceneChange};
pub use id::{FeedbackId, SceneId, TakeId};
pub use lock::Lock;
pub use passage::Passage;
pub use plan::{Adapter, Batch, Leaning, Limits, Motion, Plan, Range, Sampler, ThreadsFrom, Weights};
pub use reading::{Embedding, Reading};
pub use scene::Scene;
pub use seconds::Seconds;
pub use server::{Dialect, EngineChoice, EngineKind, Structure};
pub use shot::{Angle, Depth, Facing, Move, Position, Shot, Size, Staging};
pub use storyboard::Storyboard;
pub use take::{Chooser, Chosen, Field, Machine, Newcomer, Origin, Provenance, Speech, Take};
pub use template::Template;
pub use text::{Line, Text};
pub use verdict::{Feedback, Verdict, verdict_edit};

/// Fields that slateboard does not know, kept through a round trip.
pub type Extra = std::collections::BTreeMap<String, serde_yaml::Value>;
