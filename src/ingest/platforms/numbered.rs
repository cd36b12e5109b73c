//! Headers that begin with the number of their question: `7、`, `7.`, `7：`, `第7题`.

use super::parts;
use super::{Heading, Meta};

/// The headings of a row in which some headers are numbered; `None` where none is.
pub(super) fn headings(row: &[String]) -> Option<Vec<Heading>> {
    let numbers: Vec<Option<(u32, &str)>> = row.iter().map(|header| number(header)).collect();
    if numbers.iter().all(Option::is_none) {
        return None;
    }
    let mut headings: Vec<Heading> = row.iter().map(|header| Heading::plain(header)).collect();
    let mut index = 0;
    while index < row.len() {
        let Some((question, _)) = numbers[index].filter(|_| headings[index].meta.is_none()) else {
            index += 1;
            continue;
        };
        let is_same = |other: &usize| numbers[*other].is_some_and(|(number, _)| number == question);
        let end = (index..row.len()).take_while(is_same).last().unwrap_or(index) + 1;
        let texts: Vec<&str> = numbers[index..end].iter().flatten().map(|&(_, text)| text).collect();
        let (wording, parts) = split(&texts);
        for (heading, part) in headings[index..end].iter_mut().zip(parts) {
            heading.question = format!("Q{question}");
            heading.wording.clone_from(&wording);
            heading.part = part;
            heading.meta = None::<Meta>;
        }
        index = end;
    }
    Some(headings)
}

/// The wording of one question and the part of each of its columns.
fn split(texts: &[&str]) -> (String, Vec<String>) {
    let owned = |text: &str| text.trim().to_owned();
    match texts {
        [only] => (owned(only), vec![String::new()]),
        [first, others @ ..] => {
            if let Some((wording, parts)) = parts::shared(texts) {
                return (owned(wording), parts);
            }
            // The first row of a matrix repeats the question, the others do not.
            let (wording, row) = first.split_once('—').unwrap_or((first, first));
            let parts = std::iter::once(row).chain(others.iter().copied()).map(owned).collect();
            (owned(wording.trim_end_matches('—')), parts)
        }
        [] => (String::new(), Vec::new()),
    }
}

/// The number that a header begins with, and what follows it.
fn number(header: &str) -> Option<(u32, &str)> {
    const MOST_DIGITS: usize = 3;
    let header = header.trim();
    let (is_spelt, rest) = match header.strip_prefix('第') {
        Some(rest) => (true, rest),
        None => (false, header),
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > MOST_DIGITS {
        return None;
    }
    let (number, rest) = rest.split_at(digits);
    let text = if is_spelt {
        rest.strip_prefix('题')?
    } else {
        let after = rest.trim_start();
        match after.chars().next()? {
            '、' | '.' | '．' | ':' | '：' => after.trim_start_matches(['、', '.', '．', ':', '：']),
            '(' | '（' => after,
            _ => return None,
        }
    };
    // `3.5` is a number, not a question.
    if text.starts_with(|c: char| c.is_ascii_digit()) && !is_spelt && rest.starts_with('.') {
        return None;
    }
    Some((number.parse().ok()?, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts_of(row: &[&str]) -> Vec<(String, String, String)> {
        let row: Vec<String> = row.iter().map(|&header| header.to_owned()).collect();
        let headings = headings(&row).unwrap();
        headings.into_iter().map(|heading| (heading.question, heading.wording, heading.part)).collect()
    }

    #[test]
    fn numbers_are_read_as_platforms_write_them() {
        for header in ["7、性别 ", "7.性别", "7：性别", "第7题性别", "7 (性别)"] {
            assert_eq!(number(header).map(|(number, _)| number), Some(7), "{header}");
        }
        for header in ["性别", "2015", "3.5", "1234、a", "第三题", ""] {
            assert_eq!(number(header), None, "{header}");
        }
    }

    #[test]
    fn the_columns_of_a_question_are_its_parts() {
        let text = |texts: [&str; 3]| texts.map(str::to_owned);
        let expected = [
            text(["", "序号", ""]),
            text(["Q1", "性别", ""]),
            text(["Q7", "题干", "行1"]),
            text(["Q7", "题干", "行2"]),
            text(["Q8", "", "运动"]),
            text(["Q8", "", "ACG(动漫)"]),
        ];
        let found =
            parts_of(&["序号", "1、性别 ", "7、题干—行1", "7、行2", "第8题(运动)", "第8题(ACG(动漫))"]);
        assert_eq!(found.len(), expected.len());
        for ((question, wording, part), [of, says, which]) in found.into_iter().zip(expected) {
            assert_eq!((question, wording, part), (of, says, which));
        }
    }
}
