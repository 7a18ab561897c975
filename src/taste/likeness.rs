//! How alike two takes are, and how different those shown are from each other.

use std::collections::{BTreeMap, BTreeSet};

use super::words;
use crate::board::{Embedding, Field, Lock, Reading, Take};

/// Two takes at least this alike are the same idea in other words.
pub const NEAR_COPY: f32 = 0.6;

/// Two takes whose embeddings, seen from the middle of all, point at least this much the same way (a cosine) are the same
/// idea in other words. Of 1,984 pairs of takes that a small model wrote of four scenes, none of which a reader would call the
/// same, the nearest had 0.68, one in a hundred 0.54.
const SAME_WAY: f32 = 0.85;
/// Of fewer takes than this the middle says nothing.
const ENOUGH: usize = 4;

/// What of a take counts when takes are compared: its words and its shots, without what was locked.
#[derive(Debug, Clone, PartialEq)]
pub struct Gist {
    stems: BTreeSet<String>,
    pairs: BTreeSet<(String, String)>,
    shots: BTreeMap<String, usize>,
}

impl Gist {
    /// A take's gist. What its plan locked is left out: it is the same by wish.
    #[must_use]
    pub fn of(take: &Take) -> Self {
        let locked = take.provenance.plan.as_ref().map(|plan| plan.locked.as_slice()).unwrap_or_default();
        let is_free = |field: Field| !locked.contains(&Lock::Field(field));
        let mut texts: Vec<&str> = Vec::new();
        if is_free(Field::Action) {
            texts.push(&take.action);
        }
        if is_free(Field::Sound) {
            texts.push(&take.sound);
        }
        let lines = take.dialogue.iter().enumerate().filter(|(at, _)| !locked.contains(&Lock::Line(*at)));
        if is_free(Field::Dialogue) {
            texts.extend(lines.map(|(_, speech)| speech.line.as_str()));
        }
        let mut shots = BTreeMap::new();
        if is_free(Field::Shots) {
            for (_, shot) in take.shots.iter().enumerate().filter(|(at, _)| !locked.contains(&Lock::Shot(*at))) {
                texts.push(&shot.description);
                *shots.entry(format!("{} {} {}", shot.size, shot.angle, shot.camera)).or_default() += 1;
            }
        }
        let mut gist = Self { stems: BTreeSet::new(), pairs: BTreeSet::new(), shots };
        for text in texts {
            let stems: Vec<String> = words::content(text).map(|word| words::stem(&word)).collect();
            gist.pairs.extend(stems.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())));
            gist.stems.extend(stems);
        }
        gist
    }

    /// From 0 for nothing in common to 1 for the same: shared content words, pairs of them, and shots framed alike.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        let words = shared(&self.stems, &other.stems);
        let pairs = shared(&self.pairs, &other.pairs);
        let mut common = 0;
        for (shot, count) in &self.shots {
            common += count.min(other.shots.get(shot).unwrap_or(&0));
        }
        let most = self.shots.values().sum::<usize>().max(other.shots.values().sum());
        // Parts that neither has say nothing.
        let parts = [(words, 0.5), (pairs, 0.3), ((most > 0).then(|| share(common, most)), 0.2)];
        let weight: f32 = parts.iter().filter_map(|(part, weight)| part.map(|_| weight)).sum();
        let sum: f32 = parts.iter().filter_map(|(part, weight)| part.map(|part| part * weight)).sum();
        if weight > 0.0 { sum / weight } else { 0.0 }
    }
}

fn shared<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> Option<f32> {
    let common = a.intersection(b).count();
    let all = a.len() + b.len() - common;
    (all > 0).then(|| share(common, all))
}

#[expect(clippy::cast_precision_loss, reason = "counts within takes")]
fn share(part: usize, all: usize) -> f32 {
    part as f32 / all.max(1) as f32
}

/// How alike each two of some takes are: in their words and shots, and to the model that wrote them.
#[derive(Debug, Clone, PartialEq)]
pub struct Likenesses {
    gists: Vec<Gist>,
    /// Where each lies for the model, as a direction from the middle of all; none where that is not known of enough of them.
    directions: Vec<Option<Vec<f32>>>,
}

