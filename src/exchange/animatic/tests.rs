use super::*;
use crate::exchange::fixture::{self, Grey};
use crate::exchange::{Options, Selection};

fn board() -> crate::board::Storyboard {
    let mut board = fixture::keeper();
    board.scenes[0].takes[0].shots[1].description = crate::board::Text::new("x").unwrap();
    board
}

fn options(captions: Captions) -> Options {
    Options { size: (64, 36), captions, ..Options::default() }
}

fn go() -> impl FnMut(usize, usize) -> ControlFlow<()> {
    |_, _| ControlFlow::Continue(())
}

#[test]
fn a_film_lasts_as_long_as_its_shots() {
    let board = board();
    let (selection, options) = (Selection::default(), options(Captions::Absent));
    let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    let reel = Reel::new(&board, &selection);
    let film = Film::new(&order, &reel, 24, 1).unwrap();
    let (mut all, mut drawn) = (0, 0);
    film.play(&mut go(), |picture| {
        all += 1;
        drawn += usize::from(picture.is_some());
        Ok(())
    })
    .unwrap();
    assert_eq!(all, 24 * 13 / 2);
    // The first shot stands still, the second pushes in.
    assert_eq!(drawn, 1 + 60);
}

#[test]
fn a_gif_has_one_palette_and_shows_what_the_film_shows() {
    let board = board();
    for captions in [Captions::Absent, Captions::Burnt] {
        let (selection, options) = (Selection::default(), options(captions));
        let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
        let mut out = Vec::new();
        gif(&order, &mut out, &mut go()).unwrap();
        let mut reading = ::gif::DecodeOptions::new();
        reading.set_color_output(::gif::ColorOutput::Indexed);
        let mut reader = reading.read_info(out.as_slice()).unwrap();
        let (mut delay, mut frames) = (0, 0);
        while let Some(frame) = reader.read_next_frame().unwrap() {
            assert!(frame.palette.is_none(), "a picture has a palette of its own");
            delay += u32::from(frame.delay);
            frames += 1;
        }
        assert_eq!(delay, 650, "hundredths of a second");
        assert!(frames >= 2);
    }
}

#[test]
fn a_webp_is_whole_and_lasts_as_long() {
    let board = board();
    let (selection, options) = (Selection::default(), options(Captions::Burnt));
    let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    let mut out = Vec::new();
    webp(&order, &mut out, &mut go()).unwrap();
    let mut decoder = image_webp::WebPDecoder::new(std::io::Cursor::new(&out)).unwrap();
    assert_eq!((decoder.dimensions(), decoder.is_animated()), ((64, 36), true));
    let mut buffer = vec![0; decoder.output_buffer_size().unwrap()];
    let mut milliseconds = 0;
    for _ in 0..decoder.num_frames() {
        milliseconds += decoder.read_frame(&mut buffer).unwrap();
    }
    assert_eq!(milliseconds, 6500);
}

#[test]
fn moves_go_where_they_say() {
    let (begin, end) = (view(Move::PanRight, 0.0, 0.0), view(Move::PanRight, 1.0, 1.0));
    assert!(end.x > begin.x);
    assert!(view(Move::TiltUp, 1.0, 0.0).y < view(Move::TiltUp, 0.0, 0.0).y);
    assert!(view(Move::PushIn, 1.0, 0.0).scale > view(Move::PushIn, 0.0, 0.0).scale);
    for camera in Move::ALL {
        for t in [0.0, 0.5, 1.0] {
            let View { x, y, scale } = view(*camera, t, t * 7.0);
            let room = (scale - 1.0) / 2.0 / scale + 1e-4;
            assert!(x.abs() <= room && y.abs() <= room, "{camera} shows what is beyond the picture");
        }
    }
}

#[test]
fn the_changed_rectangle_is_the_smallest() {
    let before = [0; 12];
    let mut now = before;
    assert_eq!(changed(&before, &now, 4), None);
    now[5] = 1;
    now[10] = 1;
    assert_eq!(changed(&before, &now, 4), Some((1, 1, 2, 2)));
}
