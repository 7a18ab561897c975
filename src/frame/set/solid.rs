//! Things drawn: boxes, plates, turned bodies, balls, wheels and wires in space.

use crate::frame::figure::body::Lit;
use crate::frame::lexicon::{Form, Part, Prop};
use crate::frame::marks::{Drawing, Tone};
use crate::frame::space::{Camera, P2, V3, hull, sin_cos, v3};

/// Where a thing stands: its foot, its turn about the upright in degrees, its size against its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Its foot's middle.
    pub place: V3,
    /// In degrees; 0 looks at the camera.
    pub turn: f32,
    /// Its size against its own.
    pub scale: f32,
}

impl Spot {
    /// A point of the thing in space.
    #[must_use]
    pub fn at(&self, [x, y, z]: [f32; 3]) -> V3 {
        let (sin, cos) = sin_cos(self.turn);
        self.place + v3(x * cos - z * sin, y, z * cos + x * sin) * self.scale
    }
}

/// How wide and how high a thing is, in metres.
#[must_use]
pub fn extent(prop: &Prop) -> (f32, f32) {
    let (mut wide, mut low, mut high) = (0.0_f32, 0.0_f32, 0.0_f32);
    let mut take = |x: f32, y: f32| {
        wide = wide.max(x.abs());
        low = low.min(y);
        high = high.max(y);
    };
    for part in &prop.parts {
        let [dx, dy, _] = part.at;
        match &part.form {
            Form::Box([w, h, _]) => take(dx.abs() + w / 2.0, dy + h),
            Form::Plate(points) => points.iter().for_each(|[x, y]| take(dx + x, dy + y)),
            Form::Lathe(points) => points.iter().for_each(|[r, y]| take(dx.abs() + r, dy + y)),
            Form::Ball(r) | Form::Disc(r) | Form::Hoop(r) => take(dx.abs() + r, dy + r),
            Form::Wire(points) => points.iter().for_each(|[x, y, _]| take(dx + x, dy + y)),
        }
    }
    (wide * 2.0, (high - low).max(0.02))
}

/// How far a thing reaches from its middle towards who looks at it, in metres.
#[must_use]
pub fn reach(prop: &Prop) -> f32 {
    let near = prop.parts.iter().map(|part| {
        let half = match &part.form {
            Form::Box([_, _, deep]) => deep / 2.0,
            Form::Plate(_) | Form::Disc(_) => part.thick / 2.0,
            Form::Lathe(points) => points.iter().fold(0.0, |most: f32, [radius, _]| most.max(*radius)),
            Form::Ball(radius) => *radius,
            Form::Hoop(_) => 0.0,
            Form::Wire(points) => points.iter().fold(0.0, |most: f32, [_, _, z]| most.max(-z)),
        };
        half - part.at[2]
    });
    near.fold(0.0, f32::max)
}

/// Draws a thing that stands.
pub fn draw(drawing: &mut Drawing, camera: &Camera, prop: &Prop, spot: Spot, lit: Lit) {
    parts(drawing, camera, prop, &|point| spot.at(point), spot.scale, lit);
}

/// Draws a thing that lies on its side, its top to the right before it is turned.
pub fn draw_lying(drawing: &mut Drawing, camera: &Camera, prop: &Prop, spot: Spot, lit: Lit) {
    let (wide, high) = extent(prop);
    parts(drawing, camera, prop, &|[x, y, z]| spot.at([y - high / 2.0, wide / 2.0 - x, z]), spot.scale, lit);
}

type Placed<'a> = dyn Fn([f32; 3]) -> V3 + 'a;

fn parts(drawing: &mut Drawing, camera: &Camera, prop: &Prop, placed: &Placed<'_>, scale: f32, lit: Lit) {
    for part in &prop.parts {
        let tint = part.tint.or(if part.tone.is_none() { prop.tint } else { None });
        let tone = match (tint, part.tone) {
            (Some(tint), _) => Tone::tinted(tint),
            (None, Some(dark)) => Tone::grey(dark),
            (None, None) => Tone::grey(prop.tone),
        };
        draw_part(drawing, camera, part, placed, scale, tone, lit);
    }
}

