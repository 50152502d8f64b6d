//! A trend as a picture: plotters places and draws the series; axis, names and gaps are a few lines
//! of our own on its coordinates.

use super::history::{History, Point, Reading};
use crate::axis::Axis;
use crate::chart::index_text;
use crate::hatch::hatch;
use crate::ink::Ink;
use crate::measure;
use crate::node::Node;
use crate::recorder::{Anchor, Backend, Recording, TENTHS};
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{
    Cartesian2d, ChartBuilder, Circle, IntoDrawingArea, LineSeries, PathElement, Polygon,
};
use plotters::style::Color;
use plotters_backend::BackendCoord;
use release::IndexValue;
use std::convert::Infallible;
use std::ops::Range;
use texts::Language;

/// Room around the plot in pixels: axis numbers to the left, two lines of wave names below.
const LEFT: i32 = 32;
const RIGHT: i32 = 12;
const TOP: i32 = 12;
const BOTTOM: i32 = 42;

/// From this width on, in pixels, a chart is one of the large ones.
const LARGE: i32 = 480;

/// Radius of a point in pixels.
const DOT: i32 = 4;

type Chart<'a, 'b> =
    plotters::chart::ChartContext<'a, Backend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;

/// Draws the trend, `width` pixels wide.
pub fn draw(history: &History, axis: Axis, language: &Language, width: i32) -> Node {
    let height = if width < LARGE { 200 } else { 260 };
    let mut recording = Recording::new(width, height);
    let frame = Frame::new(history.moments.len(), axis, width, height);
    frame.grid(&mut recording, width);
    frame.gaps(&mut recording, history);
    // Recording cannot fail, and an empty range cannot occur: there is at least one wave.
    series(&mut recording, &frame, history).expect("a recording takes every shape");
    frame.coded(&mut recording, history);
    frame.names(&mut recording, history);
    frame.values(&mut recording, history, language);
    recording.into_svg(history.scale)
}

/// Line, band and points, drawn by plotters.
fn series(recording: &mut Recording, frame: &Frame, history: &History) -> Drawn {
    let area = Backend(recording).into_drawing_area();
    let mut chart = ChartBuilder::on(&area)
        .margin_left(LEFT * TENTHS)
        .margin_right(RIGHT * TENTHS)
        .margin_top(TOP * TENTHS)
        .margin_bottom(BOTTOM * TENTHS)
        .build_cartesian_2d(waves_of(frame.waves), indices_of(frame.axis))?;
    let runs = history.runs();
    for run in &runs {
        bands(&mut chart, run)?;
    }
    for run in &runs {
        let points = run
            .iter()
            .map(|point| (place(point.place), f64::from(point.index)));
        chart.draw_series(LineSeries::new(points, Ink::LINE.color()))?;
    }
    for point in runs.into_iter().flatten() {
        let center = (place(point.place), f64::from(point.index));
        let dot = Circle::new(center, DOT * TENTHS, Ink::DOT.color().filled());
        chart.plotting_area().draw(&dot)?;
    }
    Ok(())
}

/// Bands over neighbours that both have an interval; a whisker where one stands alone.
fn bands(chart: &mut Chart, run: &[Point]) -> Drawn {
    for group in run.split(|point| point.interval.is_none()) {
        let edge = |limit: usize| {
            let end = move |point: &Point| {
                point
                    .interval
                    .map(|limits| (place(point.place), f64::from(limits[limit])))
            };
            group.iter().filter_map(end)
        };
        match group.len() {
            0 => {}
            1 => {
                let whisker: Vec<_> = edge(0).chain(edge(1)).collect();
                chart
                    .plotting_area()
                    .draw(&PathElement::new(whisker, Ink::WHISKER.color()))?;
            }
            _ => {
                let outline: Vec<_> = edge(0).chain(edge(1).rev()).collect();
                chart
                    .plotting_area()
                    .draw(&Polygon::new(outline, Ink::BAND.color()))?;
            }
        }
    }
    Ok(())
}

/// A place among the waves as a coordinate.
fn place(place: usize) -> f64 {
    // A thousand waves are five hundred years of half-yearly surveys.
    u16::try_from(place).map_or(f64::from(u16::MAX), f64::from)
}

/// The range of the places of `waves` waves, with half a place on either side.
fn waves_of(waves: usize) -> Range<f64> {
    -0.5..place(waves) - 0.5
}

fn indices_of(axis: Axis) -> Range<f64> {
    f64::from(axis.from())..100.0
}

/// Where the plot lies, in tenths of a pixel, by the same arithmetic that plotters uses.
struct Frame {
    waves: usize,
    axis: Axis,
    x: RangedCoordf64,
    x_limits: (i32, i32),
    y: RangedCoordf64,
    y_limits: (i32, i32),
}

impl Frame {
    fn new(waves: usize, axis: Axis, width: i32, height: i32) -> Self {
        Self {
            waves,
            axis,
            x: waves_of(waves).into(),
            x_limits: (LEFT * TENTHS, (width - RIGHT) * TENTHS),
            y: indices_of(axis).into(),
            y_limits: ((height - BOTTOM) * TENTHS, TOP * TENTHS),
        }
    }

    fn foot(&self) -> i32 {
        self.y(self.axis.from())
    }

    fn x(&self, at: f64) -> i32 {
        self.x.map(&at, self.x_limits)
    }

    fn y(&self, index: u8) -> i32 {
        self.y.map(&f64::from(index), self.y_limits)
    }

