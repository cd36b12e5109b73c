//! A logo: a PNG, or an SVG that runs nothing and refers to nothing outside of itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, Node};

/// Bytes that a logo may have; it stands in every page.
const LARGEST: usize = 512 * 1024;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Elements that run something or bring foreign things in.
const REFUSED: [&str; 8] =
    ["script", "foreignObject", "iframe", "image", "feImage", "animate", "set", "handler"];

/// A picture that may stand in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Logo {
    mime: &'static str,
    bytes: Vec<u8>,
}

impl Logo {
    /// The picture, or what is wrong with it, after "the logo".
    pub(super) fn check(bytes: Vec<u8>) -> Result<Self, String> {
        if bytes.len() > LARGEST {
            return Err(format!("has {} bytes, more than {LARGEST}", bytes.len()));
        }
        if bytes.starts_with(PNG) {
            return Ok(Self { mime: "image/png", bytes });
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| "is neither PNG nor SVG".to_owned())?;
        let document = Document::parse(text).map_err(|error| format!("is neither PNG nor SVG: {error}"))?;
        if document.root_element().tag_name().name() != "svg" {
            return Err("is neither PNG nor SVG".to_owned());
        }
        if let Some(why) = document.descendants().find_map(active) {
            return Err(why);
        }
        Ok(Self { mime: "image/svg+xml", bytes })
    }

    /// The address under which a page holds it.
    pub(in crate::report) fn address(&self) -> String {
        format!("data:{};base64,{}", self.mime, STANDARD.encode(&self.bytes))
    }
}

/// What a node does that a picture may not.
fn active(node: Node<'_, '_>) -> Option<String> {
    if node.is_pi() {
        return Some("has a processing instruction".to_owned());
    }
    let name = node.tag_name().name();
    if REFUSED.contains(&name) {
        return Some(format!("has a <{name}>"));
    }
    if name == "style" && node.descendants().filter_map(|text| text.text()).any(reaches_out) {
        return Some("has a style that refers to something outside of it".to_owned());
    }
    node.attributes().find_map(|attribute| {
        let (name, value) = (attribute.name(), attribute.value().trim());
        let is_foreign = name == "href" && !value.starts_with('#');
        if name.len() > 2 && name.to_ascii_lowercase().starts_with("on") {
            Some(format!("has the script {name}"))
        } else if is_foreign || reaches_out(value) {
            Some(format!("refers to something outside of it, in {name}"))
        } else {
            None
        }
    })
}

/// Whether a style or a value loads something; `url(#a)` names a part of the same picture.
fn reaches_out(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let urls = lower.match_indices("url(").map(|(at, url)| lower[at + url.len()..].trim_start());
    // An escape could hide any of them.
    lower.contains("@import")
        || lower.contains("javascript:")
        || lower.contains('\\')
        || urls.into_iter().any(|rest| !rest.trim_start_matches(['"', '\'']).starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::Logo;

    fn refused(inside: &str) -> String {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inside}</svg>"
        );
        Logo::check(svg.into_bytes()).err().unwrap_or_default()
    }

    #[test]
    fn a_picture_is_taken_and_what_runs_or_reaches_out_is_not() {
        for good in [
            "<rect width=\"4\" height=\"4\"/>",
            "<g fill=\"url(#a)\"/>",
            "<use xlink:href=\"#a\"/>",
            "<style>.a{fill:#f00}</style>",
        ] {
            assert_eq!(refused(good), "", "{good}");
        }
        for bad in [
            "<script>1</script>",
            "<rect onload=\"x()\"/>",
            "<image href=\"http://x/\"/>",
            "<use href=\"http://x/#a\"/>",
            "<a xlink:href=\"javascript:x()\"/>",
            "<g fill=\"url(http://x)\"/>",
            "<g style=\"fill:URL( 'http://x')\"/>",
            "<style>@import 'x';</style>",
            "<style>a{b:u\\72l(http://x)}</style>",
            "<foreignObject/>",
            "<?xml-stylesheet href=\"x\"?>",
        ] {
            assert_ne!(refused(bad), "", "{bad}");
        }
        assert!(Logo::check(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>".to_vec()).is_err());
        assert!(Logo::check(b"<html/>".to_vec()).is_err() && Logo::check(vec![0xFF, 0xD8]).is_err());
        assert!(Logo::check(vec![0; 600_000]).is_err());
        assert!(Logo::check(b"\x89PNG\r\n\x1a\n...".to_vec()).is_ok());
    }
}
