//! The edit that leads from one board to another: a larger change that was made elsewhere enters the history, and the journal,
//! as one step, and only what differs is in it.

use std::collections::HashMap;

use super::bible::Kind;
use super::edit::{BoardChange, Edit};
use super::id::SceneId;
use super::scene::Scene;
use super::storyboard::Storyboard;

/// The edit that makes `from` into `to`; `None` where they are the same. Scenes are the same by their ids.
#[must_use]
pub fn towards(from: &Storyboard, to: &Storyboard) -> Option<Edit> {
    let mut edits: Vec<Edit> = fields(from, to).into_iter().map(Edit::Board).collect();
    bible(from, to, &mut edits);
    scenes(from, to, &mut edits);
    (!edits.is_empty()).then_some(Edit::Together(edits))
}

fn fields(from: &Storyboard, to: &Storyboard) -> Vec<BoardChange> {
    let changes = [
        (from.title != to.title).then(|| BoardChange::Title(to.title.clone())),
        (from.logline != to.logline).then(|| BoardChange::Logline(to.logline.clone())),
        (from.language != to.language).then(|| BoardChange::Language(to.language.clone())),
        (from.aspect != to.aspect).then(|| BoardChange::Aspect(to.aspect.clone())),
        (from.fps.to_bits() != to.fps.to_bits()).then_some(BoardChange::Fps(to.fps)),
        (from.style != to.style).then(|| BoardChange::Style(to.style.clone())),
        (from.tone != to.tone).then(|| BoardChange::Tone(to.tone.clone())),
        (from.extra != to.extra).then(|| BoardChange::Extra(to.extra.clone())),
    ];
    changes.into_iter().flatten().collect()
}

/// Lists keep what they begin with alike. All that goes is taken out before anything comes in: a name may only have moved.
fn bible(from: &Storyboard, to: &Storyboard, edits: &mut Vec<Edit>) {
    let alike = |kind: Kind| {
        let (old, new) = (from.bible.list(kind), to.bible.list(kind));
        old.iter().zip(new).take_while(|(old, new)| old == new).count()
    };
    for &kind in Kind::ALL {
        let removed = (alike(kind)..from.bible.list(kind).len()).rev();
        edits.extend(removed.map(|at| Edit::RemoveEntry { kind, at }));
    }
    for &kind in Kind::ALL {
        let added = to.bible.list(kind).iter().enumerate().skip(alike(kind));
        edits.extend(added.map(|(at, entry)| Edit::InsertEntry { kind, at, entry: Box::new(entry.clone()) }));
    }
}

fn scenes(from: &Storyboard, to: &Storyboard, edits: &mut Vec<Edit>) {
    let new: HashMap<SceneId, &Scene> = to.scenes.iter().map(|scene| (scene.id, scene)).collect();
    let mut order: Vec<SceneId> = Vec::with_capacity(to.scenes.len());
    for scene in &from.scenes {
        match new.get(&scene.id) {
            None => edits.push(Edit::RemoveScene { id: scene.id }),
            Some(changed) => {
                order.push(scene.id);
                if *changed != scene {
                    edits.push(Edit::ReplaceScene { scene: Box::new((*changed).clone()) });
                }
            }
        }
    }
    for (at, scene) in to.scenes.iter().enumerate() {
        if order.get(at) == Some(&scene.id) {
            continue;
        }
        match order.iter().skip(at).position(|id| *id == scene.id) {
            Some(further) => {
                let id = order.remove(at + further);
                edits.push(Edit::MoveScene { id, to: at });
            }
            None => edits.push(Edit::InsertScene { at, scene: Box::new(scene.clone()) }),
        }
        order.insert(at, scene.id);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::board::edit::tests::any_board;

    proptest! {
        #[test]
        fn the_edit_leads_there_and_its_inverse_back(from in any_board(), to in any_board(), keep in 0usize..8) {
            // Boards that share scenes, in another order and with other words.
            let mut to = to;
            for scene in from.scenes.iter().rev().take(keep) {
                let mut scene = scene.clone();
                if keep % 2 == 0 {
                    scene.brief = crate::board::Text::clipped("another brief", 40);
                }
                to.scenes.retain(|other| other.id != scene.id);
                to.scenes.insert(keep.min(to.scenes.len()), scene);
            }
            let mut reached = from.clone();
            match towards(&from, &to) {
                None => prop_assert_eq!(&from, &to),
                Some(edit) => {
                    let back = edit.apply(&mut reached).unwrap();
                    prop_assert_eq!(&reached, &to);
                    back.apply(&mut reached).unwrap();
                    prop_assert_eq!(&reached, &from);
                }
            }
        }
    }

    #[test]
    fn what_stays_is_not_in_the_edit() {
        let scene = |id: u128| Scene { id: SceneId::new(ulid::Ulid(id)), ..Scene::default() };
        let from = Storyboard { scenes: (1..=100).map(scene).collect(), ..Storyboard::default() };
        assert_eq!(towards(&from, &from), None);
        let mut to = from.clone();
        to.scenes.insert(3, scene(200));
        let Some(Edit::Together(edits)) = towards(&from, &to) else { panic!("they differ") };
        assert_eq!(edits.len(), 1);
    }
}
