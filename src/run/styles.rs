//! The styles of frames: the program's own, and a person's in `styles/` of the configuration folder.

use std::fs;

use crate::frame::Style;
use crate::store::Paths;

/// The most bytes a style may have.
const MOST_BYTES: u64 = 64 << 10;

/// The names of all styles: the program's, and those of files in the person's folder.
#[must_use]
pub fn names(paths: &Paths) -> Vec<String> {
    let files = fs::read_dir(paths.config.join("styles")).into_iter().flatten().flatten().map(|entry| entry.path());
    let yaml = files.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    let mut own: Vec<String> = yaml.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    own.sort();
    Style::names().map(str::to_owned).chain(own).collect()
}

/// The style of that name; `None` where there is none.
///
/// # Errors
/// In words, where a person's style cannot be read.
pub fn named(paths: &Paths, name: &str) -> Result<Option<Style>, String> {
    if let Some(style) = Style::named(name) {
        return style.map(Some).map_err(|error| error.to_string());
    }
    // A board's file names it: no other folder can be named.
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    if name.is_empty() || name.len() > 60 || !name.chars().all(plain) {
        return Ok(None);
    }
    let path = paths.config.join("styles").join(format!("{name}.yaml"));
    let large = match fs::metadata(&path) {
        Ok(data) => data.len() > MOST_BYTES,
        Err(_) => return Ok(None),
    };
    let said = |error: &dyn std::fmt::Display| format!("the style {}: {error}", path.display());
    if large {
        return Err(said(&"it is larger than a style can be"));
    }
    let yaml = fs::read_to_string(&path).map_err(|error| said(&error))?;
    Style::read(&yaml).map(Some).map_err(|error| said(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_of_ones_own_is_found_by_its_name_and_nothing_else_is() {
        let place = tempfile::tempdir().unwrap();
        let folder = |name: &str| place.path().join(name);
        let paths = Paths { config: folder("c"), data: folder("d"), state: folder("s"), cache: folder("x") };
        assert_eq!(named(&paths, "chalk"), Ok(None));
        fs::create_dir_all(folder("c/styles")).unwrap();
        let pencil = include_str!("../../themes/pencil.yaml").replace("name: pencil", "name: chalk");
        fs::write(folder("c/styles/chalk.yaml"), &pencil).unwrap();
        fs::write(folder("c/secret.yaml"), &pencil).unwrap();
        fs::write(folder("c/styles/broken.yaml"), "name: 3").unwrap();
        assert_eq!(named(&paths, "chalk").unwrap().unwrap().name, "chalk");
        assert_eq!(named(&paths, "ink").unwrap().unwrap().name, "ink");
        assert_eq!(named(&paths, "../secret"), Ok(None));
        assert!(named(&paths, "broken").unwrap_err().contains("broken.yaml"));
    }
}
