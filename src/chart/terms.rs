//! Chinese words that a title is not broken in, as there are no spaces between words.

use std::collections::BTreeSet;

/// The nouns and verbs that titles are made of, beside names of cities and features.
const TERMS: [&str; 62] = [
    "外籍",
    "中国",
    "用户",
    "外籍用户",
    "中国用户",
    "受访者",
    "群体",
    "各群体",
    "城市",
    "各城市",
    "功能",
    "项目",
    "项功能",
    "行为",
    "分享",
    "阅读",
    "转发",
    "评论",
    "点赞",
    "使用",
    "知晓",
    "参与",
    "分享率",
    "阅读率",
    "转发率",
    "评论率",
    "点赞率",
    "使用率",
    "知晓率",
    "参与率",
    "朋友圈",
    "好友",
    "公众号",
    "文章",
    "微信",
    "微信支付",
    "红包",
    "小程序",
    "会员",
    "二维码",
    "高于",
    "低于",
    "更高",
    "更低",
    "都高于",
    "都低于",
    "差距",
    "百分点",
    "显著",
    "差异",
    "变化",
    "全部",
    "比较",
    "可比较",
    "问卷",
    "调查",
    "公开",
    "数字",
    "论断",
    "支持",
    "发表",
    "平台",
];

/// The places, in bytes of a text without spaces, where a break would part one of the words.
pub(super) fn inside(text: &str) -> BTreeSet<usize> {
    let mut places = BTreeSet::new();
    for term in TERMS {
        for (start, found) in text.match_indices(term) {
            places.extend(found.char_indices().skip(1).map(|(at, _)| start + at));
        }
    }
    places
}

/// Whether a line other than the last ends inside one of the words.
pub(super) fn are_parted(lines: &[String]) -> bool {
    let whole: String = lines.concat().split(' ').collect();
    let inside = inside(&whole);
    let mut end = 0;
    lines.iter().any(|line| {
        end += line.len() - line.matches(' ').count();
        inside.contains(&end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_only_between_their_characters() {
        let lines = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
        assert!(are_parted(&lines(&["全部 4 项功能上的分", "享率都高于外籍用户"])));
        assert!(!are_parted(&lines(&["全部 4 项功能上的", "分享率都高于外籍用户"])));
        assert!(are_parted(&lines(&["中国用", "户"])));
        assert!(!are_parted(&lines(&["Chinese users", "share more"])));
    }
}
