//! The columns of one question: what they have in common is its wording, what remains is the part.

/// What may stand between a wording and a part, and what then closes the part.
const BETWEEN: [(&str, &str); 9] = [
    ("(", ")"),
    ("（", "）"),
    ("[", "]"),
    ("—", ""),
    ("：", ""),
    (":", ""),
    (" - ", ""),
    ("_", ""),
    ("|", ""),
];

/// The wording that several headers share, and the part of each, if they are of that form: `题干(选项)`, `题干:选项`,
/// `question - option`, `question [row]`.
pub(super) fn shared<'a>(headers: &[&'a str]) -> Option<(&'a str, Vec<String>)> {
    const MOST_MARKS: usize = 32;
    let first = *headers.first().filter(|_| headers.len() > 1)?;
    let common = headers.iter().skip(1).fold(first.len(), |common, other| common.min(alike(first, other)));
    let mut candidates: Vec<(usize, &str, &str)> = BETWEEN
        .iter()
        .flat_map(|&(between, close)| {
            first.match_indices(between).map(move |(at, _)| (at + between.len(), between, close))
        })
        .filter(|&(end, ..)| end <= common)
        .collect();
    candidates.sort_unstable_by_key(|&(end, ..)| std::cmp::Reverse(end));
    candidates.truncate(MOST_MARKS);
    candidates.into_iter().find_map(|(end, between, close)| {
        let parts: Option<Vec<String>> = headers.iter().map(|header| part(&header[end..], close)).collect();
        Some((first[..end - between.len()].trim(), parts?))
    })
}

/// How many bytes two texts begin with in common.
fn alike(one: &str, other: &str) -> usize {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    same.map(|(c, _)| c.len_utf8()).sum()
}

/// What stands behind the wording, its closing bracket taken off, if its own brackets are in order.
fn part(rest: &str, close: &str) -> Option<String> {
    let part = rest.trim().strip_suffix(close)?.trim();
    let mut open = 0_i32;
    for c in part.chars() {
        match c {
            '(' | '（' | '[' => open += 1,
            ')' | '）' | ']' => open -= 1,
            _ => {}
        }
        if open < 0 {
            return None;
        }
    }
    (open == 0 && !part.is_empty()).then(|| part.to_owned())
}

#[cfg(test)]
mod tests {
    use super::shared;

    #[test]
    fn what_headers_share_is_the_wording() {
        for (headers, wording, parts) in [
            (["第6题(运动)", "第6题(影视)"], "第6题", ["运动", "影视"]),
            (["第8题(ACG文化(动漫))", "第8题(ACG文化(游戏))"], "第8题", ["ACG文化(动漫)", "ACG文化(游戏)"]),
            (["1.题干( 知识学习)", "1.题干( 创造力)"], "1.题干", ["知识学习", "创造力"]),
            (["3.题干:选项", "3.题干:其他"], "3.题干", ["选项", "其他"]),
            (["Which? - Moments", "Which? - Groups"], "Which?", ["Moments", "Groups"]),
            (["How often? [Moments]", "How often? [Groups]"], "How often?", ["Moments", "Groups"]),
        ] {
            assert_eq!(shared(&headers), Some((wording, parts.map(str::to_owned).to_vec())), "{headers:?}");
        }
        assert_eq!(shared(&["7、题干—行标题1", "7、行标题2"]), None, "the wording stands once");
        assert_eq!(shared(&["alone (one)"]), None);
    }
}
