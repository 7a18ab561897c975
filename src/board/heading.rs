//! A heading's parts: `INT./EXT. PLACE - TIME`.

use std::borrow::Cow;

use super::vocabulary::vocabulary;

vocabulary! {
    /// A time of day as a heading that a take proposes ends in. Headings that a person wrote may end in any other.
    Daytime: "time of day" {
        /// By day.
        Day = "DAY",
        /// By night.
        Night = "NIGHT",
        /// As the sun comes.
        Dawn = "DAWN",
        /// When it is gone.
        Dusk = "DUSK",
        /// Early.
        Morning = "MORNING",
        /// Late.
        Evening = "EVENING",
    }
}

/// A heading taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// `INT.`, `EXT.` or both.
    pub prefix: &'a str,
    /// Where; may have parts of its own.
    pub place: &'a str,
    /// When.
    pub time: &'a str,
}

/// The prefixes, longest first, as scripts write them.
const PREFIXES: [&str; 8] = ["INT./EXT.", "EXT./INT.", "INT/EXT.", "EXT/INT.", "I./E.", "I/E.", "INT.", "EXT."];

impl<'a> Heading<'a> {
    /// Takes a heading apart; `None` where it has not the form.
    #[must_use]
    pub fn parse(heading: &'a str) -> Option<Self> {
        let prefix = PREFIXES.iter().find(|prefix| starts_with(heading, prefix))?;
        let (prefix, rest) = heading.split_at(prefix.len());
        // The time stands behind the last dash: places have dashes too.
        let (at, dash) = [" - ", " – ", " — "].iter().filter_map(|dash| Some((rest.rfind(dash)?, dash.len()))).max()?;
        let (place, time) = (rest[..at].trim(), rest[at + dash..].trim());
        (!place.is_empty() && !time.is_empty()).then_some(Self { prefix, place, time })
    }
}

/// A heading as scripts write it: one that begins as they do and was typed without any capital is put into capitals, and its
/// prefix gets the dot that was left out.
#[must_use]
pub fn in_capitals(heading: &str) -> Cow<'_, str> {
    if heading.chars().any(char::is_uppercase) {
        return heading.into();
    }
    if PREFIXES.iter().any(|prefix| starts_with(heading, prefix)) {
        return heading.to_uppercase().into();
    }
    let undotted = ["int", "ext", "int/ext", "ext/int"];
    match heading.split_once(' ').filter(|(prefix, _)| undotted.contains(prefix)) {
        Some((prefix, rest)) => format!("{prefix}. {rest}").to_uppercase().into(),
        None => heading.into(),
    }
}

fn starts_with(heading: &str, prefix: &str) -> bool {
    heading.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_typed_without_capitals_is_put_into_them_and_any_other_stays() {
        for (typed, expected) in [
            ("int. kitchen - day", "INT. KITCHEN - DAY"),
            ("ext. straße", "EXT. STRASSE"),
            ("ext old harbour - night", "EXT. OLD HARBOUR - NIGHT"),
            ("intermission", "intermission"),
            ("int. Anna's kitchen - day", "int. Anna's kitchen - day"),
            ("the kitchen", "the kitchen"),
            ("INT. 厨房 - 夜", "INT. 厨房 - 夜"),
        ] {
            assert_eq!(in_capitals(typed), expected);
        }
    }

    #[test]
    fn a_heading_comes_apart_at_its_last_dash() {
        let parts = |raw| Heading::parse(raw).map(|heading| (heading.prefix, heading.place, heading.time));
        let cases = [
            ("EXT. ROCKY SHORE - DAWN", Some(("EXT.", "ROCKY SHORE", "DAWN"))),
            ("INT./EXT. CAR - HIGHWAY - NIGHT", Some(("INT./EXT.", "CAR - HIGHWAY", "NIGHT"))),
            ("int. cuisine — nuit", Some(("int.", "cuisine", "nuit"))),
            ("INT. 厨房 - 夜", Some(("INT.", "厨房", "夜"))),
            ("ROCKY SHORE - DAWN", None),
            ("EXT. ROCKY SHORE", None),
            ("EXT.  - DAWN", None),
            ("", None),
        ];
        for (raw, expected) in cases {
            assert_eq!(parts(raw), expected, "{raw}");
        }
    }
}
