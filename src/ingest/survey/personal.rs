//! Columns and values that look like personal data.
//!
//! Such columns are no dimensions: unless a codebook declares them they are left out. The lists err on the side
//! of leaving out; what was left out is told by name.

/// Words of a column name that mark it, whatever stands around them.
const WORDS: [&str; 39] = [
    "address",
    "birthdate",
    "birthday",
    "dob",
    "email",
    "fullname",
    "guid",
    "id",
    "idcard",
    "idfa",
    "imei",
    "ip",
    "ipaddress",
    "lastname",
    "firstname",
    "latitude",
    "longitude",
    "mac",
    "mail",
    "mailbox",
    "name",
    "nickname",
    "openid",
    "passport",
    "qq",
    "realname",
    "surname",
    "tel",
    "telephone",
    "uid",
    "unionid",
    "userid",
    "username",
    "uuid",
    "wechatid",
    "weixinid",
    "whatsapp",
    "wxid",
    "cellphone",
];

/// The same in Chinese, where words have no edges.
const PARTS: [&str; 20] = [
    "姓名",
    "名字",
    "昵称",
    "手机号",
    "手机电话",
    "电话",
    "身份证",
    "证件",
    "护照",
    "邮箱",
    "邮件",
    "微信号",
    "微信名",
    "住址",
    "地址",
    "生日",
    "出生日期",
    "联系方式",
    "用户标识",
    "真名",
];

/// A phone is a person's number, unless the column is about the device.
const PHONES: [&str; 3] = ["phone", "mobile", "手机"];
const DEVICE: [&str; 13] = [
    "brand", "model", "os", "system", "type", "plan", "maker", "品牌", "型号", "系统", "类型", "价格", "部数",
];

/// Whether a column of this name would hold personal data.
pub(in super::super) fn is_personal_header(header: &str) -> bool {
    let words = words(header);
    let has = |set: &[&str]| {
        set.iter().any(|&entry| {
            if entry.is_ascii() { words.iter().any(|w| w == entry) } else { header.contains(entry) }
        })
    };
    has(&WORDS) || has(&PARTS) || (has(&PHONES) && !has(&DEVICE))
}

/// The ASCII words of a name in lower case: `RecipientLastName`, `e-mail` and `来自IP` have `name`, `email`, `ip`.
fn words(header: &str) -> Vec<String> {
    let joined = header.replace(['-', '\''], "");
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in joined.chars() {
        if before.is_ascii_lowercase() && c.is_ascii_uppercase() || !c.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_ascii_alphanumeric(), words.last_mut()) {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words
}

/// Whether a level looks like a mobile number, an 18-digit id, an e-mail or IP address, or a WeChat openid.
pub(in super::super) fn is_personal_level(level: &str) -> bool {
    let level = level.trim();
    let digits: String = level.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits = digits.strip_prefix("+86").unwrap_or(&digits);
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let is_mobile =
        digits.len() == 11 && all_digits(digits) && digits.starts_with('1') && digits.as_bytes()[1] >= b'3';
    let is_id = digits.len() == 18 && digits.is_ascii() && all_digits(&digits[..17]);
    let is_email = level.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
    let is_ip = level.split('(').next().is_some_and(|address| address.parse::<std::net::IpAddr>().is_ok());
    let is_openid = level.len() == 28
        && level.starts_with('o')
        && level.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    is_mobile || is_id || is_email || is_ip || is_openid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_columns_are_told_from_dimensions() {
        for header in [
            "phone",
            "Phone Number",
            "e-mail",
            "E-Mail",
            "openid",
            "UnionID",
            "来自IP",
            "IPAddress",
            "user_id",
            "RecipientLastName",
            "姓名",
            "您的手机",
            "手机号码",
            "身份证号",
            "name",
            "wechat_id",
            "QQ号",
            "mobile",
        ] {
            assert!(is_personal_header(header), "{header}");
        }
        for header in [
            "os",
            "age",
            "gender",
            "region",
            "phone_brand",
            "手机系统",
            "mobile os",
            "tenure",
            "ship",
            "来源",
            "telecom",
        ] {
            assert!(!is_personal_header(header), "{header}");
        }
    }

    #[test]
    fn personal_levels_are_told_from_levels() {
        for level in [
            "13812345678",
            "+86 138-1234-5678",
            "11010519491231002X",
            "a@b.cn",
            "10.0.0.1(广东-深圳)",
            "oX1y2zABCDEFGHIJKLmnopqrstuv",
        ] {
            assert!(is_personal_level(level), "{level}");
        }
        for level in ["iOS", "2015", "18-24", "@home", "手机", "12000000000", "1.2.3", ""] {
            assert!(!is_personal_level(level), "{level}");
        }
    }
}
