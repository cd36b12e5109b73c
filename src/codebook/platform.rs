//! The survey platforms whose exports are understood, and how each writes what is not an answer.

use std::{fmt, str::FromStr};

/// What wrote a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Platform {
    /// 问卷星, text or ordinal.
    Wjx,
    /// 腾讯问卷.
    Tencent,
    /// 见数.
    Credamo,
    /// Qualtrics, with two or three header rows.
    Qualtrics,
    /// `SurveyMonkey`, with two header rows.
    SurveyMonkey,
    /// Google Forms, through a sheet.
    GoogleForms,
    /// Any other table with one header row.
    Generic,
}

impl Platform {
    /// Every platform.
    pub const ALL: [Self; 7] = [
        Self::Wjx,
        Self::Tencent,
        Self::Credamo,
        Self::Qualtrics,
        Self::SurveyMonkey,
        Self::GoogleForms,
        Self::Generic,
    ];

    /// How a codebook writes it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Wjx => "wjx",
            Self::Tencent => "tencent",
            Self::Credamo => "credamo",
            Self::Qualtrics => "qualtrics",
            Self::SurveyMonkey => "surveymonkey",
            Self::GoogleForms => "google-forms",
            Self::Generic => "generic",
        }
    }

    /// What stands between the options of one cell.
    #[must_use]
    pub fn separator(self) -> &'static str {
        match self {
            Self::Wjx | Self::Tencent | Self::Credamo => "┋",
            Self::Qualtrics => ",",
            Self::SurveyMonkey | Self::GoogleForms => ", ",
            Self::Generic => ";",
        }
    }
}

/// What its files are, as in "taken for …".
impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wjx => "an export of 问卷星 (WJX)",
            Self::Tencent => "an export of 腾讯问卷 (Tencent)",
            Self::Credamo => "an export of 见数 (Credamo)",
            Self::Qualtrics => "an export of Qualtrics",
            Self::SurveyMonkey => "an export of SurveyMonkey",
            Self::GoogleForms => "an export of Google Forms",
            Self::Generic => "a plain table, of no platform that is known",
        })
    }
}

/// No platform has that key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPlatform;

impl fmt::Display for UnknownPlatform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<&str> = Platform::ALL.iter().map(|platform| platform.key()).collect();
        write!(f, "platforms are {}", keys.join(", "))
    }
}

impl std::error::Error for UnknownPlatform {}

impl FromStr for Platform {
    type Err = UnknownPlatform;

    fn from_str(text: &str) -> Result<Self, UnknownPlatform> {
        Self::ALL.into_iter().find(|platform| platform.key() == text).ok_or(UnknownPlatform)
    }
}
