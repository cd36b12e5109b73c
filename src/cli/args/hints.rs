//! What stands under the options of commands.

/// Of `wxstats check`.
pub(super) const CHECK: &str = "\
Lists every problem of every file with its line and column, and what became of each column of the good ones: what it
becomes, or that it was left out. Exit code 1 where a file has problems.";

/// Of `wxstats codebook`.
pub(super) const CODEBOOK: &str = "\
Understands 问卷星, 腾讯问卷, 见数, Qualtrics, SurveyMonkey, Google Forms and any table with a header. The draft names what
respondents do, who they are and where they live, and says what each guess rests on; what could not be told is marked
MISSING. Personal data and what respondents wrote themselves are left out.

Examples:
  wxstats codebook 调查.xlsx                       what are its columns?
  wxstats codebook 调查.xlsx -o wxstats.toml       then read the draft, mend it, and
  wxstats check 调查.xlsx                          see what became of every column";
