//! How a person looks: read from the words of a look; what they leave open comes from the name, so that it never changes.

use super::skeleton::Frame;
use crate::frame::lexicon::words::Found;
use crate::frame::lexicon::{Age, Extra, Garment, Hair, Hat, Mood, Pattern, Words, first, lexicon};
use crate::frame::marks::Tone;

/// A person's build and clothes.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Height, head and girth.
    pub frame: Frame,
    /// How old.
    pub age: Age,
    /// The hair.
    pub hair: Hair,
    /// How dark the hair is.
    pub hair_tone: Tone,
    /// What is on the head.
    pub hat: Option<Hat>,
    /// How dark that is.
    pub hat_tone: Tone,
    /// Whether there is a beard.
    pub beard: bool,
    /// Whether there are glasses.
    pub glasses: bool,
    /// What is worn.
    pub garment: Garment,
    /// How dark that is.
    pub top: Tone,
    /// How dark the right sleeve is, where it has a colour of its own.
    pub sleeve: Option<Tone>,
    /// How dark the trousers are.
    pub legs: Tone,
    /// What is worn besides.
    pub extras: Vec<Extra>,
    /// Whether the body is a woman's.
    pub woman: bool,
}

/// Numbers that stand before a smaller one: "forty-nine" is no child of nine.
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

impl Person {
    /// Reads a look.
    #[must_use]
    pub fn read(name: &str, look: &str) -> Self {
        let words = Words::of(look);
        let named = Words::of(&format!("{look}, {name}"));
        let looks = &lexicon().looks;
        let dice = hash(name);
        let share = |shift: u32| ((dice >> shift) & 0xff) as f32 / 255.0;

        let age = first(&looks.ages, &named, |entry| &entry.words).filter(|(_, found)| {
            let before = found.at.checked_sub(1).and_then(|at| named.get(at));
            !before.is_some_and(|word| TENS.contains(&word))
        });
        let (height, head, age) =
            age.map_or((1.75, 1.0, Age::Adult), |(entry, _)| (entry.height, entry.head, entry.age));
        let girth =
            first(&looks.builds, &words, |entry| &entry.words).map_or(0.94 + 0.16 * share(0), |(entry, _)| entry.girth);
        let woman = named.any(&looks.women);
        let small = if woman && age != Age::Child { 0.955 } else { 1.0 };
        let frame = Frame { height: height * small * (0.98 + 0.045 * share(8)), head, girth };

        let hat = first(&looks.hats, &named, |entry| &entry.words);
        let hooded = hat.is_none() && named.any(&looks.hooded) && !words.any(&looks.hair);
        let garment = first(&looks.garments, &named, |entry| &entry.words);
        let hair = first(&looks.hairs, &words, |entry| &entry.words).map(|(entry, _)| entry.value);
        let any_hair = if woman {
            [Hair::Bob, Hair::Long, Hair::Bun, Hair::Tail]
        } else {
            [Hair::Short, Hair::Short, Hair::Curly, Hair::Short]
        };
        let hair = hair.unwrap_or(any_hair[(dice >> 16 & 3) as usize]);
        let own = [0.16, 0.34, 0.52, 0.7][(dice >> 24 & 3) as usize];
        let top =
            garment.and_then(|(_, found)| colour_near(&named, found, 2)).or_else(|| any_colour(&words, &looks.hair));
        let top = top.unwrap_or(Tone::grey(own));
        let hair_colour = words.find_any(&looks.hair).and_then(|found| colour_near(&words, found, 2));
        let grey = Tone::grey(if age == Age::Old { 0.14 } else { 0.45 + 0.45 * share(4) });
        let hat_tone = hat.and_then(|(_, found)| colour_near(&named, found, 2));
        let hat = hat.map(|(entry, _)| entry.hat).or(hooded.then_some(Hat::Hood));
        let worn = matches!(hat, Some(Hat::Hood | Hat::Helmet));
        let legs = if named.any(&looks.suits) { top } else { Tone::grey(if top.dark > 0.4 { 0.24 } else { 0.58 }) };
        Self {
            frame,
            age,
            hair,
            hair_tone: hair_colour.unwrap_or(grey),
            hat,
            hat_tone: hat_tone.unwrap_or(if worn { top } else { Tone::grey(0.62) }),
            beard: named.any(&looks.beards),
            glasses: named.any(&looks.glasses),
            garment: garment.map_or(Garment::Plain, |(entry, _)| entry.garment),
            top,
            legs,
            sleeve: words.find_any(&looks.sleeves).and_then(|found| colour_near(&words, found, 1)),
            extras: looks.extras.iter().filter(|entry| named.any(&entry.words)).map(|entry| entry.extra).collect(),
            woman,
        }
    }
}

