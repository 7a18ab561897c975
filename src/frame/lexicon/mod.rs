//! The lexicon: which words mean which pose, look, being, thing, place, light and weather. Its entries are data files
//! beside this one, with words of English and French.

pub mod figures;
pub mod sets;
pub mod words;

use std::sync::LazyLock;

pub use figures::{Age, Beast, Beings, Bird, Ear, Extra, Garment, Hair, Hat, Looks, Mood, Pose, Seat};
pub use sets::{
    Dressing, Floor, Form, Ground, Horizon, Key, Light, Part, Place, Prop, Sides, Sits, Skies, Sun, Weather, Wide,
};
pub use words::{Pattern, Words};

/// Entries of words and one thing they mean.
macro_rules! worded {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),+ })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The words.
            pub words: Vec<Pattern>,
            $(#[allow(missing_docs, reason = "named by its type")] pub $field: $kind),+
        })+
    };
}
pub(crate) use worded;

/// Closed lists, written in small letters in the data.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident: $($item:ident = $what:literal),+;)+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $(#[doc = $what] $item),+ })+
    };
}
pub(crate) use names;

/// What the words of one language family mean, all of it.
#[derive(Debug)]
pub struct Lexicon {
    /// What bodies do.
    pub poses: Vec<Pose>,
    /// What a look says.
    pub looks: Looks,
    /// Who is no person.
    pub beings: Beings,
    /// Things.
    pub props: Vec<Prop>,
    /// Where scenes happen.
    pub places: Vec<Place>,
    /// When and in which weather.
    pub skies: Skies,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    poses: part("poses", include_str!("poses.yaml")),
    looks: part("looks", include_str!("looks.yaml")),
    beings: part("beings", include_str!("beings.yaml")),
    props: part("props", include_str!("props.yaml")),
    places: part("places", include_str!("places.yaml")),
    skies: part("light", include_str!("light.yaml")),
});

/// The lexicon, read once.
#[must_use]
pub fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// Reads a part of the lexicon. It is part of the program and a test reads all of it, so it can always be read.
#[expect(clippy::panic, reason = "unreachable in a build whose tests pass")]
fn part<T: serde::de::DeserializeOwned>(name: &str, yaml: &str) -> T {
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("lexicon/{name}.yaml: {error}"))
}

/// The entry whose words stand earliest in a text; of those, the one with the most words.
pub fn first<'a, T>(entries: &'a [T], text: &Words, words: impl Fn(&T) -> &[Pattern]) -> Option<(&'a T, words::Found)> {
    let found = entries.iter().filter_map(|entry| Some((entry, text.find_any(words(entry))?)));
    found.min_by_key(|(_, found)| (found.at, std::cmp::Reverse(found.long)))
}

impl Lexicon {
    /// The thing of that name.
    #[must_use]
    pub fn prop(&self, name: &str) -> Option<&Prop> {
        first(&self.props, &Words::of(name), |prop| &prop.words).map(|(prop, _)| prop)
    }

    /// The thing a text's noun means: of known words that stand right after one another the last, as in "paper lantern" and
    /// "car door", and else the first, as in "a bottle of ink" and "lampe de table".
    #[must_use]
    pub fn thing(&self, text: &Words) -> Option<&Prop> {
        let (mut thing, mut found) = first(&self.props, text, |prop| &prop.words)?;
        while let Some((next, long)) =
            self.props.iter().find_map(|prop| Some((prop, text.fits_at(found.end(), &prop.words)?)))
        {
            (thing, found) = (next, words::Found { at: found.end(), long });
        }
        Some(thing)
    }

    /// The pose a text means, where it means one.
    #[must_use]
    pub fn pose(&self, text: &Words) -> Option<&Pose> {
        first(&self.poses, text, |pose| &pose.words).map(|(pose, _)| pose)
    }

    /// Standing.
    #[must_use]
    pub fn standing(&self) -> Pose {
        self.poses.first().cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_lexicon_can_be_read_and_its_places_name_things_it_knows() {
        let all = lexicon();
        assert_eq!(all.poses[0].name, "standing");
        assert!(all.props.len() >= 60, "{}", all.props.len());
        for place in &all.places {
            for name in place.dressing.iter().map(|item| &item.prop).chain(&place.scatter) {
                assert!(all.prop(name).is_some(), "{name}");
            }
            assert!(place.room.is_some() != place.ground.is_some(), "{:?}", place.words);
        }
    }

    #[test]
    fn the_noun_of_a_name_says_which_thing_it_is() {
        let cases = [
            ("paper lantern", "lantern"),
            ("CAR DOOR", "door"),
            ("the bottle of ink", "bottle"),
            ("lampe de table", "lamp"),
            ("a coal sack by the stove", "bag"),
            ("a box, a rope", "box"),
        ];
        for (name, word) in cases {
            let thing = lexicon().thing(&Words::of(name)).map(|thing| &thing.words);
            assert_eq!(thing, lexicon().prop(word).map(|prop| &prop.words), "{name}");
        }
        assert_eq!(lexicon().thing(&Words::of("zorb")), None);
    }

    #[test]
    fn words_become_poses_in_both_languages() {
        let cases = [
            ("climbing", Some("climbing")),
            ("Kneeling down", Some("kneeling")),
            ("fast asleep", Some("lying")),
            ("bras tendu", Some("reaching")),
            ("looks up at the sky", Some("looking up")),
            ("hands up", Some("cheering")),
            ("wistful", None),
            ("", None),
        ];
        for (words, name) in cases {
            assert_eq!(lexicon().pose(&Words::of(words)).map(|pose| pose.name.as_str()), name, "{words}");
        }
    }
}