fn draw_part(
    drawing: &mut Drawing,
    camera: &Camera,
    part: &Part,
    placed: &Placed<'_>,
    scale: f32,
    tone: Tone,
    lit: Lit,
) {
    let (sin, cos) = sin_cos(part.turn);
    let at = |[x, y, z]: [f32; 3]| {
        let [dx, dy, dz] = part.at;
        placed([x * cos - z * sin + dx, y + dy, z * cos + x * sin + dz])
    };
    match &part.form {
        Form::Box([w, h, d]) => {
            let (w, d) = (w / 2.0, d / 2.0);
            let outline = [[-w, 0.0], [w, 0.0], [w, *h], [-w, *h]];
            prism(drawing, camera, &outline, d, &at, tone, lit);
        }
        Form::Plate(outline) => prism(drawing, camera, outline, part.thick / 2.0, &at, tone, lit),
        Form::Disc(radius) => {
            prism(drawing, camera, &circle(*radius), part.thick / 2.0, &at, tone, lit);
            let hub: Vec<V3> =
                circle(radius * 0.45).iter().map(|&[x, y]| at([x, y, -part.thick / 2.0 - 0.01])).collect();
            if faces(camera, &hub) {
                drawing.shape(camera.polygon(&hub), lit.tone(Tone::grey(0.3)), lit.detail());
            }
        }
        Form::Hoop(radius) => {
            let rim: Vec<V3> =
                circle(*radius).iter().chain(circle(*radius).first()).map(|&[x, y]| at([x, y, 0.0])).collect();
            for run in camera.line(&rim) {
                drawing.stroke(run, lit.contour().weighing(1.6));
            }
            for n in 0..4_u8 {
                let (sin, cos) = sin_cos(f32::from(n) * 45.0);
                let (x, y) = (radius * cos, radius * sin);
                for run in camera.line(&[at([-x, -y, 0.0]), at([x, y, 0.0])]) {
                    drawing.stroke(run, lit.detail().weighing(0.5));
                }
            }
        }
        Form::Ball(radius) => {
            let middle = at([0.0, 0.0, 0.0]);
            let radius = radius * scale;
            drawing.shape(camera.balls(&[(middle, radius)]), lit.tone(tone), lit.contour());
            if lit.near > 0.5 && lit.least < 0.5 && radius > 0.08 {
                let side = v3(-lit.key * 0.35 * radius, -0.3 * radius, 0.0);
                drawing.wash(camera.balls(&[(middle + side, radius * 0.55)]), 0.2);
            }
        }
        Form::Lathe(profile) => lathe(drawing, camera, profile, &at, scale, tone, lit),
        Form::Wire(points) => {
            let points: Vec<V3> = points.iter().map(|&point| at(point)).collect();
            for run in camera.line(&points) {
                drawing.stroke(run, lit.contour().weighing(0.8));
            }
        }
    }
}

fn circle(radius: f32) -> Vec<[f32; 2]> {
    (0..18_u8)
        .map(|n| {
            let (sin, cos) = sin_cos(f32::from(n) * 20.0);
            [radius * cos, radius * sin]
        })
        .collect()
}

/// Whether a face's outline, given anticlockwise as its own front sees it, turns its front to the camera.
fn faces(camera: &Camera, points: &[V3]) -> bool {
    let [a, b, c, ..] = points else { return false };
    // The axes are left-handed: the product of two sides points into the face.
    (*b - *a).cross(*c - *b).dot(*a - camera.eye) > 0.0
}

/// An outline with a thickness: its back, its sides from far to near, its front.
fn prism(
    drawing: &mut Drawing,
    camera: &Camera,
    outline: &[[f32; 2]],
    half: f32,
    at: &dyn Fn([f32; 3]) -> V3,
    tone: Tone,
    lit: Lit,
) {
    // Anticlockwise as the front sees it, whichever way it was written.
    let turned: f32 = (0..outline.len())
        .map(|n| {
            let ([ax, ay], [bx, by]) = (outline[n], outline[(n + 1) % outline.len()]);
            ax * by - bx * ay
        })
        .sum();
    let outline: Vec<[f32; 2]> = if turned < 0.0 { outline.iter().rev().copied().collect() } else { outline.to_vec() };
    let ring = |z: f32| -> Vec<V3> { outline.iter().map(|&[x, y]| at([x, y, z])).collect() };
    let (front, back) = (ring(-half), ring(half));
    let mut sides: Vec<(f32, Vec<V3>, f32)> = Vec::new();
    for n in 0..outline.len() {
        let m = (n + 1) % outline.len();
        let quad = vec![front[n], back[n], back[m], front[m]];
        let middle = (quad[0] + quad[1] + quad[2] + quad[3]) * 0.25;
        // Tops catch the light, what looks down or away from it does not.
        let flat = (outline[m][0] - outline[n][0]).abs() > (outline[m][1] - outline[n][1]).abs();
        let up = outline[m][0] < outline[n][0];
        let shade = if flat { if up { -0.35 } else { 0.5 } } else { 0.22 };
        sides.push(((middle - camera.eye).length(), quad, shade));
    }
    if half * 2.0 > 0.004 {
        sides.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, quad, shade) in sides {
            if faces(camera, &quad) {
                drawing.shape(camera.polygon(&quad), lit.tone(tone.darker(shade)), lit.contour());
            }
        }
    }
    // A face without a thickness is seen from both sides.
    let face = if faces(camera, &front) || half <= 0.002 { front } else { back };
    drawing.shape(camera.polygon(&face), lit.tone(tone), lit.contour());
}

