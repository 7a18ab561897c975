//! `slateboard config`: what is in force of everything a person can choose, and where it came from.

use std::fmt::Write as _;

use clap::Args;
use serde_json::{Value, json};

use super::{Failure, boards, out};
use crate::app::config::Config as ConfigFile;
use crate::app::keymap::Keymap;
use crate::run::setup::{Effective, Setup, Source};
use crate::store::Paths;
use crate::words::Lexicon;

/// Print what is in force of config.yaml and keymap.yaml, and where each value came from
#[derive(Debug, Args)]
pub struct Config {
    /// Print as JSON
    #[arg(long, conflicts_with = "schema")]
    json: bool,
    /// Print the JSON Schema of config.yaml
    #[arg(long)]
    schema: bool,
}

impl Config {
    /// Prints it. Something wrong in a file is told and is no failure of the verb: the rest of the file holds.
    ///
    /// # Errors
    /// Where there are no folders, or stdout cannot be written.
    pub fn run(self) -> Result<(), Failure> {
        if self.schema {
            return out::json(&schemars::schema_for!(ConfigFile));
        }
        let paths = Paths::from_env()?;
        let setup = Setup::read(&paths);
        let lexicon = Lexicon::of(&setup.settings.language);
        let complaints: Vec<String> = setup.complaints.iter().map(|one| lexicon.say(one)).collect();
        let keys = own_keys(&setup.settings.keymap);
        if self.json {
            let values: Vec<Value> = setup
                .values
                .iter()
                .map(|one| {
                    json!({
                        "name": one.name, "value": one.value, "from": source(&one.from),
                    })
                })
                .collect();
            return out::json(&json!({
                "folder": paths.config, "values": values, "keys": keys, "themes": setup.settings.themes,
                "complaints": complaints,
            }));
        }
        out::print(&report(&paths, &setup, &keys, &complaints))
    }
}

/// Bindings that are not the program's own.
fn own_keys(map: &Keymap) -> Vec<Value> {
    let default = Keymap::own();
    let own = map.bindings().iter().filter(|binding| !default.bindings().contains(binding));
    own.map(|binding| {
        let does = format!("{} {}", binding.action.id, binding.argument);
        json!({ "keys": binding.chord.to_string(), "does": does.trim() })
    })
    .collect()
}

fn report(paths: &Paths, setup: &Setup, keys: &[Value], complaints: &[String]) -> String {
    let mut text = format!("# {}\n", boards::shown(&paths.config.join("config.yaml")));
    for Effective { name, value, from } in &setup.values {
        let _ = writeln!(text, "{:<32}# {}", format!("{name}: {value}"), source(from));
    }
    let _ = writeln!(text, "\n# {}", boards::shown(&paths.config.join("keymap.yaml")));
    for key in keys {
        let word = |name: &str| key[name].as_str().unwrap_or_default().to_owned();
        let _ = writeln!(text, "{}: {}", Value::from(word("keys")), word("does"));
    }
    let _ = writeln!(text, "\n# themes: {}", setup.settings.themes.join(", "));
    for complaint in complaints {
        let _ = writeln!(text, "# ! {}", crate::board::text::clean(complaint));
    }
    text
}

fn source(from: &Source) -> String {
    match from {
        Source::Default => "default".to_owned(),
        Source::Chosen => "chosen in the program".to_owned(),
        Source::File(file, line) => format!("{}:{line}", boards::shown(file)),
        Source::Environment(name) => format!("environment, {name}"),
        Source::Account => "account".to_owned(),
    }
}
