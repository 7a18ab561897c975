//! Words on the clipboard of the person's machine.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Gives the text to tmux's buffer and, through it, to the clipboard outside; false where tmux is not there. By default
/// tmux ignores what a program inside asks of the clipboard itself.
pub(super) fn through_tmux(text: &str) -> bool {
    if std::env::var_os("TMUX").is_none() {
        return false;
    }
    let tmux = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut tmux) = tmux else { return false };
    let text = text.to_owned();
    // tmux reads at its own pace, and the loop waits for nobody.
    let waiter = std::thread::Builder::new().name("clipboard".into()).spawn(move || {
        if let Some(mut stdin) = tmux.stdin.take() {
            // Where tmux has gone there is no clipboard.
            let _ = stdin.write_all(text.as_bytes());
        }
        let _ = tmux.wait();
    });
    waiter.is_ok()
}
