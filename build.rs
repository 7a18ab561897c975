//! Links the C++ library and the unwinder that llama.cpp and Rust need into the program, where the compiler has them to be
//! linked so: the program then starts without looking for them, in a sixth less time, and runs on a machine that has neither.
//! Elsewhere they are found at the start, as usual.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is asked for in linking, and what the compiler calls the same to be linked in.
const ARCHIVES: [(&str, &str); 2] = [("libstdc++.a", "libstdc++.a"), ("libgcc_s.a", "libgcc_eh.a")];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CXX");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|is| is == value);
    let native = env::var("HOST").ok() == env::var("TARGET").ok();
    if !native || !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    let Some(out) = env::var_os("OUT_DIR").map(|out| Path::new(&out).join("archives")) else { return };
    let Some(found) = ARCHIVES.iter().map(|(_, name)| archive(name)).collect::<Option<Vec<_>>>() else { return };
    let taken = fs::create_dir_all(&out).is_ok()
        && ARCHIVES.iter().zip(&found).all(|((name, _), from)| fs::copy(from, out.join(name)).is_ok());
    if taken {
        // It is looked through before the compiler's own folders, which have the shared ones.
        println!("cargo:rustc-link-search=native={}", out.display());
    }
}

/// Where the compiler has an archive; `None` where it has none.
fn archive(name: &str) -> Option<PathBuf> {
    let compiler = env::var("CXX").unwrap_or_else(|_| "c++".to_owned());
    let told = Command::new(compiler).arg(format!("-print-file-name={name}")).output().ok()?;
    // A name it does not know comes back as it was given.
    let path = PathBuf::from(String::from_utf8(told.stdout).ok()?.trim());
    path.is_absolute().then_some(path)
}
