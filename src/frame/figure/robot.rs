//! A robot drawn: a person's joints with boxes, cylinders and a lamp for a face.

use super::body::Lit;
use super::skeleton::{Axes, Limb, Skeleton};
use crate::frame::marks::{Drawing, Tone};
use crate::frame::space::{Camera, V3, hull, sin_cos};

/// Draws a robot on a body's joints.
pub fn robot(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, tone: Tone, lit: Lit) {
    let h = body.height;
    let depth = |point: V3| camera.depth(point);
    let trunk = depth(body.pelvis.towards(body.neck, 0.5));
    let mut limbs =
        [(&body.left_leg, 0.036), (&body.right_leg, 0.036), (&body.left_arm, 0.026), (&body.right_arm, 0.026)];
    limbs.sort_by(|a, b| depth(b.0.end).total_cmp(&depth(a.0.end)));
    for (limb, thick) in limbs.iter().filter(|(limb, _)| depth(limb.end) > trunk) {
        tube(drawing, camera, limb, thick * h, tone, lit);
    }
    let middle = body.pelvis.towards(body.neck, 0.55);
    block(drawing, camera, middle, body.chest, [0.13 * h, 0.17 * h, 0.085 * h], tone, lit);
    let panel = [[-0.07, -0.06], [0.07, -0.06], [0.07, 0.06], [-0.07, 0.06]];
    if body.chest.forward.dot((camera.eye - middle).unit()) > 0.1 {
        let at = |[x, y]: [f32; 2]| middle + body.chest.point([x * h, y * h, 0.09 * h]);
        drawing.shape(camera.polygon(&panel.map(at)), lit.tone(tone.darker(0.35)), lit.detail());
        for x in [-0.04, 0.0, 0.04] {
            drawing.area(camera.balls(&[(at([x, 0.03]), 0.01 * h)]), lit.tone(Tone::grey(0.02)));
        }
    }
    for (limb, thick) in limbs.iter().filter(|(limb, _)| depth(limb.end) <= trunk) {
        tube(drawing, camera, limb, thick * h, tone, lit);
    }
    head(drawing, camera, body, tone, lit);
}

fn head(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, tone: Tone, lit: Lit) {
    let (s, axes) = (body.head_size, body.skull);
    let neck = camera.balls(&[(body.neck, 0.16 * s), (body.head, 0.16 * s)]);
    drawing.shape(neck, lit.tone(tone.darker(0.4)), lit.contour());
    for run in camera.line(&[body.head + axes.up * (0.4 * s), body.head + axes.up * (0.95 * s)]) {
        drawing.stroke(run, lit.contour());
    }
    drawing.shape(
        camera.balls(&[(body.head + axes.up * (0.98 * s), 0.07 * s)]),
        lit.tone(Tone::grey(0.1)),
        lit.contour(),
    );
    block(drawing, camera, body.head, axes, [0.5 * s, 0.42 * s, 0.45 * s], tone, lit);
    if axes.forward.dot((camera.eye - body.head).unit()) < 0.08 {
        return;
    }
    let at = |x: f32, y: f32| body.head + axes.point([x * s, y * s, 0.46 * s]);
    for (x, dark) in [(-0.2, 0.0), (0.2, 0.0)] {
        let eye: Vec<V3> = (0..12_u8)
            .map(|n| {
                let (sin, cos) = sin_cos(f32::from(n) * 30.0);
                at(x + 0.12 * cos, 0.08 + 0.12 * sin)
            })
            .collect();
        drawing.shape(camera.polygon(&eye), Tone::grey(dark), lit.contour());
        drawing.area(camera.balls(&[(at(x, 0.08), 0.045 * s)]), Tone::grey(0.9));
    }
    for run in camera.line(&[at(-0.25, -0.2), at(-0.1, -0.26), at(0.1, -0.26), at(0.25, -0.2)]) {
        drawing.stroke(run, lit.detail().weighing(1.5));
    }
}

fn tube(drawing: &mut Drawing, camera: &Camera, limb: &Limb, thick: f32, tone: Tone, lit: Lit) {
    drawing.shape(camera.balls(&[(limb.root, thick), (limb.bend, thick)]), lit.tone(tone), lit.contour());
    drawing.shape(camera.balls(&[(limb.bend, thick), (limb.end, thick)]), lit.tone(tone.darker(-0.2)), lit.contour());
    drawing.shape(camera.balls(&[(limb.bend, thick * 1.35)]), lit.tone(tone.darker(0.4)), lit.contour());
    drawing.shape(camera.balls(&[(limb.end, thick * 1.5)]), lit.tone(tone.darker(0.4)), lit.contour());
}

/// A box about a middle, its half measures along the axes: left, up, forward.
fn block(drawing: &mut Drawing, camera: &Camera, middle: V3, axes: Axes, [x, y, z]: [f32; 3], tone: Tone, lit: Lit) {
    let corner = |sx: f32, sy: f32, sz: f32| middle + axes.point([x * sx, y * sy, z * sz]);
    let faces = [
        (axes.left, [(1.0, -1.0, -1.0), (1.0, 1.0, -1.0), (1.0, 1.0, 1.0), (1.0, -1.0, 1.0)], x, 0.2),
        (axes.left * -1.0, [(-1.0, -1.0, -1.0), (-1.0, 1.0, -1.0), (-1.0, 1.0, 1.0), (-1.0, -1.0, 1.0)], x, 0.2),
        (axes.up, [(-1.0, 1.0, -1.0), (1.0, 1.0, -1.0), (1.0, 1.0, 1.0), (-1.0, 1.0, 1.0)], y, -0.35),
        (axes.up * -1.0, [(-1.0, -1.0, -1.0), (1.0, -1.0, -1.0), (1.0, -1.0, 1.0), (-1.0, -1.0, 1.0)], y, 0.5),
        (axes.forward, [(-1.0, -1.0, 1.0), (1.0, -1.0, 1.0), (1.0, 1.0, 1.0), (-1.0, 1.0, 1.0)], z, 0.0),
        (axes.forward * -1.0, [(-1.0, -1.0, -1.0), (1.0, -1.0, -1.0), (1.0, 1.0, -1.0), (-1.0, 1.0, -1.0)], z, 0.1),
    ];
    for (normal, corners, half, shade) in faces {
        if normal.dot(camera.eye - (middle + normal * half)) > 0.0 {
            let points = corners.map(|(sx, sy, sz)| corner(sx, sy, sz));
            let outline = hull(points.iter().filter_map(|&point| camera.see(point)).collect());
            drawing.shape(outline, lit.tone(tone.darker(shade)), lit.contour());
        }
    }
}
