//! A distribution as a picture: one bar of 100 percent for each statement, the statement above it.

use super::rows::{Row, Rows, Shown};
use crate::hatch::hatch;
use crate::ink::Ink;
use crate::measure;
use crate::node::Node;
use crate::recorder::{Anchor, Backend, Recording, TENTHS};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::{IntoDrawingArea, Rectangle};
use plotters::style::Color;
use std::convert::Infallible;
use texts::Language;

/// Height of a bar, and from it to the next statement, in pixels.
const BAR: i32 = 24;
const APART: i32 = 14;

/// Width of the hatched bar of a withheld item, in pixels; the reason stands beside it.
const HATCHED: i32 = 56;

/// From this share on, in percent, *not applicable* is worth telling: either the statement is bad or
/// it does not fit the group.
const TELL_NOT_APPLICABLE: u8 = 11;

type Area<'a> = DrawingArea<Backend<'a>, Shift>;

/// Draws the rows, `width` pixels wide.
pub fn draw(rows: &Rows, language: &Language, width: i32) -> Node {
    let labels: Vec<Vec<String>> = rows
        .rows
        .iter()
        .map(|row| label(row, language, width))
        .collect();
    let tops: Vec<i32> = labels
        .iter()
        .scan(0, |bottom, lines| {
            let top = *bottom + lines_height(lines);
            *bottom = top + BAR + APART;
            Some(top)
        })
        .collect();
    let height = tops.last().map_or(0, |top| top + BAR + 2);
    let mut recording = Recording::new(width, height);
    // Recording cannot fail.
    bars(&mut recording, rows, &tops, width).expect("a recording takes every shape");
    for ((row, lines), top) in rows.rows.iter().zip(&labels).zip(&tops) {
        write_label(&mut recording, lines, *top);
        write_values(&mut recording, row, language, *top, width);
    }
    recording.into_svg(rows.scale)
}

fn label(row: &Row, language: &Language, width: i32) -> Vec<String> {
    let mut lines = measure::wrapped(&row.label, f64::from(width));
    if let Shown::Points { not_applicable, .. } = row.shown
        && not_applicable >= TELL_NOT_APPLICABLE
    {
        let share = language.percent(not_applicable);
        let values = [
            ("label", row.not_applicable_label),
            ("percent", share.as_str()),
        ];
        lines.push(language.fill("distribution.not_applicable", &values));
    }
    lines
}

fn lines_height(lines: &[String]) -> i32 {
    i32::try_from(lines.len()).unwrap_or(1) * measure::LINE + 4
}

fn write_label(recording: &mut Recording, lines: &[String], top: i32) {
    let mut base = top - lines_height(lines) + 12;
    for line in lines {
        recording.write(Ink::LABEL, Anchor::Start, (0, base * TENTHS), line);
        base += measure::LINE;
    }
}

/// The segments of all bars, drawn by plotters.
fn bars(
    recording: &mut Recording,
    rows: &Rows,
    tops: &[i32],
    width: i32,
) -> Result<(), DrawingAreaErrorKind<Infallible>> {
    let area: Area = Backend(recording).into_drawing_area();
    for (row, top) in rows.rows.iter().zip(tops) {
        for segment in segments(row, width) {
            let corners = [
                (segment.left, top * TENTHS),
                (segment.right, (top + BAR) * TENTHS),
            ];
            area.draw(&Rectangle::new(corners, segment.ink.color().filled()))?;
        }
    }
    Ok(())
}

/// A part of a bar; its edges in tenths of a pixel.
struct Segment {
    ink: Ink,
    left: i32,
    right: i32,
    percent: u8,
}

/// The shares that a bar is made of, low to high; none when there is no bar.
fn shares(row: &Row) -> Vec<(Ink, u8)> {
    match &row.shown {
        Shown::Withheld => Vec::new(),
        Shown::Groups(percent) => {
            let group = |(place, share): (usize, &u8)| (Ink::group(place), *share);
            percent.iter().enumerate().map(group).collect()
        }
        Shown::Points { percent, .. } => {
            let point = |(place, share): (usize, &u8)| (Ink::step(place, percent.len()), *share);
            percent.iter().enumerate().map(point).collect()
        }
    }
}

/// The bar of a row over the whole width. Rounded shares may add up to a little more or less than
/// 100, so they are measured against their own sum.
fn segments(row: &Row, width: i32) -> Vec<Segment> {
    let shares = shares(row);
    let total: i32 = shares.iter().map(|(_, share)| i32::from(*share)).sum();
    let edge = |before: i32| before * width * TENTHS / total.max(1);
    let mut before = 0;
    let segment = |(ink, percent): (Ink, u8)| {
        let left = edge(before);
        before += i32::from(percent);
        let right = edge(before);
        Segment {
            ink,
            left,
            right,
            percent,
        }
    };
    shares
        .into_iter()
        .map(segment)
        .filter(|segment| segment.percent > 0)
        .collect()
}

fn write_values(recording: &mut Recording, row: &Row, language: &Language, top: i32, width: i32) {
    // A little below the middle of the bar, so that digits are centred.
    let base = (top + BAR / 2 + 4) * TENTHS;
    match &row.shown {
        Shown::Withheld => {
            hatch(
                recording,
                (5, top * TENTHS + 5),
                (HATCHED * TENTHS, (top + BAR) * TENTHS),
            );
            let beside = ((HATCHED + 8) * TENTHS, base);
            recording.write(Ink::LABEL, Anchor::Start, beside, language.withheld());
        }
        Shown::Groups(_) | Shown::Points { .. } => {
            for segment in segments(row, width) {
                let text = segment.percent.to_string();
                let room = f64::from(segment.right - segment.left) / f64::from(TENTHS);
                if measure::width(&text) + 4.0 <= room {
                    let middle = i32::midpoint(segment.left, segment.right);
                    recording.write_on(segment.ink, (middle, base), &text);
                }
            }
        }
    }
}
