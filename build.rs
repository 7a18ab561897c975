//! Makes a function of every message in `src/words/en.ftl`, named and with arguments as there, and a list of all languages.
//!
//! So a message that is missing, or lacks an argument, is an error of the build, and one that nobody says is a warning.
//! Messages of actions (`action-…`) and groups of them (`group-…`, `prefix-…`) are found by the action's id instead.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

const FOLDER: &str = "src/words";
/// Messages that are looked up by the id of what they name.
const BY_ID: [&str; 3] = ["action-", "group-", "prefix-"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={FOLDER}");
    let mut code = functions(&Path::new(FOLDER).join("en.ftl"))?;
    code.push_str(&languages()?);
    fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), code)?;
    Ok(())
}

fn functions(file: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    let resource = fluent_syntax::parser::parse(text.as_str())
        .map_err(|(_, errors)| format!("{}: {}", file.display(), errors[0]))?;
    let mut code = String::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name;
        if BY_ID.iter().any(|start| key.starts_with(start)) {
            continue;
        }
        let Some(pattern) = &message.value else { continue };
        let mut names = BTreeSet::new();
        variables(pattern, &mut names);
        let function = key.replace('-', "_");
        let takes: Vec<String> = names.iter().map(|name| format!("{name}: impl Into<Value>")).collect();
        let gives: Vec<String> = names.iter().map(|name| format!("({name:?}, {name}.into())")).collect();
        writeln!(code, "/// `{key}` of the language files.\n#[must_use]")?;
        writeln!(code, "pub(crate) fn {function}({}) -> Phrase {{", takes.join(", "))?;
        writeln!(code, "    Phrase::new({key:?}, vec![{}])\n}}", gives.join(", "))?;
    }
    Ok(code)
}

fn variables<'a>(pattern: &Pattern<&'a str>, names: &mut BTreeSet<&'a str>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            expression_variables(expression, names);
        }
    }
}

fn expression_variables<'a>(expression: &Expression<&'a str>, names: &mut BTreeSet<&'a str>) {
    match expression {
        Expression::Inline(inline) => inline_variables(inline, names),
        Expression::Select { selector, variants } => {
            inline_variables(selector, names);
            for variant in variants {
                variables(&variant.value, names);
            }
        }
    }
}

fn inline_variables<'a>(inline: &InlineExpression<&'a str>, names: &mut BTreeSet<&'a str>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            names.insert(id.name);
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                inline_variables(argument, names);
            }
        }
        InlineExpression::Placeable { expression } => expression_variables(expression, names),
        _ => {}
    }
}

/// Every file of the folder is a language; its name is the language's tag.
fn languages() -> Result<String, Box<dyn Error>> {
    let entries = fs::read_dir(FOLDER)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> =
        entries.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "ftl")).collect();
    files.sort();
    let mut code =
        String::from("/// Every language: its tag, and its file.\npub const LANGUAGES: &[(&str, &str)] = &[\n");
    for file in files {
        let tag = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let path = fs::canonicalize(&file)?;
        writeln!(code, "    ({tag:?}, include_str!({:?})),", path.display().to_string())?;
    }
    code.push_str("];\n");
    Ok(code)
}
