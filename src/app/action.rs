//! The one table of actions. Keys, footer, help and README are read from it.

use super::key::Key;
use super::model::Model;
use super::msg::Effect;
use super::now::Now;
use super::{editing, judging, keeping, moving, scenes, writing};

/// Something a person can do with a key.
pub struct Action {
    /// What it is called: one or two words, for footer and help.
    pub name: &'static str,
    /// What it does, in a sentence without its full stop.
    pub description: &'static str,
    /// The keys that do it, the first one shown in the footer.
    pub keys: &'static [&'static str],
    /// Whether the footer shows it.
    pub footer: bool,
    /// Whether it can be done now.
    pub when: fn(&Model) -> bool,
    /// Does it.
    pub run: fn(&mut Model, Now) -> Vec<Effect>,
}

/// All of them, in the order of help and footer.
pub static ACTIONS: &[Action] = &[
    Action {
        name: "generate",
        description: "let the model write takes of this scene",
        keys: &["g"],
        footer: true,
        when: writing::can_generate,
        run: writing::generate,
    },
    Action {
        name: "stop",
        description: "stop the takes being written",
        keys: &["esc", "ctrl-c"],
        footer: true,
        when: writing::is_writing,
        run: writing::stop,
    },
    Action {
        name: "accept",
        description: "accept this take: it becomes the picked one",
        keys: &["a"],
        footer: true,
        when: judging::can_judge,
        run: judging::accept,
    },
    Action {
        name: "reject",
        description: "reject this take: the next one is shown",
        keys: &["r"],
        footer: true,
        when: judging::can_judge,
        run: judging::reject,
    },
    Action {
        name: "reject why",
        description: "reject this take and say why",
        keys: &["R"],
        footer: false,
        when: judging::can_judge,
        run: judging::ask_reason,
    },
    Action {
        name: "next take",
        description: "show the next take",
        keys: &["l", "right", "tab"],
        footer: true,
        when: moving::has_takes,
        run: moving::next_take,
    },
    Action {
        name: "last take",
        description: "show the take before",
        keys: &["h", "left"],
        footer: false,
        when: moving::has_takes,
        run: moving::previous_take,
    },
    Action {
        name: "down",
        description: "go to the next scene",
        keys: &["j", "down"],
        footer: false,
        when: moving::has_rows,
        run: moving::down,
    },
    Action {
        name: "up",
        description: "go to the scene before",
        keys: &["k", "up"],
        footer: false,
        when: moving::has_rows,
        run: moving::up,
    },
    Action {
        name: "first",
        description: "go to the first scene",
        keys: &["home"],
        footer: false,
        when: moving::has_rows,
        run: moving::first,
    },
    Action {
        name: "last",
        description: "go to the last scene",
        keys: &["G", "end"],
        footer: false,
        when: moving::has_rows,
        run: moving::last,
    },
    Action {
        name: "read on",
        description: "scroll the take down",
        keys: &["ctrl-d", "pgdn", "space"],
        footer: false,
        when: moving::can_scroll_down,
        run: moving::scroll_down,
    },
    Action {
        name: "read back",
        description: "scroll the take up",
        keys: &["ctrl-u", "pgup"],
        footer: false,
        when: moving::can_scroll_up,
        run: moving::scroll_up,
    },
    Action {
        name: "open",
        description: "open the board under the cursor",
        keys: &["enter"],
        footer: true,
        when: keeping::can_open,
        run: keeping::open,
    },
    Action {
        name: "brief",
        description: "edit the scene's brief",
        keys: &["e", "enter"],
        footer: true,
        when: editing::can_edit_scene,
        run: editing::brief,
    },
    Action {
        name: "brief outside",
        description: "edit the scene's brief in $VISUAL or $EDITOR",
        keys: &["E"],
        footer: false,
        when: editing::can_edit_scene,
        run: editing::brief_outside,
    },
    Action {
        name: "texts",
        description: "edit any text of scene or take",
        keys: &["t"],
        footer: true,
        when: editing::can_edit_scene,
        run: editing::choose_field,
    },
    Action {
        name: "add",
        description: "add a scene after this one",
        keys: &["o"],
        footer: true,
        when: scenes::can_edit,
        run: scenes::add_after,
    },
    Action {
        name: "add before",
        description: "add a scene before this one",
        keys: &["O"],
        footer: false,
        when: scenes::can_edit,
        run: scenes::add_before,
    },
    Action {
        name: "duplicate",
        description: "duplicate this scene",
        keys: &["d"],
        footer: false,
        when: editing::can_edit_scene,
        run: scenes::duplicate_this,
    },
    Action {
        name: "delete",
        description: "delete this scene; undo brings it back",
        keys: &["x", "del"],
        footer: false,
        when: editing::can_edit_scene,
        run: scenes::delete,
    },
    Action {
        name: "move down",
        description: "move this scene down",
        keys: &["J"],
        footer: false,
        when: editing::can_edit_scene,
        run: scenes::move_down,
    },
    Action {
        name: "move up",
        description: "move this scene up",
        keys: &["K"],
        footer: false,
        when: editing::can_edit_scene,
        run: scenes::move_up,
    },
    Action {
        name: "renumber",
        description: "number all scenes anew",
        keys: &["N"],
        footer: false,
        when: editing::can_edit_scene,
        run: scenes::renumber_all,
    },
    Action {
        name: "undo",
        description: "take back the last change or verdict",
        keys: &["u"],
        footer: true,
        when: judging::can_undo,
        run: judging::undo,
    },
    Action {
        name: "redo",
        description: "do again what was taken back",
        keys: &["ctrl-r"],
        footer: false,
        when: judging::can_redo,
        run: judging::redo,
    },
    Action {
        name: "save",
        description: "write the YAML",
        keys: &["w", "ctrl-s"],
        footer: true,
        when: keeping::can_save,
        run: keeping::save,
    },
    Action { name: "help", description: "show all keys", keys: &["?"], footer: true, when: always, run: moving::help },
    Action {
        name: "suspend",
        description: "stop the program until the shell lets it go on",
        keys: &["ctrl-z"],
        footer: false,
        when: always,
        run: keeping::suspend,
    },
    Action {
        name: "quit",
        description: "save and leave",
        keys: &["q"],
        footer: true,
        when: always,
        run: keeping::quit,
    },
    Action {
        name: "leave unsaved",
        description: "leave without writing the YAML; the journal keeps every change",
        keys: &["Q"],
        footer: false,
        when: always,
        run: keeping::leave_unsaved,
    },
];

fn always(_: &Model) -> bool {
    true
}

/// What a key does now.
#[must_use]
pub fn action_for(model: &Model, key: Key) -> Option<&'static Action> {
    let bound = |action: &&Action| action.keys.iter().any(|name| name.parse() == Ok(key));
    ACTIONS.iter().filter(bound).find(|action| (action.when)(model))
}

/// The keys as a Markdown table, for the README.
#[must_use]
pub fn key_table() -> String {
    let rows = ACTIONS.iter().map(|action| {
        let keys: Vec<String> = action.keys.iter().map(|key| format!("`{key}`")).collect();
        format!("| {} | {} | {} |\n", keys.join(" "), action.name, action.description)
    });
    format!("| keys | action | what it does |\n| --- | --- | --- |\n{}", rows.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_in_the_table_is_one() {
        for action in ACTIONS {
            assert!(!action.keys.is_empty(), "{} has no key", action.name);
            for key in action.keys {
                assert!(key.parse::<Key>().is_ok(), "{key} of {}", action.name);
            }
        }
    }

    #[test]
    fn the_readme_shows_the_keys_as_they_are() {
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&key_table()), "put this into README.md:\n{}", key_table());
    }
}
