//! The cast: from a staging's name to a body or a thing, with its pose and its mood.

use crate::board::{Kind as List, Newcomer, Shot, Staging, Storyboard};
use crate::frame::figure::animal::{beast_head, beast_reach};
use crate::frame::figure::{self, Frame, Person, Skeleton};
use crate::frame::lexicon::{Beast, Bird, Mood, Pose, Prop, Words, first, lexicon};
use crate::frame::marks::Tone;
use crate::frame::set::solid::extent;
use crate::frame::space::{V3, v3};

/// What is drawn for a name.
#[derive(Debug, Clone, PartialEq)]
pub enum Being {
    /// A person.
    Person(Box<Person>),
    /// A robot of that height, as dark as that.
    Robot(f32, Tone),
    /// A four-legged animal, and its coat's colour where its look names one.
    Beast(&'static Beast, Option<Tone>),
    /// A bird.
    Bird(&'static Bird),
    /// A thing.
    Thing(&'static Prop),
    /// A thing no word is known for: a box with its name on it.
    Unknown,
}

/// Somebody or something on the stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Its name.
    pub name: String,
    /// What is drawn for it.
    pub being: Being,
    /// What it does.
    pub pose: Pose,
    /// What its face shows.
    pub mood: Mood,
    /// Its feet.
    pub place: V3,
    /// Where it looks: degrees to the frame's right of the camera.
    pub yaw: f32,
    /// Whether something is under it that it lies on.
    pub propped: bool,
    /// Whether it is a thing that lies on its side.
    pub tipped: bool,
    /// Whether its name is written by it.
    pub named: bool,
    /// Whether we look past it.
    pub shoulder: bool,
    /// Who holds it: a place in the cast.
    pub holder: Option<usize>,
}

/// How high the box of an unknown thing is, in metres.
const UNKNOWN: f32 = 0.45;

impl Actor {
    /// Somebody or something that stands at the origin and looks at the camera.
    #[must_use]
    pub fn new(name: &str, being: Being, pose: Pose, mood: Mood) -> Self {
        Self {
            name: name.to_owned(),
            being,
            pose,
            mood,
            place: v3(0.0, 0.0, 0.0),
            yaw: 0.0,
            propped: false,
            tipped: false,
            named: true,
            shoulder: false,
            holder: None,
        }
    }

    /// Whether it has a face.
    #[must_use]
    pub fn alive(&self) -> bool {
        !matches!(self.being, Being::Thing(_) | Being::Unknown)
    }

    /// Its joints, where it has a body of two legs.
    #[must_use]
    pub fn skeleton(&self) -> Option<Skeleton> {
        let frame = match &self.being {
            Being::Person(person) => person.frame,
            Being::Robot(height, _) => Frame { height: *height, head: 1.5, girth: 1.0 },
            _ => return None,
        };
        Some(Skeleton::new(frame, &self.pose, self.place, self.yaw))
    }

    /// How high and wide it is now, in metres.
    #[must_use]
    pub fn extent(&self) -> (f32, f32) {
        match &self.being {
            Being::Person(_) | Being::Robot(..) => {
                let body = self.skeleton();
                let top = body.as_ref().map_or(1.75, |body| body.crown().y.max(body.pelvis.y + 0.1) - self.place.y);
                (top, body.map_or(0.5, |body| 0.3 * body.height))
            }
            Being::Beast(beast, _) => (beast_head(beast, &self.pose).0 + beast.height * 0.15, beast_reach(beast) * 2.0),
            Being::Bird(bird) => (bird.height, bird.height),
            Being::Thing(prop) => {
                let (wide, high) = extent(prop);
                if self.tipped { (wide, high) } else { (high, wide) }
            }
            Being::Unknown => (UNKNOWN, 0.6),
        }
    }

    /// How high its eyes are, in metres above its place; its middle where it has none.
    #[must_use]
    pub fn eyes(&self) -> f32 {
        match (&self.being, self.skeleton()) {
            (_, Some(body)) => body.eyes().y - self.place.y,
            (Being::Beast(beast, _), _) => beast_head(beast, &self.pose).0,
            (Being::Bird(bird), _) => bird.height * 0.9,
            _ => self.extent().0 * 0.6,
        }
    }

    /// The height it has when it stands.
    #[must_use]
    pub fn standing(&self) -> f32 {
        match &self.being {
            Being::Person(person) => person.frame.height,
            Being::Robot(height, _) => *height,
            _ => self.extent().0,
        }
    }
}

/// The cast of a shot, in the staging's order; where nothing is staged, who the description names.
#[must_use]
pub fn cast(board: &Storyboard, newcomers: &[Newcomer], shot: &Shot, staged: &[Staging]) -> Vec<(Actor, Staging)> {
    let telling = Words::of(&shot.description);
    let alone = staged.len() == 1;
    staged
        .iter()
        .map(|staging| {
            let (being, now) = being(board, newcomers, staging);
            let words = staging.pose.as_deref().map(Words::of).unwrap_or_default();
            let known = lexicon()
                .pose(&words)
                .or_else(|| if words.is_empty() && alone { lexicon().pose(&telling) } else { None });
            let pose = known.cloned().unwrap_or_else(|| lexicon().standing());
            let mood =
                [&words, &telling, &Words::of(&now)].into_iter().map(figure::mood).find(|&mood| mood != Mood::Calm);
            let mut actor = Actor::new(&staging.subject, being, pose, mood.unwrap_or(Mood::Calm));
            actor.tipped = tipped(&actor, &words, &telling);
            (actor, staging.clone())
        })
        .collect()
}

/// Whether a thing that is higher than wide is said to lie or roll: by its own words, or by those it is named among.
fn tipped(actor: &Actor, words: &Words, telling: &Words) -> bool {
    let Being::Thing(prop) = &actor.being else { return false };
    let (wide, high) = extent(prop);
    let lies = &lexicon().looks.tipped;
    let named = || telling.find_words(&Words::of(&actor.name)).or(telling.find_any(&prop.words).map(|found| found.at));
    let told = || Some(telling.together(named()?, telling.find_any(lies)?.at));
    !prop.big && high > 1.3 * wide && (words.any(lies) || told().unwrap_or(false))
}

/// What a name stands for, and what is said of it now.
fn being(board: &Storyboard, newcomers: &[Newcomer], staging: &Staging) -> (Being, String) {
    let name: &str = &staging.subject;
    let known = board.bible.find(name).map(|(list, entry)| {
        let now = entry.now.as_deref().map(|now| now.to_string()).unwrap_or_default();
        (list, entry.look.to_string(), now)
    });
    let newcomer = || {
        newcomers
            .iter()
            .find(|new| new.name.to_lowercase() == name.to_lowercase())
            .map(|new| (new.kind, new.look.to_string(), String::new()))
    };
    match known.or_else(newcomer) {
        Some((List::Prop | List::Place, look, now)) => (thing(name, &look), now),
        Some((List::Character, look, now)) => {
            (alive(name, &look).unwrap_or_else(|| Being::Person(Box::new(Person::read(name, &look)))), now)
        }
        None => {
            let being = alive(name, "").unwrap_or_else(|| {
                // Whoever looks somewhere or holds a pose has a body.
                let body = staging.facing.is_some() || staging.pose.is_some();
                match thing(name, "") {
                    Being::Unknown if body => Being::Person(Box::new(Person::read(name, ""))),
                    thing => thing,
                }
            });
            (being, String::new())
        }
    }
}

/// A being that is no person, where the name or the beginning of the look says so.
fn alive(name: &str, look: &str) -> Option<Being> {
    let beings = &lexicon().beings;
    let opening: String = look.split([',', ';', '.']).next().unwrap_or_default().to_owned();
    [Words::of(name), Words::of(&opening)].iter().find_map(|words| {
        if let Some((robot, _)) = first(&beings.robots, words, |entry| &entry.words) {
            let person = Person::read(name, look);
            let height = if Words::of(look).len() > 1 { person.frame.height.min(2.6) } else { robot.height };
            return Some(Being::Robot(height, person.top));
        }
        let coat = || figure::colour(&Words::of(look));
        let beast = first(&beings.beasts, words, |entry| &entry.words).map(|(beast, _)| Being::Beast(beast, coat()));
        beast.or_else(|| first(&beings.birds, words, |entry| &entry.words).map(|(bird, _)| Being::Bird(bird)))
    })
}

/// The thing a name or its look means.
fn thing(name: &str, look: &str) -> Being {
    let thing = |text: &str| lexicon().thing(&Words::of(text));
    thing(name).or_else(|| thing(look)).map_or(Being::Unknown, Being::Thing)
}

/// Whether a name means many.
#[must_use]
pub fn is_crowd(name: &str) -> bool {
    Words::of(name).any(&lexicon().beings.crowds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board() -> Storyboard {
        serde_yaml::from_str(
            "{slateboard: 1, bible: {characters: [{name: PIP, look: 'maintenance robot the height of a child'}, {name: REX, look: 'a shaggy dog, old'}, {name: ADA, look: 'owns a dog'}], props: [{name: CORE, look: amber glass}, {name: ZORB}]}}",
        )
        .unwrap()
    }

    fn kind(yaml: &str) -> Being {
        let staging: Staging = serde_yaml::from_str(yaml).unwrap();
        being(&board(), &[], &staging).0
    }

    #[test]
    fn names_become_what_the_bible_says_they_are() {
        assert!(matches!(kind("{subject: PIP, position: left}"), Being::Robot(height, _) if height < 1.4));
        assert!(matches!(kind("{subject: REX, position: left}"), Being::Beast(_, None)));
        assert!(matches!(kind("{subject: CORE, position: left}"), Being::Thing(_)));
        assert!(matches!(kind("{subject: ZORB, position: left}"), Being::Unknown));
    }

    #[test]
    fn strangers_have_a_body_where_they_look_somewhere_or_hold_a_pose() {
        assert!(matches!(kind("{subject: X, position: left, pose: sitting}"), Being::Person(_)));
        assert!(matches!(kind("{subject: X, position: left}"), Being::Unknown));
        assert!(matches!(kind("{subject: a stray cat, position: left}"), Being::Beast(..)));
        assert!(matches!(kind("{subject: umbrella, position: left}"), Being::Thing(_)));
    }
}
