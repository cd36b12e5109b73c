//! A picture made of a frame and the plot in its slot.

use super::error::ChartError;
use super::frame::Frame;
use super::pen::{Pen, Rect};
use super::scene::Drawing;
use super::words::Typeset;

/// Paints a frame that is laid out, then has the plot painted into its slot.
pub(super) fn framed(
    frame: &Frame,
    set: Typeset,
    paint: impl FnOnce(&Pen<'_>, &Rect) -> Result<(), ChartError>,
) -> Result<Drawing, ChartError> {
    let mut drawing = frame.drawing();
    let pen = Pen::new(&mut drawing, set);
    frame.paint(&pen)?;
    paint(&pen, &frame.slot)?;
    drop(pen);
    Ok(drawing)
}
