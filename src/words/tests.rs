//! What must hold of every language.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use super::keys::KEYS;
use super::lexicon::{Lexicon, choose};
use super::{LANGUAGES, Phrase};

/// Each message and attribute with the variables it names.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut message, mut at) = (String::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            message = key.to_owned();
            at.clone_from(&message);
            assert!(!found.contains_key(&at), "{at} is there twice");
        } else if let Some((name, _)) = line.trim_start().strip_prefix('.').and_then(|rest| rest.split_once(" =")) {
            at = format!("{message}.{name}");
        }
        let variables = line.split('$').skip(1).map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').next().unwrap_or_default().to_owned()
        });
        found.entry(at.clone()).or_default().extend(variables);
    }
    found.remove("");
    found
}

#[test]
fn every_language_has_every_message_with_the_same_variables_and_no_other() {
    let (_, english) = LANGUAGES.iter().find(|(tag, _)| *tag == "en").unwrap();
    let english = messages(english);
    assert!(english.len() > 50, "the messages are found");
    for (tag, text) in LANGUAGES {
        let theirs = messages(text);
        let missing: Vec<_> = english.keys().filter(|key| !theirs.contains_key(*key)).collect();
        let unused: Vec<_> = theirs.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && unused.is_empty(), "{tag}: missing {missing:?}, unused {unused:?}");
        for (key, variables) in &english {
            // A language may say a number in another way, but never name what is not given.
            assert!(theirs[key].is_subset(variables), "{tag}: {key} has {:?}, given {variables:?}", theirs[key]);
        }
    }
}

#[test]
fn every_message_has_its_function_and_every_function_its_message() {
    let (_, english) = LANGUAGES.iter().find(|(tag, _)| *tag == "en").unwrap();
    // Those of actions, groups of them and keys that begin others are found by what they name.
    let by_id = ["action-", "group-", "prefix-"];
    let mut said = messages(english);
    said.retain(|key, _| !by_id.iter().any(|start| key.starts_with(start)));
    let listed: BTreeMap<String, BTreeSet<String>> = KEYS
        .iter()
        .map(|(key, arguments)| ((*key).to_owned(), arguments.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    assert_eq!(said, listed);
}

#[test]
fn every_file_of_the_folder_is_a_language() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<String> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, LANGUAGES.iter().map(|(tag, _)| (*tag).to_owned()).collect::<Vec<_>>());
}

#[test]
fn every_message_is_said_without_an_error_in_every_language() {
    for (tag, text) in LANGUAGES {
        FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(_, errors)| panic!("{tag}: {errors:?}"));
        let sources: BTreeMap<&str, &str> = super::lexicon::entries(text).collect();
        for (key, variables) in messages(text) {
            let (message, attribute) =
                key.split_once('.').map_or((key.as_str(), None), |(key, part)| (key, Some(part)));
            // Each message as it is read alone: it can name no other.
            let mut bundle = FluentBundle::new(vec![tag.parse().unwrap()]);
            let resource = FluentResource::try_new(sources[message].to_owned()).unwrap();
            assert_eq!(resource.entries().count(), 1, "{tag}: {key}");
            bundle.add_resource(resource).unwrap();
            let message = bundle.get_message(message).unwrap_or_else(|| panic!("{tag}: {key}"));
            let pattern = match attribute {
                Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
                None => message.value(),
            };
            for number in [0.0, 1.0, 2.0, 5.0] {
                let mut arguments = FluentArgs::new();
                for name in &variables {
                    arguments.set(name.clone(), FluentValue::from(number));
                }
                let mut errors = Vec::new();
                let said = bundle.format_pattern(pattern.unwrap(), Some(&arguments), &mut errors);
                assert!(errors.is_empty() && !said.is_empty(), "{tag}: {key}: {errors:?}");
            }
        }
    }
}

#[test]
fn a_wish_finds_the_nearest_language() {
    for (wish, found) in
        [("zh_CN.UTF-8", "zh-CN"), ("zh", "zh-CN"), ("en_GB", "en"), ("C.UTF-8", "en"), ("", "en"), ("tlh", "en")]
    {
        assert_eq!(choose(wish), found, "{wish}");
    }
}

#[test]
fn a_phrase_inside_a_phrase_is_said_in_the_same_language() {
    let phrase = super::undone(super::scene_deleted("4"));
    assert_eq!(Lexicon::of("en").say(&phrase), "undone: deleted scene 4");
    assert_eq!(Lexicon::of("zh-CN").say(&phrase), "已撤销：删除第 4 场");
    assert_eq!(Lexicon::english().say(&Phrase::verbatim("as it is")), "as it is");
}
