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

/// Of `wxstats ingest`.
pub(super) const INGEST: &str = "\
Examples:
  wxstats ingest survey.csv                        dataset and wave from the file's name and columns
  wxstats ingest 2014.xlsx --dataset expats --wave 2014
  wxstats ingest log.csv.gz --period month         a usage log, month by month
  wxstats ingest survey.csv --replace              a corrected file in the place of the earlier one";

/// Of `wxstats table`.
pub(super) const TABLE: &str = "\
Examples:
  wxstats table --sample                                    cities and segments, every item
  wxstats table --items moments.share --by segment --compare segment
  wxstats table --by 'city*segment,os'                      two banners side by side
  wxstats table --items moments.share/moments.read          sharers among readers
  wxstats table --where 'tier = 新一线 and age < 30'         some respondents only
  wxstats table --by segment -o book.xlsx --lang zh         a workbook in Chinese
  wxstats table --by segment -o table.csv --bom             a CSV that Excel opens right
  wxstats table --by segment --disclosure publish -o table.md";

/// Of `wxstats claims`.
pub(super) const CLAIMS: &str = "\
Examples:
  wxstats claims claims.toml                       every verdict, and exit code 1 where one is contradicted
  wxstats claims claims.toml --strict              also where one is not supported
  wxstats claims claims.toml -o claims.xml         JUnit XML, for the test page of a CI system";

/// Of `wxstats diff`.
pub(super) const DIFF: &str = "\
Examples:
  wxstats diff                                     the latest wave against the one before it
  wxstats diff reports/old reports/new             two bundles
  wxstats diff --fail-on significant               exit code 1 where a change is more than noise";

/// Of `wxstats explain`.
pub(super) const EXPLAIN: &str = "\
Examples:
  wxstats explain 'rate(moments.share)' --sample
  wxstats explain 'rate(moments.share, segment=expat, city=广州)' --lang zh";

/// Of `wxstats persons`.
pub(super) const PERSONS: &str = "\
Examples:
  wxstats persons moments.share --sample --population populations.csv
  wxstats persons moments.share/moments.read --population populations.csv --format json";

/// Of `wxstats weight`.
pub(super) const WEIGHT: &str = "\
Examples:
  wxstats weight                                   the margins of the codebook, and what they did
  wxstats weight --format json -o weight.json";

/// Of `wxstats metrics`.
pub(super) const METRICS: &str = "\
Examples:
  wxstats metrics --sample                         the bundled figures
  wxstats metrics figures.csv -o figures.md        a page of your own";

/// Of `wxstats report`.
pub(super) const REPORT: &str = "\
Examples:
  wxstats report --sample                          an overview and every city, in reports/
  wxstats report --city 广州 --city 深圳 --lang both  two cities, each in both languages
  wxstats report --input survey.csv --compare german,french
  wxstats report --size wechat --theme dark --only heatmap,trend
  wxstats report --claims claims.toml --metrics figures.csv
  wxstats report --disclosure publish --out public what may leave the company";

/// Of `wxstats init`.
pub(super) const INIT: &str = "\
Examples:
  wxstats init my-project                          in English
  wxstats init 我的项目 --lang zh                   in Chinese";
