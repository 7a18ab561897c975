//! The fonts of the machine, for scripts that the built-in ones do not have.

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use rustybuzz::Face;

use super::FONT_BYTES;

/// So many files are looked at, at most.
const MOST_FILES: usize = 4000;

/// Where this kind of machine keeps its fonts.
pub(super) fn folders(variable: impl Fn(&str) -> Option<String>) -> Vec<PathBuf> {
    let home = variable("HOME").or_else(|| variable("USERPROFILE")).map(PathBuf::from);
    let mut folders: Vec<PathBuf> = if cfg!(target_os = "macos") {
        ["/System/Library/Fonts", "/Library/Fonts"].map(PathBuf::from).into()
    } else if cfg!(windows) {
        variable("WINDIR").map(|windows| Path::new(&windows).join("Fonts")).into_iter().collect()
    } else {
        ["/usr/share/fonts", "/usr/local/share/fonts"].map(PathBuf::from).into()
    };
    for own in [".local/share/fonts", ".fonts", "Library/Fonts"] {
        folders.extend(home.iter().map(|home| home.join(own)));
    }
    folders
}

/// Fonts that have the characters between them, as few as will do; what no font has stays in `wanted`.
pub(super) fn having(wanted: &mut BTreeSet<char>, folders: &[PathBuf]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    for path in files(folders) {
        let Ok(bytes) = fs::read(&path) else { continue };
        // Of a collection the first font: it is the one for general use.
        let Some(face) = Face::from_slice(&bytes, 0) else { continue };
        let before = wanted.len();
        wanted.retain(|&c| face.glyph_index(c).is_none_or(|glyph| glyph.0 == 0));
        drop(face);
        if wanted.len() < before {
            found.push(bytes);
        }
        if wanted.is_empty() {
            break;
        }
    }
    found
}

/// Font files in those folders and below, upright ones of usual weight first.
fn files(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut waiting: VecDeque<PathBuf> = folders.iter().cloned().collect();
    let mut files = Vec::new();
    let mut looked_at = 0;
    while let Some(folder) = waiting.pop_front() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            looked_at += 1;
            if looked_at > MOST_FILES {
                return in_order(files);
            }
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                waiting.push_back(entry.path());
            } else if is_font(&entry.path()) && fs::metadata(entry.path()).is_ok_and(|data| data.len() <= FONT_BYTES) {
                files.push(entry.path());
            }
        }
    }
    in_order(files)
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    matches!(ending.as_deref(), Some("ttf" | "otf" | "ttc" | "otc"))
}

fn in_order(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    let rank = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let plain =
            !["bold", "italic", "oblique", "light", "thin", "black", "mono"].iter().any(|word| name.contains(word));
        (!plain, !name.contains("sans"), name)
    };
    files.sort_by_cached_key(rank);
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_found_in_folders_below_and_only_those_that_bring_something() {
        let place = tempfile::tempdir().unwrap();
        let below = place.path().join("truetype/dejavu");
        fs::create_dir_all(&below).unwrap();
        let droid = include_bytes!("fonts/DroidSansFallbackFull.ttf");
        let dejavu = include_bytes!("fonts/DejaVuSansCondensed.ttf");
        fs::write(below.join("A-Sans.ttf"), dejavu).unwrap();
        fs::write(below.join("B-Sans.ttf"), dejavu).unwrap();
        fs::write(below.join("C-Sans.ttf"), droid).unwrap();
        fs::write(below.join("broken.otf"), b"no font").unwrap();
        fs::write(place.path().join("readme.txt"), droid).unwrap();
        let folders = [place.path().to_owned(), place.path().join("nowhere")];
        let mut wanted: BTreeSet<char> = "aж灯\u{10FFFD}".chars().collect();
        let found = having(&mut wanted, &folders);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [dejavu.len(), droid.len()]);
        assert_eq!(wanted.into_iter().collect::<String>(), "\u{10FFFD}");
        assert!(having(&mut BTreeSet::new(), &folders).is_empty());
    }

    #[test]
    fn a_machine_without_a_home_still_has_its_own_fonts() {
        assert!(cfg!(windows) || !folders(|_| None).is_empty());
        assert!(folders(|name| (name == "HOME").then(|| "/h".into())).contains(&PathBuf::from("/h/.fonts")));
    }
}
