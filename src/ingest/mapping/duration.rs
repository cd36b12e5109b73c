//! How long an interview took, as platforms write it.

/// Seconds in `243`, `243秒`, `4分3秒`, `1小时4分3秒`, `00:04:03` or `4:03`.
pub(super) fn seconds(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    if let Ok(seconds) = cell.strip_suffix('秒').unwrap_or(cell).trim().parse::<f64>() {
        return Some(seconds).filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
    }
    if cell.contains(':') {
        let mut total = 0.0;
        for part in cell.split(':') {
            total = total * 60.0 + part.parse::<u32>().ok().map(f64::from)?;
        }
        return Some(total);
    }
    let mut rest = cell;
    let mut total = 0.0;
    for (unit, length) in [("小时", 3600.0), ("分钟", 60.0), ("分", 60.0), ("秒", 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            total += f64::from(number.trim().parse::<u32>().ok()?) * length;
            rest = after;
        }
    }
    (rest.trim().is_empty() && rest.len() < cell.len()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn lengths_are_read_as_platforms_write_them() {
        for (cell, expected) in [
            ("243秒", Some(243.0)),
            ("243", Some(243.0)),
            ("4分3秒", Some(243.0)),
            ("1小时4分3秒", Some(3843.0)),
            ("00:04:03", Some(243.0)),
            ("4:03", Some(243.0)),
            ("fast", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(seconds(cell), expected, "{cell}");
        }
    }
}