/// A turned body: the hulls of its rings, joined, and the rim that is seen from above.
fn lathe(
    drawing: &mut Drawing,
    camera: &Camera,
    profile: &[[f32; 2]],
    at: &dyn Fn([f32; 3]) -> V3,
    scale: f32,
    tone: Tone,
    lit: Lit,
) {
    let ring = |[radius, y]: [f32; 2]| -> Vec<P2> {
        (0..20_u8)
            .filter_map(|n| {
                let (sin, cos) = sin_cos(f32::from(n) * 18.0);
                camera.see(at([radius * cos, y, radius * sin]))
            })
            .collect()
    };
    let hulls: Vec<Vec<P2>> =
        profile.windows(2).map(|pair| hull(ring(pair[0]).into_iter().chain(ring(pair[1])).collect())).collect();
    drawing.joined(hulls, lit.tone(tone), lit.contour());
    let Some(&[radius, top]) = profile.last() else { return };
    if camera.eye.y > at([0.0, top, 0.0]).y && radius > 0.01 {
        let rim = hull(ring([radius, top]));
        drawing.shape(rim, lit.tone(tone.darker(-0.3)), lit.detail());
    }
    let widest = profile.iter().map(|pair| pair[0]).fold(0.0, f32::max);
    if lit.near > 0.5 && lit.least < 0.5 && lit.key != 0.0 && widest * scale > 0.02 {
        let away = -lit.key;
        let edge: Vec<P2> = profile
            .iter()
            .flat_map(|&[r, y]| [at([r * away * 0.45, y, -r * 0.88]), at([r * away * 0.98, y, 0.0])])
            .filter_map(|point| camera.see(point))
            .collect();
        let (inner, outer): (Vec<_>, Vec<_>) =
            edge.chunks(2).filter(|pair| pair.len() == 2).map(|pair| (pair[0], pair[1])).unzip();
        drawing.wash(inner.into_iter().chain(outer.into_iter().rev()).collect(), 0.2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::lexicon::lexicon;
    use crate::frame::marks::Mark;

    #[test]
    fn everything_in_the_lexicon_is_drawn_from_every_side() {
        let lit = Lit { shade: 0.0, least: 0.0, near: 1.0, key: 1.0 };
        for prop in &lexicon().props {
            for turn in [0.0, 50.0, 180.0, 270.0] {
                for high in [0.2, 1.6, 6.0] {
                    let camera = Camera::new(v3(0.0, high, -20.0), 0.0, 0.0, 2.0, (0.9, 0.5 - 0.1 * high), 1.8);
                    let mut drawing = Drawing::new(1.8);
                    draw(&mut drawing, &camera, prop, Spot { place: v3(0.0, 0.0, 0.0), turn, scale: 1.0 }, lit);
                    let finite = |points: &[P2]| points.iter().all(|point| point.0.is_finite() && point.1.is_finite());
                    assert!(!drawing.marks.is_empty(), "{:?}", prop.words);
                    assert!(drawing.marks.iter().all(|mark| finite(mark.points())));
                }
            }
        }
    }

    #[test]
    fn a_box_shows_its_front_and_its_top_from_above_but_not_its_back() {
        let lit = Lit { shade: 0.0, least: 0.0, near: 1.0, key: 1.0 };
        let prop = lexicon().prop("fridge").unwrap();
        let part = &prop.parts[0];
        let camera = Camera::new(v3(0.0, 3.0, -5.0), 0.0, 0.0, 1.5, (0.9, 0.3), 1.8);
        let mut drawing = Drawing::new(1.8);
        draw_part(&mut drawing, &camera, part, &|[x, y, z]| v3(x, y, z), 1.0, Tone::grey(0.5), lit);
        let areas = drawing.marks.iter().filter(|mark| matches!(mark, Mark::Area { .. })).count();
        assert_eq!(areas, 2, "{drawing:?}");
    }
}