impl Likenesses {
    /// Of these takes, each with how the model read it. Only readings of the first one's model can be compared.
    #[must_use]
    pub fn new(takes: &[(&Take, Option<&Reading>)]) -> Self {
        let first = takes.iter().find_map(|(_, reading)| *reading);
        let comparable = |reading: &&Reading| {
            first.is_some_and(|first| {
                first.model == reading.model && first.embedding.numbers().len() == reading.embedding.numbers().len()
            })
        };
        let points: Vec<Option<&[f32]>> =
            takes.iter().map(|(_, reading)| reading.filter(comparable).map(|one| one.embedding.numbers())).collect();
        let known: Vec<&[f32]> = points.iter().copied().flatten().collect();
        let mut around = if known.len() < ENOUGH { Vec::new() } else { around_the_middle(&known) }.into_iter();
        let directions = points.iter().map(|point| point.and_then(|_| around.next())).collect();
        Self { gists: takes.iter().map(|(take, _)| Gist::of(take)).collect(), directions }
    }

    /// From 0 to 1, by the place of two among the takes; from [`NEAR_COPY`] on they are the same idea.
    #[must_use]
    pub fn between(&self, a: usize, b: usize) -> f32 {
        let read = match (self.directions.get(a), self.directions.get(b)) {
            (Some(Some(a)), Some(Some(b))) => (cosine(a, b) * NEAR_COPY / SAME_WAY).clamp(0.0, 1.0),
            _ => 0.0,
        };
        let told = self.gists.get(a).zip(self.gists.get(b)).map_or(0.0, |(a, b)| a.likeness(b));
        read.max(told)
    }
}

/// How different the takes shown were.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Diversity {
    /// Different pairs of neighbouring words over all of them (distinct-2, Li et al. 2016): 1 where none came twice.
    pub distinct_2: f32,
    /// One less the mean likeness of two takes.
    pub unlikeness: f32,
    /// Mean distance of two embeddings by the angle between them, around their common mean, halved to lie in 0..1;
    /// 0 where there are fewer than two.
    pub spread: f32,
}

/// The diversity of some takes.
#[must_use]
pub fn diversity(takes: &[&Take], embeddings: &[&Embedding]) -> Diversity {
    let mut pairs = Vec::new();
    for take in takes {
        for text in words::prose(take) {
            let lower: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            pairs.extend(lower.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())));
        }
    }
    let different: BTreeSet<&(String, String)> = pairs.iter().collect();
    let gists: Vec<Gist> = takes.iter().map(|take| Gist::of(take)).collect();
    let likeness: Vec<f32> = each_pair(&gists).map(|(a, b)| a.likeness(b)).collect();
    Diversity {
        distinct_2: share(different.len(), pairs.len()),
        unlikeness: if likeness.is_empty() { 0.0 } else { 1.0 - mean(&likeness) },
        spread: spread(embeddings),
    }
}

fn spread(embeddings: &[&Embedding]) -> f32 {
    let Some(width) = embeddings.first().map(|first| first.numbers().len()) else { return 0.0 };
    let same: Vec<&[f32]> =
        embeddings.iter().map(|embedding| embedding.numbers()).filter(|numbers| numbers.len() == width).collect();
    let units = around_the_middle(&same);
    let distances: Vec<f32> = each_pair(&units).map(|(a, b)| (1.0 - cosine(a, b)) / 2.0).collect();
    mean(&distances)
}

/// Points of the same width as directions from the middle of all of them, of length 1.
fn around_the_middle(points: &[&[f32]]) -> Vec<Vec<f32>> {
    let mut middle = vec![0.0_f32; points.first().map_or(0, |first| first.len())];
    for numbers in points {
        middle.iter_mut().zip(*numbers).for_each(|(sum, number)| *sum += number);
    }
    middle.iter_mut().for_each(|sum| *sum *= share(1, points.len()));
    let unit = |numbers: &&[f32]| -> Vec<f32> {
        let around: Vec<f32> = numbers.iter().zip(&middle).map(|(number, middle)| number - middle).collect();
        let length = around.iter().map(|number| number * number).sum::<f32>().sqrt().max(1e-12);
        around.iter().map(|number| number / length).collect()
    };
    points.iter().map(unit).collect()
}

