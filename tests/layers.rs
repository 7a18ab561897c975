//! The direction of dependencies, and what pure modules may not touch.

#![allow(clippy::panic, reason = "a test says what is wrong")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each module, and those it may stand on.
const LAYERS: &[(&str, &[&str])] = &[
    ("words", &[]),
    ("board", &[]),
    ("taste", &["board"]),
    ("store", &["board", "taste"]),
    ("engine", &["board", "taste"]),
    ("lettering", &[]),
    ("frame", &["board", "taste", "lettering"]),
    ("exchange", &["board", "taste", "lettering"]),
    ("term", &[]),
    ("app", &["words", "board", "taste"]),
    ("ui", &["words", "app", "board", "taste"]),
    ("run", &["words", "app", "board", "taste", "store", "engine", "lettering", "frame", "exchange", "term", "ui"]),
    (
        "verbs",
        &["words", "app", "board", "taste", "store", "engine", "lettering", "frame", "exchange", "term", "ui", "run"],
    ),
];

/// What the pure modules never name: files, threads, clocks, the environment, the terminal, the model.
const PURE: &[&str] = &["words", "board", "taste", "app"];
const IMPURE: &[&str] = &[
    "std::fs",
    "std::thread",
    "std::env",
    "std::process",
    "std::io",
    "std::net",
    "std::time::Instant",
    "std::time::SystemTime",
    "crossterm",
    "llama_cpp_2",
    "ratatui",
];

/// Lines of a file before its tests, at most.
const LONG: usize = 450;

/// The source files, with what stands before their tests.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, all: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap_or_else(|error| panic!("{error}")).path();
            if path.is_dir() {
                walk(&path, all);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test(&path) {
                let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                all.push((path, code));
            }
        }
    }
    let mut all = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    all
}

fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem == "tests")
}

/// The module under `src` that a file belongs to.
fn module(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).ok()?;
    let first = inside.components().next()?.as_os_str().to_string_lossy().into_owned();
    (inside.components().count() > 1).then_some(first)
}

/// The modules that a line of code names after `crate::`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).flat_map(|rest| {
        let group = rest.strip_prefix('{').and_then(|rest| rest.split('}').next());
        let parts = group.unwrap_or(rest).split(',').take(if group.is_some() { usize::MAX } else { 1 });
        parts.map(|part| part.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
    })
}

#[test]
fn dependencies_point_one_way() {
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        let Some(from) = module(&path) else { continue };
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == from) else {
            wrong.push(format!("{}: `{from}` has no place among the layers", path.display()));
            continue;
        };
        for (at, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for to in named(line) {
                let layer = LAYERS.iter().any(|(name, _)| *name == to);
                if layer && to != from && !allowed.contains(&to) {
                    wrong.push(format!("{}:{}: {from} → {to} points the wrong way", path.display(), at + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_modules_touch_nothing_outside() {
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        if !module(&path).is_some_and(|module| PURE.contains(&module.as_str())) {
            continue;
        }
        for (at, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for name in IMPURE.iter().filter(|name| line.contains(**name)) {
                wrong.push(format!("{}:{}: a pure module names {name}", path.display(), at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_terminal_module_draws_on_the_terminal() {
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        let inside = module(&path).unwrap_or_default();
        let writes = ["crossterm::execute", "crossterm::queue", "enable_raw_mode", "EnterAlternateScreen"];
        if inside != "term" && writes.iter().any(|name| code.contains(name)) {
            wrong.push(format!("{}: only src/term writes to the terminal", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_fits_in_the_head() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(path, code)| (path, code.lines().count()))
        .filter(|(_, lines)| *lines > LONG)
        .map(|(path, lines)| format!("{}: {lines} lines before its tests; {LONG} at most", path.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn an_arrow_the_wrong_way_is_seen() {
    let found: Vec<&str> = named("use crate::{store, ui::theme};").collect();
    assert_eq!(found, ["store", "ui"]);
    assert_eq!(named("    let x = crate::engine::gguf::inspect(p);").collect::<Vec<_>>(), ["engine"]);
}
