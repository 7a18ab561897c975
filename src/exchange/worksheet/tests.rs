use super::*;
use crate::exchange::fixture::{self, Grey};
use crate::exchange::{Options, Selection};

fn board_of(shots: usize) -> crate::board::Storyboard {
    let mut board = fixture::keeper();
    let take = &mut board.scenes[0].takes[0];
    take.shots = std::iter::repeat_n(take.shots[0].clone(), shots).collect();
    board
}

#[test]
fn every_number_of_panels_fills_its_grid() {
    for panels in Pages::PANELS {
        for orientation in Orientation::ALL {
            let pages = Pages { panels, orientation: *orientation, ..Pages::default() };
            let (columns, rows) = pages.grid();
            assert_eq!(columns * rows, usize::from(panels), "{panels} {orientation}");
        }
    }
}

#[test]
fn pages_leave_memory_as_they_are_made() {
    let board = board_of(60);
    let selection = Selection::default();
    let options = Options { pages: Pages { panels: 6, ..Pages::default() }, ..Options::default() };
    let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    struct Counted(std::rc::Rc<std::cell::Cell<usize>>);
    impl Write for Counted {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.set(self.0.get() + bytes.len());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let written = std::rc::Rc::new(std::cell::Cell::new(0));
    let seen = written.clone();
    let mut at_page = Vec::new();
    let mut watch = |done: usize, _: usize| {
        if done.is_multiple_of(6) {
            at_page.push(seen.get());
        }
        ControlFlow::Continue(())
    };
    write(&order, &mut Counted(written.clone()), &mut Report::default(), &mut watch).unwrap();
    assert_eq!(at_page.len(), 10);
    let steps: Vec<usize> = at_page.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(steps.iter().all(|step| *step > 1000), "each page is written before the next is begun: {steps:?}");
}

#[test]
fn a_worksheet_says_what_did_not_fit_and_what_no_font_has() {
    let mut board = board_of(1);
    let shot = &mut board.scenes[0].takes[0].shots[0];
    // A place of Unicode that is empty: whatever fonts a machine has, none has this.
    shot.description = crate::board::Text::new(&"\u{3fff0} a long description ".repeat(300)).unwrap();
    let (selection, options) = (Selection::default(), Options::default());
    let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    let mut report = Report::default();
    let mut out = Vec::new();
    let mut watch = |_: usize, _: usize| ControlFlow::Continue(());
    write(&order, &mut out, &mut report, &mut watch).unwrap();
    assert!(report.left_out.iter().any(|left| left.contains("did not fit")), "{report:?}");
    assert!(report.left_out.iter().any(|left| left.contains('\u{3fff0}')), "{report:?}");
    assert!(out.starts_with(b"%PDF-1.7") && out.ends_with(b"%%EOF\n"));
}