/// Of two directions of length 1.
fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn each_pair<T>(list: &[T]) -> impl Iterator<Item = (&T, &T)> {
    list.iter().enumerate().flat_map(|(at, a)| list[at + 1..].iter().map(move |b| (a, b)))
}

fn mean(numbers: &[f32]) -> f32 {
    numbers.iter().sum::<f32>() * share(1, numbers.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Line, Plan};

    fn take(yaml: &str) -> Take {
        serde_yaml::from_str(yaml).unwrap()
    }

    const CLIMB: &str = "{action: Mara climbs the iron stair with the bottle., sound: wind., \
                         shots: [{size: wide, move: static, seconds: 4, description: The stair winds up into the dark.}]}";

    #[test]
    fn a_take_is_like_itself_and_unlike_another() {
        let climb = Gist::of(&take(CLIMB));
        let other =
            take("{action: Josef sorts letters., shots: [{size: close, seconds: 4, description: Hands and stamps.}]}");
        assert!((climb.likeness(&climb) - 1.0).abs() < 1e-6);
        assert!(climb.likeness(&Gist::of(&other)) < 0.1);
    }

    #[test]
    fn the_same_idea_with_a_word_changed_is_a_near_copy() {
        let changed = CLIMB.replace("climbs", "climbed up").replace("bottle.", "bottle again.");
        assert!(Gist::of(&take(CLIMB)).likeness(&Gist::of(&take(&changed))) > NEAR_COPY);
    }

    #[test]
    fn what_was_locked_makes_no_copy() {
        let locked = |sound: &str| {
            let mut take = take(&CLIMB.replace("wind.", sound));
            let plan = Plan { locked: vec![Lock::Field(Field::Action), Lock::Field(Field::Shots)], ..Plan::default() };
            take.provenance.plan = Some(plan);
            Gist::of(&take)
        };
        assert!(locked("a gull.").likeness(&locked("rain on glass.")) < 0.1);
    }

    #[test]
    fn nothing_is_diverse_about_the_same_take_twice() {
        let twice = [&take(CLIMB), &take(CLIMB)];
        let found = diversity(&twice, &[]);
        assert!((found.distinct_2 - 0.5).abs() < 0.01 && found.unlikeness.abs() < 1e-6, "{found:?}");
        assert_eq!(diversity(&[], &[]), Diversity::default());
    }

    #[test]
    fn takes_that_the_model_reads_alike_are_alike_whatever_their_words() {
        let words = ["Mara waits.", "Josef runs.", "A gull cries.", "Rain begins.", "Nobody answers."];
        let takes: Vec<Take> = words.iter().map(|words| take(&format!("{{action: {words}}}"))).collect();
        let read = |model: &str, numbers: &[f32]| Reading {
            model: Line::new(model).unwrap(),
            embedding: Embedding::new(numbers).unwrap(),
            likelihood: None,
        };
        let mut readings =
            vec![read("a", &[3.0, 1.0]), read("a", &[3.0, 1.1]), read("a", &[-3.0, 0.0]), read("a", &[0.0, -4.0])];
        readings.push(read("b", &[3.0, 1.0]));
        let pairs: Vec<(&Take, Option<&Reading>)> = takes.iter().zip(readings.iter().map(Some)).collect();
        let likenesses = Likenesses::new(&pairs);
        assert!(likenesses.between(0, 1) >= NEAR_COPY);
        assert!(likenesses.between(0, 2) < 0.1 && likenesses.between(1, 3) < 0.1);
        assert!(likenesses.between(0, 4) < 0.1, "another model's reading says nothing");
        assert!(Likenesses::new(&pairs[..3]).between(0, 1) < 0.1, "three have no middle");
    }

    #[test]
    fn opposite_embeddings_are_spread_widest() {
        let at = |numbers: &[f32]| Embedding::new(numbers).unwrap();
        assert!((spread(&[&at(&[1.0, 0.0]), &at(&[-1.0, 0.0])]) - 1.0).abs() < 1e-5);
        assert_eq!(spread(&[&at(&[1.0])]), 0.0);
    }
}
