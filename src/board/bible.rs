//! The bible: what must stay the same from scene to scene.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Extra;
use super::text::{Line, Text};
use super::vocabulary::vocabulary;

/// Characters, places and props.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bible {
    /// Who acts and speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub characters: Vec<Entry>,
    /// Where scenes happen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Entry>,
    /// What is handled, found, lost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Entry>,
    /// Fields of other programs, kept as they are.
    #[serde(flatten)]
    #[schemars(skip)]
    pub extra: Extra,
}

/// One character, place or prop.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// The name scenes use; unique in the whole bible, upper and lower case alike.
    pub name: Line,
    /// What does not change: build, age, clothes, material.
    #[serde(default)]
    pub look: Text,
    /// What may change with the story: a wound, a mood, a broken pane.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Text>,
    /// Fields of other programs, kept as they are.
    #[serde(flatten)]
    #[schemars(skip)]
    pub extra: Extra,
}

vocabulary! {
    /// The three lists of a bible.
    Kind: "bible list" {
        /// Who acts and speaks.
        Character = "character",
        /// Where scenes happen.
        Place = "place",
        /// What is handled.
        Prop = "prop",
    }
}

impl Bible {
    /// The entries of one list.
    #[must_use]
    pub fn list(&self, kind: Kind) -> &Vec<Entry> {
        match kind {
            Kind::Character => &self.characters,
            Kind::Place => &self.places,
            Kind::Prop => &self.props,
        }
    }

    /// The entries of one list, to be changed.
    pub fn list_mut(&mut self, kind: Kind) -> &mut Vec<Entry> {
        match kind {
            Kind::Character => &mut self.characters,
            Kind::Place => &mut self.places,
            Kind::Prop => &mut self.props,
        }
    }

    /// Every entry with the list it stands in.
    pub fn entries(&self) -> impl Iterator<Item = (Kind, &Entry)> {
        Kind::ALL.iter().flat_map(|&kind| self.list(kind).iter().map(move |entry| (kind, entry)))
    }

    /// What can be staged in a shot: characters, then props.
    pub fn subjects(&self) -> impl Iterator<Item = &Line> {
        self.characters.iter().chain(&self.props).map(|entry| &entry.name)
    }

    /// The entry of that name, upper and lower case alike.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(Kind, &Entry)> {
        let wanted = name.to_lowercase();
        self.entries().find(|(_, entry)| entry.name.to_lowercase() == wanted)
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries().next().is_none()
    }
}
