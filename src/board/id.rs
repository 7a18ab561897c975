//! Identities: ULIDs, so that two reviewers' records merge by name and sort by time. Made outside (a clock and
//! randomness are needed) and carried in.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ulid::Ulid;

/// A text that is no identity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id: 26 letters and digits are expected, such as 01J9Z0V5W6M4QK3T8E2C7R1XNB")]
pub struct NotAnId(String);

macro_rules! identity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Ulid);

        impl $name {
            /// An identity from a ULID made outside the pure core.
            #[must_use]
            pub const fn new(ulid: Ulid) -> Self {
                Self(ulid)
            }

            /// Whether this is the absent identity of an entry written by hand without one. The store replaces it.
            #[must_use]
            pub fn is_missing(self) -> bool {
                self.0.is_nil()
            }

            /// Milliseconds since 1970 at which it was made.
            #[must_use]
            pub fn made_at_ms(self) -> u64 {
                self.0.timestamp_ms()
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0.to_string())
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(raw: &str) -> Result<Self, NotAnId> {
                Ulid::from_string(raw)
                    .map(Self)
                    .map_err(|_| NotAnId(raw.chars().filter(|c| !c.is_control()).take(40).collect()))
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$",
                    "description": "a ULID",
                })
            }
        }
    };
}

identity!(
    /// A scene's identity, which survives renumbering and moving.
    SceneId
);
identity!(
    /// A take's identity.
    TakeId
);
identity!(
    /// A record's identity in the feedback log.
    FeedbackId
);
