//! Columns of aligned text, for a terminal or a text file.

use unicode_width::UnicodeWidthStr;

/// Lines under a header and a rule, two spaces between columns, where a Chinese character takes two places; figures stand at
/// the right of their columns. No line ends with spaces.
pub(crate) fn columns(header: &[String], rows: &[Vec<String>], is_figure: impl Fn(usize) -> bool) -> String {
    const BETWEEN: usize = 2;
    let lines = || std::iter::once(header).chain(rows.iter().map(Vec::as_slice));
    let width = |column: usize| lines().filter_map(|line| line.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..header.len()).map(|column| width(column).unwrap_or(0)).collect();
    let mut out = String::new();
    for (index, line) in lines().enumerate() {
        let start = out.len();
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let padding = " ".repeat(width - cell.width());
            let (before, after) =
                if is_figure(column) { (padding.as_str(), "") } else { ("", padding.as_str()) };
            out.extend([before, cell, after, &" ".repeat(BETWEEN)]);
        }
        out.truncate(start + out[start..].trim_end().len());
        out.push('\n');
        if index == 0 {
            let rule = widths.iter().sum::<usize>() + BETWEEN * widths.len().saturating_sub(1);
            out.extend(["─".repeat(rule).as_str(), "\n"]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_take_two_places() {
        let line = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let text =
            columns(&line(["城市", "n"]), &[line(["广州", "402"]), line(["A", "8"])], |at| at == 1);
        assert_eq!(text, "城市    n\n─────────\n广州  402\nA       8\n");
    }
}
