use super::super::marks::{Pen, Role, Tone};
use super::*;

fn drawing() -> Drawing {
    let mut drawing = Drawing::new(16.0 / 9.0);
    drawing.shape(vec![(0.1, 0.1), (1.2, 0.2), (1.4, 0.9), (0.2, 0.8)], Tone::grey(0.6), Pen::new(Role::Contour));
    drawing.wash(vec![(0.5, 0.1), (1.7, 0.5), (0.6, 0.95)], 0.4);
    drawing.glow((0.9, 0.5), 0.3, 0.5);
    for n in 0..60_u8 {
        let (sin, cos) = super::super::space::sin_cos(f32::from(n) * 6.0);
        drawing.stroke(vec![(0.9, 0.5), (0.9 + 0.8 * cos, 0.5 + 0.45 * sin)], Pen::new(Role::Detail));
    }
    drawing
}

#[test]
fn the_same_drawing_is_the_same_pixels_and_opaque() {
    let (size, style) = (Size::new(640, 360).unwrap(), Style::pencil().unwrap());
    let once = render(&drawing(), size, &style).unwrap();
    assert_eq!(once, render(&drawing(), size, &style).unwrap());
    assert!(once.pixels().all(|pixel| pixel[3] == 255));
}

#[test]
fn the_panel_keeps_its_ratio_whatever_the_pictures() {
    let style = Style::pencil().unwrap();
    let picture = render(&drawing(), Size::new(160, 300).unwrap(), &style).unwrap();
    let [red, green, blue] = style.surround.0;
    assert_eq!(picture.get_pixel(80, 20).0, [red, green, blue, 255], "above the panel");
    assert_ne!(picture.get_pixel(80, 150).0, [red, green, blue, 255], "inside it");
}
