use super::*;
use crate::board::{Line, Text};
use crate::exchange::fixture::{self, Grey};
use crate::exchange::{Options, Selection};

fn written(board: &crate::board::Storyboard) -> String {
    let (selection, options) = (Selection::default(), Options::default());
    let order = Order { board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    let mut out = Vec::new();
    let mut watch = |_: usize, _: usize| ControlFlow::Continue(());
    write(&order, &mut out, &mut watch).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_page_holds_everything_and_fetches_nothing() {
    let page = written(&fixture::keeper());
    assert_eq!(page.matches("data:image/png;base64,").count(), 2);
    assert!(page.contains("default-src 'none'"));
    for fetched in ["http://", "https://", "url(", "@import"] {
        let hits: Vec<&str> =
            page.lines().filter(|line| line.contains(fetched) && !line.contains("digital-source-type")).collect();
        assert!(hits.is_empty(), "{hits:?}");
    }
}

#[test]
fn nothing_of_a_board_is_run() {
    let mut board = fixture::keeper();
    let evil = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    board.title = Line::new(evil).unwrap();
    board.language = Line::new(evil).unwrap();
    let scene = &mut board.scenes[0];
    scene.number = Line::new(evil).unwrap();
    scene.heading = Line::new(evil).unwrap();
    scene.takes[0].dialogue[0].line = Text::new(evil).unwrap();
    scene.takes[0].shots[0].description = Text::new(evil).unwrap();
    let page = written(&board);
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x"));
    assert_eq!(page.matches("</script>").count(), 2);
}

#[test]
fn a_stopped_page_is_no_page() {
    let board = fixture::keeper();
    let (selection, options) = (Selection::default(), Options::default());
    let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    let mut watch = |done: usize, _: usize| if done == 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let stopped = write(&order, &mut Vec::new(), &mut watch);
    assert!(matches!(stopped, Err(ExportError::Stopped)));
}
