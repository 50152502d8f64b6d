//! A plotters backend that records shapes by ink.
//!
//! Coordinates come in tenths of a pixel, since plotters counts whole ones. Shapes of one ink that
//! follow each other share one path; text is written last, so that nothing lies on top of it.

use crate::ink::Ink;
use crate::measure;
use crate::node::{Content, Node};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::convert::Infallible;
use std::fmt::Write as _;

/// Units of the backend in one pixel.
pub const TENTHS: i32 = 10;

/// What has been drawn so far.
pub struct Recording {
    width: i32,
    height: i32,
    shapes: Vec<Shape>,
    words: Vec<Node>,
}

struct Shape {
    ink: Ink,
    filled: bool,
    path: String,
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Recording {
    /// An empty picture of `width` by `height` pixels.
    pub fn new(width: i32, height: i32) -> Self {
        Self {
            width,
            height,
            shapes: Vec::new(),
            words: Vec::new(),
        }
    }

    /// Writes `text` with its base line at `place`, in tenths of a pixel.
    pub fn write(&mut self, ink: Ink, anchor: Anchor, place: BackendCoord, text: &str) {
        self.write_classed(ink.class().to_owned(), anchor, place, text);
    }

    /// Writes `text` on a shape of `ink`, which decides whether light or dark is legible.
    pub fn write_on(&mut self, ink: Ink, place: BackendCoord, text: &str) {
        self.write_classed(format!("on-{}", ink.class()), Anchor::Middle, place, text);
    }

    fn write_classed(&mut self, class: String, anchor: Anchor, place: BackendCoord, text: &str) {
        let mut attributes = vec![
            ("class", class),
            ("x", pixels(place.0)),
            ("y", pixels(place.1)),
        ];
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => attributes.push(("text-anchor", "middle".to_owned())),
            Anchor::End => attributes.push(("text-anchor", "end".to_owned())),
        }
        self.words.push(Node {
            name: "text",
            attributes,
            content: Content::Text(text.to_owned()),
        });
    }

    /// Draws a rectangle between two corners, in tenths of a pixel.
    pub fn rectangle(&mut self, ink: Ink, from: BackendCoord, to: BackendCoord, filled: bool) {
        self.path(
            ink,
            filled,
            [from, (to.0, from.1), to, (from.0, to.1)],
            true,
        );
    }

    /// Draws a line from point to point, in tenths of a pixel.
    pub fn path(
        &mut self,
        ink: Ink,
        filled: bool,
        points: impl IntoIterator<Item = BackendCoord>,
        closed: bool,
    ) {
        let path = self.path_of(ink, filled);
        for (place, (x, y)) in points.into_iter().enumerate() {
            path.push(if place == 0 { 'M' } else { 'L' });
            put(path, &[x, y]);
        }
        if closed {
            path.push('Z');
        }
    }

    fn circle(&mut self, ink: Ink, filled: bool, (x, y): BackendCoord, radius: i32) {
        let path = self.path_of(ink, filled);
        path.push('M');
        put(path, &[x - radius, y]);
        for across in [2 * radius, -2 * radius] {
            path.push('a');
            put(path, &[radius, radius]);
            path.push_str(" 0 1 0 ");
            put(path, &[across, 0]);
        }
        path.push('Z');
    }

    /// The path that the next shape belongs to.
    fn path_of(&mut self, ink: Ink, filled: bool) -> &mut String {
        let fits = self
            .shapes
            .last()
            .is_some_and(|last| last.ink == ink && last.filled == filled);
        if !fits {
            self.shapes.push(Shape {
                ink,
                filled,
                path: String::new(),
            });
        }
        // Just pushed when there was none.
        &mut self.shapes.last_mut().expect("there is a last shape").path
    }

