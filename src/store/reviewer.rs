//! Who sits here: the name that verdicts and locks carry.

use std::env;

use crate::board::Line;

/// The reviewer's name: `SLATEBOARD_REVIEWER`, else the login name, else "reviewer".
#[must_use]
pub fn name() -> Line {
    name_from(|variable| env::var(variable).ok())
}

fn name_from(variable: impl Fn(&str) -> Option<String>) -> Line {
    let names = ["SLATEBOARD_REVIEWER", "USER", "LOGNAME", "USERNAME"];
    let mut named = names.iter().filter_map(|name| variable(name)).map(|raw| Line::clipped(&raw, 80));
    named.find(|line| !line.is_empty()).unwrap_or_else(|| Line::clipped("reviewer", 80))
}

/// This machine's name; empty where the system does not say.
pub(super) fn host() -> Line {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = ["HOSTNAME", "HOST", "COMPUTERNAME"].iter().find_map(|name| env::var(name).ok());
    Line::clipped(&kernel.or(named).unwrap_or_default(), 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reviewer_is_who_the_environment_names_first() {
        let cases: [(&[(&str, &str)], &str); 5] = [
            (&[("SLATEBOARD_REVIEWER", "Anna"), ("USER", "root")], "Anna"),
            (&[("SLATEBOARD_REVIEWER", "  "), ("USER", "anna")], "anna"),
            (&[("LOGNAME", "bo")], "bo"),
            (&[("USER", "a\u{1b}[31mb\nc")], "a[31mb c"),
            (&[], "reviewer"),
        ];
        for (environment, expected) in cases {
            let found = name_from(|name| {
                environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            });
            assert_eq!(found, expected);
        }
    }
}
