//! The value of a cell as text.

use std::borrow::Cow;

use calamine::{CellErrorType, Data, ExcelDateTime};

/// Whether a cell holds nothing.
pub(super) fn is_empty(value: &Data) -> bool {
    match value {
        Data::Empty => true,
        Data::String(text) => text.is_empty(),
        _ => false,
    }
}

/// A value as text: what a person would type into a CSV for it.
///
/// # Errors
/// The error that the cell holds.
pub(super) fn text(value: &Data) -> Result<Cow<'_, str>, CellErrorType> {
    Ok(match value {
        Data::Empty => "".into(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.into(),
        Data::Int(number) => number.to_string().into(),
        Data::Float(number) => number.to_string().into(),
        Data::Bool(yes) => if *yes { "true" } else { "false" }.into(),
        Data::DateTime(time) => date_time(time).into(),
        Data::Error(error) => return Err(error.clone()),
    })
}

/// `2026-09-19`, `2026-09-19T00:39:00`, `00:39:00` without a day; hours go on beyond 24 in a duration.
fn date_time(time: &ExcelDateTime) -> String {
    const DAY: f64 = 86_400_000.0;
    if time.is_duration() || (0.0..1.0).contains(&time.as_f64()) {
        let all = (time.as_f64() * DAY).round();
        let (sign, all) = (if all < 0.0 { "-" } else { "" }, all.abs() as u64);
        let (hours, minutes, seconds) = (all / 3_600_000, all / 60_000 % 60, all / 1000 % 60);
        return format!("{sign}{hours:02}:{minutes:02}:{seconds:02}{}", fraction(all % 1000));
    }
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => date,
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}{}", fraction(u64::from(milli))),
    }
}

fn fraction(milliseconds: u64) -> String {
    if milliseconds == 0 { String::new() } else { format!(".{milliseconds:03}") }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn values_are_written_as_a_person_would() {
        let said = |value: Data| text(&value).unwrap().into_owned();
        assert_eq!(said(Data::Float(4.0)), "4");
        assert_eq!(said(Data::Float(0.0374)), "0.0374");
        assert_eq!(said(Data::Float(3_292_879_998.0)), "3292879998");
        assert_eq!(said(Data::Bool(true)), "true");
        let date =
            |days: f64| said(Data::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false)));
        assert_eq!(date(43_812.0), "2019-12-13");
        assert_eq!(date(43_812.410_069_444_44), "2019-12-13T09:50:30");
        assert_eq!(date(0.5), "12:00:00");
        let duration = ExcelDateTime::new(1.25, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(said(Data::DateTime(duration)), "30:00:00");
        assert!(text(&Data::Error(CellErrorType::NA)).is_err());
    }
}
