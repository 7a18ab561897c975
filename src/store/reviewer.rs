//! Who sits here: the name that verdicts and locks carry. It must be the same wherever a person logs in: in tmux, over ssh
//! and from cron the environment names the account differently or not at all, the account itself does not change.

use std::env;
use std::fs;
use std::sync::OnceLock;

use super::Paths;
use crate::board::Line;

/// The variable that names the reviewer before anything else does.
pub const VARIABLE: &str = "SLATEBOARD_REVIEWER";

/// Where a reviewer's name came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// [`VARIABLE`].
    Environment,
    /// `reviewer` in `config.yaml`.
    Config,
    /// The account that the program runs in.
    Account,
}

/// The reviewer's name: `SLATEBOARD_REVIEWER`, else `reviewer` in `config.yaml`, else the account's, else "reviewer".
#[must_use]
pub fn name() -> Line {
    match Paths::from_env() {
        Ok(paths) => of(&paths).0,
        Err(_) => name_from(&variable, None, account()).0,
    }
}

/// The same, by the configuration in these folders, with where it came from.
#[must_use]
pub fn of(paths: &Paths) -> (Line, Named) {
    name_from(&variable, configured(paths), account())
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

fn name_from(
    variable: &dyn Fn(&str) -> Option<String>,
    configured: Option<String>,
    account: Option<String>,
) -> (Line, Named) {
    // Only where the system does not know the account, as in some containers, is the environment asked.
    let account = account.into_iter().chain(["USER", "LOGNAME", "USERNAME"].iter().filter_map(|name| variable(name)));
    let named = variable(VARIABLE).into_iter().map(|raw| (raw, Named::Environment));
    let named = named.chain(configured.map(|raw| (raw, Named::Config)));
    let mut named =
        named.chain(account.map(|raw| (raw, Named::Account))).map(|(raw, of)| (Line::clipped(&raw, 80), of));
    named.find(|(line, _)| !line.is_empty()).unwrap_or_else(|| (Line::clipped("reviewer", 80), Named::Account))
}

/// What `config.yaml` says; whatever else is in it, and wrong, is told elsewhere.
fn configured(paths: &Paths) -> Option<String> {
    let text = fs::read_to_string(paths.config.join("config.yaml")).ok()?;
    let config: serde_yaml::Value = serde_yaml::from_str(&text).ok()?;
    config.get("reviewer")?.as_str().map(str::to_owned)
}

#[cfg(unix)]
fn account() -> Option<String> {
    /// Asking takes a look through the system's files, or over its network.
    static KNOWN: OnceLock<Option<String>> = OnceLock::new();
    let ask = || Some(uzers::get_user_by_uid(uzers::get_current_uid())?.name().to_string_lossy().into_owned());
    KNOWN.get_or_init(ask).clone()
}

#[cfg(not(unix))]
fn account() -> Option<String> {
    None
}

/// This machine's name; empty where the system does not say.
pub(super) fn host() -> Line {
    let kernel = fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = ["HOSTNAME", "HOST", "COMPUTERNAME"].iter().find_map(|name| env::var(name).ok());
    Line::clipped(&kernel.or(named).unwrap_or_default(), 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_has_one_name_wherever_they_log_in() {
        type Case<'a> = (&'a [(&'a str, &'a str)], Option<&'a str>, Option<&'a str>, &'a str, Named);
        let cases: [Case<'_>; 7] = [
            (&[(VARIABLE, "Anna"), ("USER", "root")], Some("Bo"), Some("an"), "Anna", Named::Environment),
            (&[(VARIABLE, "  "), ("USER", "root")], Some("Bo"), Some("an"), "Bo", Named::Config),
            (&[("USER", "root"), ("LOGNAME", "deploy")], None, Some("an"), "an", Named::Account),
            (&[], None, Some("an"), "an", Named::Account),
            (&[("LOGNAME", "bo")], None, None, "bo", Named::Account),
            (&[("USER", "a\u{1b}[31mb\nc")], None, None, "a[31mb c", Named::Account),
            (&[], None, None, "reviewer", Named::Account),
        ];
        for (environment, configured, account, expected, named) in cases {
            let variable =
                |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
            let found = name_from(&variable, configured.map(str::to_owned), account.map(str::to_owned));
            assert_eq!((found.0.as_str(), found.1), (expected, named));
        }
    }

    #[test]
    fn the_configuration_names_the_reviewer_even_where_other_entries_are_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let paths = Paths { config: at("c"), data: at("d"), state: at("s"), cache: at("x") };
        assert_eq!(configured(&paths), None);
        fs::create_dir_all(&paths.config).unwrap();
        fs::write(paths.config.join("config.yaml"), "thmee: x\nreviewer: Anna\n").unwrap();
        assert_eq!(configured(&paths).as_deref(), Some("Anna"));
    }
}
