//! `slateboard man`: the manual page, made from the command line itself so that the two cannot differ.

use std::fmt::Write as _;

use clap::{Args, CommandFactory as _};
use clap_mangen::Man as Page;

use super::{Cli, Failure, out};

/// Print the manual page
#[derive(Debug, Args)]
pub struct Man {}

impl Man {
    /// Prints it.
    ///
    /// # Errors
    /// Where stdout cannot be written.
    pub fn run(self) -> Result<(), Failure> {
        out::print(&page()?)
    }
}

/// The whole manual as one page: clap_mangen makes a page a verb, which nobody would install one by one.
fn page() -> Result<String, Failure> {
    let mut command = Cli::command();
    command.build();
    let mut roff = render(|out| Page::new(command.clone()).render(out))?;
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set() && verb.get_name() != "help") {
        let page = Page::new(verb.clone());
        let body = render(|out| {
            page.render_synopsis_section(out)?;
            page.render_description_section(out)?;
            page.render_options_section(out)
        })?;
        // A verb's sections become subsections under its name.
        let name = verb.get_name().to_uppercase();
        let _ = writeln!(roff, ".SH \"THE VERB {name}\"\n{}", body.replace(".SH ", ".SS "));
    }
    Ok(roff)
}

fn render(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Result<String, Failure> {
    let mut out = Vec::new();
    write(&mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_tells_every_verb_that_help_shows() {
        let page = page().unwrap();
        for verb in Cli::command().get_subcommands().filter(|verb| !verb.is_hide_set()) {
            assert!(page.contains(&format!("THE VERB {}", verb.get_name().to_uppercase())), "{}", verb.get_name());
        }
    }
}
