//! Which scene of a board a scene of a script is.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};

use crate::board::Scene;

/// From this share of common words on, two scenes with the same number are one.
const WITH_NUMBER: f32 = 0.35;
/// The same for two with the same heading.
const WITH_HEADING: f32 = 0.2;
/// The same for two that have nothing else in common.
const ALONE: f32 = 0.5;

/// For each new scene the place of the old one that it is. Each old one is given once.
pub(super) fn matches(old: &[&Scene], new: &[Scene]) -> Vec<Option<usize>> {
    let mut pairing = Pairing {
        old: old.iter().map(|scene| Looks::of(scene)).collect(),
        new: new.iter().map(Looks::of).collect(),
        found: vec![None; new.len()],
        given: vec![false; old.len()],
    };
    pairing.by_key(|looks| Some(looks.id).filter(|id| *id != 0), |_| true);
    pairing.by_key(|looks| Some(hashed((&looks.heading, &looks.words))), |_| true);
    pairing.by_key(|looks| (!looks.number.is_empty()).then(|| hashed((&looks.number, &looks.heading))), |_| true);
    pairing.by_key(|looks| looks.imported.clone(), |_| true);
    pairing.by_words(|old, new| old.heading == new.heading, WITH_HEADING);
    pairing.by_words(|_, _| true, ALONE);
    // A script without numbers is counted through, so a number alone says little and comes late.
    pairing.by_key(|looks| (!looks.number.is_empty()).then(|| hashed(&looks.number)), |alike| alike >= WITH_NUMBER);
    pairing.by_key(|looks| (!looks.heading.is_empty()).then(|| hashed(&looks.heading)), |_| true);
    pairing.found
}

/// What a scene is known by.
struct Looks {
    id: u128,
    number: String,
    heading: String,
    /// Hashes of its different words, in order.
    words: Vec<u64>,
    /// What the script said of it when it was imported, also where that take has been rejected since.
    imported: Option<String>,
}

impl Looks {
    fn of(scene: &Scene) -> Self {
        let lower = super::said(scene).to_lowercase();
        let words: HashSet<u64> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(hashed).collect();
        let mut words: Vec<u64> = words.into_iter().collect();
        words.sort_unstable();
        let id = scene.id.to_string().parse::<ulid::Ulid>().map_or(0, u128::from);
        let imported = super::Memory::of(scene).words;
        Self { id, number: scene.number.to_lowercase(), heading: scene.heading.to_lowercase(), words, imported }
    }

    /// The share of words in common, from 0 to 1 (Dice's coefficient).
    fn alike(&self, other: &Self) -> f32 {
        let (mut one, mut two, mut common) = (0, 0, 0_usize);
        while let (Some(a), Some(b)) = (self.words.get(one), other.words.get(two)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => one += 1,
                std::cmp::Ordering::Greater => two += 1,
                std::cmp::Ordering::Equal => {
                    common += 1;
                    one += 1;
                    two += 1;
                }
            }
        }
        let all = self.words.len() + other.words.len();
        #[expect(clippy::cast_precision_loss, reason = "a scene has at most thousands of words")]
        let share = 2.0 * common as f32 / all.max(1) as f32;
        share
    }
}

struct Pairing {
    old: Vec<Looks>,
    new: Vec<Looks>,
    found: Vec<Option<usize>>,
    given: Vec<bool>,
}

impl Pairing {
    /// Pairs what has the same key, in order, where the words are alike enough.
    fn by_key<K: Hash + Eq>(&mut self, key: impl Fn(&Looks) -> Option<K>, enough: impl Fn(f32) -> bool) {
        let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
        for at in (0..self.old.len()).rev().filter(|&at| !self.given[at]) {
            if let Some(key) = key(&self.old[at]) {
                waiting.entry(key).or_default().push(at);
            }
        }
        for at in 0..self.new.len() {
            if self.found[at].is_some() {
                continue;
            }
            let Some(places) = key(&self.new[at]).and_then(|key| waiting.get_mut(&key)) else { continue };
            let Some(&place) = places.last() else { continue };
            if enough(self.old[place].alike(&self.new[at])) {
                places.pop();
                self.pair(at, place);
            }
        }
    }

    /// Pairs the most alike first.
    fn by_words(&mut self, may: impl Fn(&Looks, &Looks) -> bool, least: f32) {
        let mut pairs = Vec::new();
        for (at, new) in self.new.iter().enumerate().filter(|(at, _)| self.found[*at].is_none()) {
            for (place, old) in self.old.iter().enumerate().filter(|(place, _)| !self.given[*place]) {
                // Sets of very different sizes cannot be alike: most pairs end here.
                let (few, many) = (old.words.len().min(new.words.len()), old.words.len() + new.words.len());
                #[expect(clippy::cast_precision_loss, reason = "a scene has at most thousands of words")]
                let most = 2.0 * few as f32 / many.max(1) as f32;
                if most >= least && may(old, new) {
                    let alike = old.alike(new);
                    if alike >= least {
                        pairs.push((alike, at.abs_diff(place), at, place));
                    }
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, _, at, place) in pairs {
            if self.found[at].is_none() && !self.given[place] {
                self.pair(at, place);
            }
        }
    }

    fn pair(&mut self, at: usize, place: usize) {
        self.found[at] = Some(place);
        self.given[place] = true;
    }
}

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