    fn grid(&self, recording: &mut Recording, width: i32) {
        let lines = self.axis.lines(width >= LARGE);
        let (left, right) = self.x_limits;
        for index in lines {
            let y = self.y(*index);
            recording.path(Ink::GRID, false, [(left, y), (right, y)], false);
        }
        recording.path(
            Ink::AXIS,
            false,
            [(left, self.foot()), (right, self.foot())],
            false,
        );
        for index in lines.iter().chain(&[self.axis.from()]) {
            // A third of a line below, so that digits are centred on their line.
            let spot = (left - 6 * TENTHS, self.y(*index) + 4 * TENTHS);
            recording.write(Ink::LABEL, Anchor::End, spot, &index.to_string());
        }
        for at in 0..self.waves {
            let (x, y) = (self.x(place(at)), self.foot());
            recording.path(Ink::AXIS, false, [(x, y), (x, y + 4 * TENTHS)], false);
        }
    }

    /// Hatched columns where a wave is withheld, and dashes where the questions changed.
    fn gaps(&self, recording: &mut Recording, history: &History) {
        for (at, moment) in history.moments.iter().enumerate() {
            if matches!(moment.reading, Reading::Withheld) {
                let (left, right) = (self.x(place(at) - 0.3), self.x(place(at) + 0.3));
                hatch(recording, (left, self.y(100)), (right, self.foot()));
            }
        }
        for (before, after) in history.breaks() {
            let x = self.x(f64::midpoint(place(before), place(after)));
            recording.path(
                Ink::BREAK,
                false,
                [(x, self.y(100)), (x, self.foot())],
                false,
            );
        }
    }

    /// An open bracket from the last known index to the end of the scale, with an arrow head.
    fn coded(&self, recording: &mut Recording, history: &History) {
        for (at, value) in history.shown() {
            let (known, end) = match value.index {
                IndexValue::Points(_) => continue,
                IndexValue::AtLeast90 => (90, 100),
                IndexValue::AtMost10 => (10, 0),
            };
            let (x, from, to) = (self.x(place(at)), self.y(known), self.y(end));
            let half = DOT * TENTHS;
            let back = to + (from - to).signum() * half * 3 / 2;
            recording.path(
                Ink::CODED,
                false,
                [(x - half, from), (x + half, from)],
                false,
            );
            recording.path(Ink::CODED, false, [(x, from), (x, back)], false);
            recording.path(
                Ink::CODED,
                true,
                [(x - half, back), (x, to), (x + half, back)],
                true,
            );
        }
    }

    /// Names of waves in up to two lines: the last one always, and of the others every second,
    /// third … so that they do not run into each other.
    fn names(&self, recording: &mut Recording, history: &History) {
        let names: Vec<[String; 2]> = history
            .moments
            .iter()
            .map(|m| in_two_lines(m.wave))
            .collect();
        let widest = names
            .iter()
            .flatten()
            .map(|line| measure::width(line))
            .fold(0.0, f64::max);
        let apart = f64::from(self.x(1.0) - self.x(0.0)) / f64::from(TENTHS);
        let fits = |stride: &usize| place(*stride) * apart >= widest + 6.0;
        let stride = (1..self.waves).find(fits).unwrap_or(self.waves);
        for (at, lines) in names.iter().enumerate().rev().step_by(stride) {
            let (x, anchor) = self.kept_inside(at, widest);
            for (line, offset) in lines.iter().zip([18, 18 + measure::LINE]) {
                if !line.is_empty() {
                    recording.write(Ink::LABEL, anchor, (x, self.foot() + offset * TENTHS), line);
                }
            }
        }
    }

    /// Where a text of `width` pixels goes that belongs to a wave, kept from running out on the
    /// right.
    fn kept_inside(&self, at: usize, width: f64) -> (i32, Anchor) {
        let x = self.x(place(at));
        let right = f64::from(self.x_limits.1 + RIGHT * TENTHS - x) / f64::from(TENTHS);
        if width / 2.0 <= right {
            (x, Anchor::Middle)
        } else {
            (self.x_limits.1 + RIGHT * TENTHS, Anchor::End)
        }
    }

    /// The first and the last shown index in numbers, above their intervals.
    fn values(&self, recording: &mut Recording, history: &History, language: &Language) {
        let (first, last) = (history.shown().next(), history.shown().next_back());
        let ends = first
            .into_iter()
            .chain(last.filter(|last| first.is_none_or(|f| f.0 != last.0)));
        for (at, value) in ends {
            let above = |index: u8| self.y(index) - 8 * TENTHS;
            let text = index_text(value.index, language);
            let y = match value.index {
                // Near the top there is no room above.
                IndexValue::Points(points) => {
                    let upper = value.interval.map_or(points, |[_, high]| high.max(points));
                    if upper < 94 {
                        above(upper)
                    } else {
                        self.y(points) + 20 * TENTHS
                    }
                }
                IndexValue::AtLeast90 => self.y(90) + 16 * TENTHS,
                IndexValue::AtMost10 => above(10),
            };
            let (x, anchor) = self.kept_inside(at, measure::width(&text));
            let spot: BackendCoord = (x, y);
            recording.write(Ink::VALUE, anchor, spot, &text);
        }
    }
}

/// `1. halvår 2022` as `1. halvår` and `2022`: broken at the last space.
fn in_two_lines(name: &str) -> [String; 2] {
    match name.rsplit_once(' ') {
        Some((first, second)) => [first.to_owned(), second.to_owned()],
        None => [name.to_owned(), String::new()],
    }
}