/// What a face shows by these words.
#[must_use]
pub fn mood(text: &Words) -> Mood {
    first(&lexicon().looks.moods, text, |entry| &entry.words).map_or(Mood::Calm, |(entry, _)| entry.mood)
}

/// The first colour a text names.
#[must_use]
pub fn colour(words: &Words) -> Option<Tone> {
    first(&lexicon().looks.colours, words, |entry| &entry.words).map(|(entry, _)| Tone::tinted(entry.tint))
}

/// The colour named within some words of a found one, before it or after it.
fn colour_near(words: &Words, found: Found, within: usize) -> Option<Tone> {
    let colours = &lexicon().looks.colours;
    let near = |at: usize| words.get(at).and_then(|word| first(colours, &Words::of(word), |entry| &entry.words));
    let before = (1..=within).filter_map(|back| found.at.checked_sub(back));
    let after = (0..=within).map(|ahead| found.at + ahead + found.long - 1);
    before
        .chain(after)
        .filter(|&at| words.together(at, found.at) && !of_a_part(words, at, found))
        .find_map(near)
        .map(|(entry, _)| Tone::tinted(entry.tint))
}

/// The first colour named that is not the hair's.
fn any_colour(words: &Words, hair: &[Pattern]) -> Option<Tone> {
    let (entry, found) = first(&lexicon().looks.colours, words, |entry| &entry.words)?;
    let hairy = words.find_any(hair).is_some_and(|hair| hair.at.abs_diff(found.at) < 3);
    let part = of_a_part(words, found.at, Found { at: usize::MAX, long: 0 });
    (!hairy && !part).then(|| Tone::tinted(entry.tint))
}

/// Whether the colour at a place is that of a sleeve or a button, and it is not the sleeve or button that is looked for.
fn of_a_part(words: &Words, colour: usize, wanted: Found) -> bool {
    let parts = &lexicon().looks.parts;
    [colour + 1, colour.wrapping_sub(1)]
        .into_iter()
        .any(|at| at != wanted.at && words.get(at).is_some_and(|word| Words::of(word).any(parts)))
}

/// FNV-1a, upper and lower case alike.
#[must_use]
pub fn hash(name: &str) -> u32 {
    name.to_lowercase().bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_becomes_a_body_and_clothes() {
        let mara =
            Person::read("MARA", "sixties, yellow raincoat, short grey hair, walks like someone who counts stairs");
        assert_eq!((mara.age, mara.hair, mara.garment, mara.hat), (Age::Old, Hair::Short, Garment::Coat, None));
        assert_eq!(mara.top.tint, Some([236, 196, 60]));
        let boy = Person::read("THE BOY", "nine, school blazer too big for him, bare knees");
        assert!(boy.age == Age::Child && boy.frame.height < 1.3);
        let samir = Person::read("SAMIR", "trente ans, casque de vélo encore sur la tête, sacoche de coursier");
        assert!(samir.hat == Some(Hat::Shell) && samir.extras.contains(&Extra::Satchel));
        let roux = Person::read("MADAME ROUX", "soixante-dix ans, imperméable prune");
        assert!(roux.woman && roux.age == Age::Old && roux.garment == Garment::Coat);
        assert_eq!(Person::read("IVO", "forty-nine").age, Age::Adult);
        let ivo = Person::read("IVO", "salvage suit with one orange sleeve");
        assert!(ivo.top.tint.is_none() && ivo.sleeve.is_some_and(|sleeve| sleeve.tint == Some([226, 132, 52])));
        assert_eq!(ivo.legs, ivo.top);
        assert_eq!(Person::read("NIM", "girl of eight, yellow raincoat").hat, Some(Hat::Hood));
    }

    #[test]
    fn a_name_alone_gives_a_body_that_never_changes() {
        assert_eq!(Person::read("Ada", ""), Person::read("Ada", ""));
        assert_eq!(hash("ADA"), hash("ada"));
    }

    #[test]
    fn faces_show_what_words_say() {
        for (text, expected) in
            [("she smiles", Mood::Happy), ("furieux", Mood::Angry), ("", Mood::Calm), ("terrified", Mood::Startled)]
        {
            assert_eq!(mood(&Words::of(text)), expected, "{text}");
        }
    }
}
