//! What the TUI is measured against: the shortest program that shows a list with ratatui.

use std::io::{BufWriter, stdout};

use crossterm::event::{Event, KeyCode, read};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{List, ListState};

/// The argument that makes the benchmark this program.
pub(crate) const NAME: &str = "--bare-list";

pub(crate) fn run() {
    enable_raw_mode().unwrap();
    execute!(stdout(), EnterAlternateScreen).unwrap();
    let mut terminal = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, stdout()))).unwrap();
    let rows: Vec<String> = (0..500).map(|at| format!("{at:05} · EXT. SHORE - DAWN 12s")).collect();
    let mut state = ListState::default().with_selected(Some(0));
    loop {
        terminal
            .draw(|frame| {
                let list = List::new(rows.iter().map(String::as_str))
                    .highlight_style(Style::new().add_modifier(Modifier::REVERSED));
                frame.render_stateful_widget(list, frame.area(), &mut state);
            })
            .unwrap();
        match read().unwrap() {
            Event::Key(key) if key.code == KeyCode::Char('j') => state.select_next(),
            Event::Key(key) if key.code == KeyCode::Char('k') => state.select_previous(),
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            _ => {}
        }
    }
    execute!(stdout(), LeaveAlternateScreen).unwrap();
    disable_raw_mode().unwrap();
}