    /// The picture as an `svg` element called `title`.
    pub fn into_svg(self, title: &str) -> Node {
        let shape = |shape: Shape| {
            let kind = if shape.filled { "area" } else { "stroke" };
            let class = format!("{kind} {}", shape.ink.class());
            let attributes = vec![("class", class), ("d", shape.path)];
            Node {
                name: "path",
                attributes,
                content: Content::Nodes(Vec::new()),
            }
        };
        let mut nodes: Vec<Node> = self.shapes.into_iter().map(shape).collect();
        nodes.extend(self.words);
        let attributes = vec![
            ("class", "chart".to_owned()),
            ("role", "img".to_owned()),
            ("aria-label", title.to_owned()),
            ("width", self.width.to_string()),
            ("height", self.height.to_string()),
            ("viewBox", format!("0 0 {} {}", self.width, self.height)),
            ("font-size", measure::FONT.to_string()),
        ];
        Node {
            name: "svg",
            attributes,
            content: Content::Nodes(nodes),
        }
    }
}

fn put(path: &mut String, numbers: &[i32]) {
    for (place, number) in numbers.iter().enumerate() {
        if place > 0 {
            path.push(' ');
        }
        path.push_str(&pixels(*number));
    }
}

/// Tenths as decimal pixels, without needless digits.
fn pixels(tenths: i32) -> String {
    let mut text = String::new();
    if tenths < 0 {
        text.push('-');
    }
    let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    // Writing to a string cannot fail.
    write!(text, "{whole}").expect("strings take all text");
    if part > 0 {
        write!(text, ".{part}").expect("strings take all text");
    }
    text
}

/// A recording while plotters draws on it.
pub struct Backend<'a>(pub &'a mut Recording);

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Backend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let tenths = |pixels: i32| u32::try_from(pixels * TENTHS).unwrap_or_default();
        (tenths(self.0.width), tenths(self.0.height))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.0
            .rectangle(Ink::of(color.rgb), point, (point.0 + 1, point.1 + 1), true);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.0
            .path(Ink::of(style.color().rgb), false, [from, to], false);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.0
            .rectangle(Ink::of(style.color().rgb), upper_left, bottom_right, fill);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.0.path(Ink::of(style.color().rgb), false, path, false);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let radius = i32::try_from(radius).unwrap_or_default();
        self.0
            .circle(Ink::of(style.color().rgb), fill, center, radius);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        self.0.path(Ink::of(style.color().rgb), true, vert, true);
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        place: BackendCoord,
    ) -> Drawn {
        self.0
            .write(Ink::of(style.color().rgb), Anchor::Start, place, text);
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        // Whole tenths; a line of text is far below the largest `u32`.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 10 000"
        )]
        let width = (measure::width(text) * f64::from(TENTHS)) as u32;
        Ok((width, (measure::LINE * TENTHS).unsigned_abs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_written_as_pixels() {
        assert_eq!(pixels(0), "0");
        assert_eq!(pixels(123), "12.3");
        assert_eq!(pixels(-5), "-0.5");
        assert_eq!(pixels(-120), "-12");
    }

    #[test]
    fn neighbours_of_one_ink_share_a_path() {
        let mut recording = Recording::new(20, 10);
        recording.path(Ink::GRID, false, [(0, 5), (200, 5)], false);
        recording.path(Ink::GRID, false, [(0, 50), (200, 50)], false);
        recording.circle(Ink::DOT, true, (100, 50), 30);
        recording.write(Ink::LABEL, Anchor::End, (90, 55), "50");
        assert_eq!(
            recording.into_svg("T").to_svg(),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" aria-label=\"T\" \
             width=\"20\" height=\"10\" viewBox=\"0 0 20 10\" font-size=\"12\">\n\
             <path class=\"stroke grid\" d=\"M0 0.5L20 0.5M0 5L20 5\"/>\n\
             <path class=\"area dot\" d=\"M7 5a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z\"/>\n\
             <text class=\"label\" x=\"9\" y=\"5.5\" text-anchor=\"end\">50</text>\n</svg>\n"
        );
    }
}
