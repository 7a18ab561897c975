//! From verdicts to how often the next takes are dealt this or that.

use super::log::Judged;
use crate::board::deal::{Card, Odds};
use crate::board::heading::Heading;
use crate::board::{Deal, Take};

/// After so many later verdicts one counts half.
const HALF_LIFE: f32 = 20.0;
/// Counts for as many accepted and rejected takes with the card as without it, before there are any.
const DOUBT: f32 = 1.0;
/// A card is at most this much more or less likely, in nats: five times. None is ever out of reach.
const MOST: f32 = 1.6;
/// Less than this is no lesson.
const LEAST: f32 = 0.25;

/// What a take has of what can be dealt, each once.
pub(super) fn cards(take: &Take) -> Vec<Card> {
    let small = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
    let mut cards = vec![Card::Shots(small(take.shots.len())), Card::Lines(small(take.dialogue.len()))];
    // A heading that stays is not dealt.
    let time = take.heading.as_deref().and_then(Heading::parse).and_then(|heading| heading.time.parse().ok());
    cards.extend(time.map(Card::Time));
    for shot in &take.shots {
        cards.extend([Card::Size(shot.size), Card::Angle(shot.angle), Card::Move(shot.camera)]);
    }
    cards.sort_unstable();
    cards.dedup();
    cards
}

/// The odds that verdicts teach, the newest last: for each card the log-ratio of how often accepted and rejected takes have
/// it, as a naive Bayes classifier learns it, smoothed by [`DOUBT`]. Newer verdicts count more.
pub(super) fn deal(judged: &[&Judged]) -> Deal {
    let mut sums = [DOUBT * 2.0; 2];
    let mut found: std::collections::BTreeMap<Card, [f32; 2]> = std::collections::BTreeMap::new();
    let mut weight = 1.0;
    for one in judged.iter().rev() {
        let side = usize::from(one.accepted);
        sums[side] += weight;
        for card in cards(&one.take) {
            found.entry(card).or_insert([DOUBT; 2])[side] += weight;
        }
        weight *= 0.5_f32.powf(1.0 / HALF_LIFE);
    }
    let odds = found.into_iter().map(|(card, [rejected, accepted])| Odds {
        card,
        by: ((accepted / sums[1]) / (rejected / sums[0])).ln().clamp(-MOST, MOST),
    });
    Deal { odds: odds.filter(|odds| odds.by.abs() >= LEAST).collect() }
}

#[cfg(test)]
mod tests {
    use super::super::log::supposed;
    use super::*;
    use crate::board::heading::Daytime;
    use crate::board::{Line, Move, Scene};

    fn judged(moves: &[(&str, bool)]) -> Vec<Judged> {
        let of = |&(camera, accepted): &(&str, bool)| {
            let take: Take =
                serde_yaml::from_str(&format!("{{action: x, shots: [{{size: wide, move: {camera}, seconds: 4}}]}}"))
                    .unwrap();
            supposed(&take, &Scene::default(), &Line::default(), accepted)
        };
        moves.iter().map(of).collect()
    }

    fn by(moves: &[(&str, bool)], card: Card) -> f32 {
        let judged = judged(moves);
        deal(&judged.iter().collect::<Vec<_>>()).times(card).ln()
    }

    #[test]
    fn what_accepted_takes_have_is_dealt_more_often_and_what_all_have_is_not() {
        let verdicts =
            [("push-in", true), ("static", false), ("push-in", true), ("static", false), ("pan-left", false)];
        assert!(by(&verdicts, Card::Move(Move::PushIn)) > 0.8);
        assert!(by(&verdicts, Card::Move(Move::Static)) < -0.4);
        assert!(by(&verdicts, Card::Shots(1)).abs() < 0.2, "every take has one shot");
        assert!(deal(&[]).odds.is_empty());
    }

    #[test]
    fn the_time_of_day_that_a_take_proposed_is_a_card() {
        let take = |heading: &str| serde_yaml::from_str::<Take>(&format!("{{{heading} action: x}}")).unwrap();
        assert!(cards(&take("heading: EXT. SEA - NIGHT,")).contains(&Card::Time(Daytime::Night)));
        for none in ["", "heading: EXT. SEA - LATER,"] {
            assert!(!cards(&take(none)).iter().any(|card| matches!(card, Card::Time(_))), "{none}");
        }
    }

    #[test]
    fn one_verdict_teaches_little_and_none_more_than_the_most() {
        assert!(by(&[("push-in", true)], Card::Move(Move::PushIn)).abs() < 0.5);
        let many: Vec<(&str, bool)> =
            (0..60).map(|at| if at % 2 == 0 { ("push-in", true) } else { ("static", false) }).collect();
        assert!((by(&many, Card::Move(Move::PushIn)) - MOST).abs() < 1e-5);
    }

    #[test]
    fn a_change_of_mind_is_followed() {
        let mut verdicts = [("push-in", true), ("static", false)].repeat(15);
        verdicts.extend([("push-in", false), ("static", true)].repeat(15));
        assert!(by(&verdicts, Card::Move(Move::PushIn)) < 0.0);
    }
}
