//! Fencing the engine process in: no TCP, and of the file system only what running a model takes.
//!
//! llama.cpp reads files that strangers made. Landlock on Linux, as far as the kernel has it; nothing elsewhere.

use std::path::Path;

/// Fences this process in, with only these files of a person's to read; to be called before it starts threads. Answers
/// what holds, in words for the person.
#[must_use]
pub fn enter(files: &[&Path]) -> String {
    #[cfg(target_os = "linux")]
    {
        linux::enter(files).unwrap_or_else(|error| format!("none: {error}"))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = files;
        "none: this system has no Landlock".into()
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;

    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr,
        RulesetError, RulesetStatus, path_beneath_rules,
    };

    /// The newest set of rules this was written for; older kernels enforce what they know of it.
    const RULES: ABI = ABI::V5;
    /// Libraries, GPU drivers and what they read of the machine.
    const READ: &[&str] = &["/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/opt", "/nix", "/run/opengl-driver"];
    /// GPU devices are opened for writing.
    const WRITE: &[&str] = &["/dev"];

    pub(super) fn enter(files: &[&Path]) -> Result<String, RulesetError> {
        let read = AccessFs::from_read(RULES);
        let files = files.iter().map(|file| file.canonicalize().unwrap_or_else(|_| file.to_path_buf()));
        let status = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(RULES))?
            .handle_access(AccessNet::from_all(RULES))?
            .create()?
            .add_rules(path_beneath_rules(READ, read))?
            .add_rules(path_beneath_rules(WRITE, AccessFs::from_all(RULES)))?
            .add_rules(path_beneath_rules(files, read))?
            .restrict_self()?;
        Ok(match status.ruleset {
            RulesetStatus::FullyEnforced => "Landlock: no TCP, no files but the model and the system's libraries",
            RulesetStatus::PartiallyEnforced => "Landlock in part: this kernel cannot enforce all of it",
            RulesetStatus::NotEnforced => "none: this kernel has no Landlock",
        }
        .into())
    }
}
