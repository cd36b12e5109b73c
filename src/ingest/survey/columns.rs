//! A header to the roles of its columns.
//!
//! In: the first record of a file. Out: [`Columns`], the place of every role, dimension and item. Refuses, with a
//! suggestion where there is one: missing and repeated columns, columns without a name, names that are almost a
//! role or an item (they would silently become dimensions), and a wide file without items.

use crate::codebook::Item;

use super::super::code::Code;
use super::super::intake::{NumberItem, Options};
use super::super::mapping::{RawCells, RawRow};
use super::super::problems::{Position, Problem, Problems};
use super::super::shown;
use super::articles::ArticleColumns;
use super::funnel::{FunnelColumns, FunnelRows};
use super::long::AnswerColumns;
use super::personal::is_personal_header;
use super::usage::EventColumns;

const REQUIRED: [&str; 3] = ["respondent_id", "segment", "city"];
const OPTIONAL: [&str; 5] = ["weight", "stratum", "psu", "fpc", "wave"];
const LONG: [&str; 3] = ["feature", "action", "answer"];

/// A canonical schema: the roles of its columns.
struct Canon {
    required: &'static [&'static str],
    optional: &'static [&'static str],
    /// Whether columns named `feature.action` hold answers.
    is_wide: bool,
    /// What it needs, for a message.
    needs: &'static str,
}

const WIDE_SURVEY: Canon = Canon {
    required: &REQUIRED,
    optional: &OPTIONAL,
    is_wide: true,
    needs: "a survey needs respondent_id, segment, city and its answers",
};

const LONG_SURVEY: Canon = Canon {
    required: &["respondent_id", "segment", "city", "feature", "action", "answer"],
    is_wide: false,
    ..WIDE_SURVEY
};

const USAGE: Canon = Canon {
    required: &[USER, "segment", "city", "feature", "action", "time"],
    optional: &["count"],
    is_wide: false,
    needs: "a usage log needs user_id, segment, city, feature, action and time",
};

const ARTICLES: Canon = Canon {
    required: &[ARTICLE, "published", "readers", "reads", "sharers", "shares"],
    optional: &[
        "city",
        "delivered",
        "message_reads",
        "first_shares",
        "reads_from_shares",
        "followers",
        "finishers",
    ],
    is_wide: false,
    needs: "statistics of articles need article_id, published, readers, reads, sharers and shares",
};

const FUNNEL_EVENTS: Canon = Canon {
    required: &[ACTOR, "model", "stage", "time"],
    optional: &["segment", "city"],
    is_wide: false,
    needs: "events of a funnel need actor_id, model, stage and time",
};

const FUNNEL_COUNTS: Canon = Canon {
    required: &["model", "stage", "actors"],
    needs: "counts of a funnel need model, stage and actors",
    ..FUNNEL_EVENTS
};

/// The column that tells the events of a funnel from a survey.
const ACTOR: &str = "actor_id";

/// The column that tells statistics of articles from a survey.
const ARTICLE: &str = "article_id";

/// The column that tells a usage log from a survey.
const USER: &str = "user_id";

/// Where everything stands in a row.
#[derive(Debug)]
pub(super) struct Columns {
    /// Of counts of a funnel, which have none, the stage.
    pub(super) id: usize,
    /// Only a mapped file may have none.
    pub(super) segment: Option<usize>,
    /// Only a mapped file may have none.
    pub(super) city: Option<usize>,
    pub(super) weight: Option<usize>,
    pub(super) stratum: Option<usize>,
    pub(super) psu: Option<usize>,
    pub(super) fpc: Option<usize>,
    pub(super) wave: Option<usize>,
    /// Further columns to break down by, with their names, in file order.
    pub(super) dimensions: Vec<(usize, String)>,
    pub(super) form: Form,
    /// Columns left out as personal data, by name.
    pub(super) dropped: Vec<String>,
}

/// How answers stand in a file.
#[derive(Debug)]
pub(super) enum Form {
    /// One row per respondent, one column per item.
    Wide(WideItems),
    /// One row per respondent and item.
    Long(AnswerColumns),
    /// One row per event, or per user, day and item.
    Events(EventColumns),
    /// One row per article, or per article and city.
    Articles(ArticleColumns),
    /// One row per event at a stage, or per stage.
    Funnel(FunnelColumns),
}

/// The columns of answers of a wide file.
#[derive(Debug, Default)]
pub(super) struct WideItems {
    /// Those of yes and no.
    pub(super) yes_no: Vec<(usize, Item)>,
    /// Those of numbers.
    pub(super) numbers: Vec<(usize, NumberItem)>,
}

impl WideItems {
    fn new(items: Vec<(usize, Item)>, numbers: &[NumberItem]) -> Self {
        let mut sorted = Self::default();
        for (column, item) in items {
            match numbers.iter().find(|number| number.item == item) {
                Some(number) => sorted.numbers.push((column, number.clone())),
                None => sorted.yes_no.push((column, item)),
            }
        }
        sorted
    }
}

impl Columns {
    /// The name of a column that describes a respondent.
    pub(super) fn name(&self, column: usize) -> &str {
        let optional = [
            (self.segment, "segment"),
            (self.city, "city"),
            (self.weight, "weight"),
            (self.stratum, "stratum"),
            (self.psu, "psu"),
            (self.fpc, "fpc"),
            (self.wave, "wave"),
        ];
        let named = optional.into_iter().filter_map(|(at, name)| Some((at?, name)));
        let id = match self.form {
            Form::Events(_) => USER,
            Form::Articles(_) => ARTICLE,
            Form::Funnel(FunnelColumns { of: FunnelRows::Events(_), .. }) => ACTOR,
            Form::Funnel(_) => "stage",
            Form::Wide(_) | Form::Long(_) => "respondent_id",
        };
        let roles = std::iter::once((self.id, id)).chain(named);
        let others = self.dimensions.iter().map(|(at, name)| (*at, name.as_str()));
        roles.chain(others).find(|&(at, _)| at == column).map_or("", |(_, name)| name)
    }
}

/// Finds the roles of a header's columns; `None` when something is wrong with them.
pub(super) fn read(header: &Names<'_>, options: &Options, problems: &mut Problems) -> Option<Columns> {
    if header.find(USER).is_some() && header.find("respondent_id").is_none() {
        return usage(header, options, problems);
    }
    if header.find(ARTICLE).is_some() && header.find("respondent_id").is_none() {
        return articles(header, options, problems);
    }
    let has = |names: &[&str]| names.iter().all(|name| header.find(name).is_some());
    if header.find("respondent_id").is_none() && (has(&[ACTOR]) || has(&["stage", "actors"])) {
        return funnel(header, options, problems);
    }
    let is_long = LONG.iter().filter(|role| header.find(role).is_some()).count() >= 2;
    let canon = if is_long { LONG_SURVEY } else { WIDE_SURVEY };
    let before = problems.total();
    header.check_names(problems);
    header.check_required(&canon, problems);
    let (dimensions, items, dropped) = header.others(&canon, problems);
    check_is_funnel(options, problems);
    if !is_long && items.is_empty() {
        problems.add(
            Problem::new(Position::START, Code::NoItems, "no column of answers")
                .hint("a column of answers is named feature.action, such as moments.share"),
        );
    }
    if let Some(column) = header.find("wave") {
        check_wave(header.positions[column], options, problems);
    }
    if problems.total() > before {
        return None;
    }
    let form = if is_long {
        if !options.quality.is_empty() {
            let hint = "leave interviews out before their answers are put in rows";
            let message = "rules of quality need a file with one row per respondent";
            problems.add(Problem::new(Position::START, Code::UnclearColumn, message).hint(hint));
            return None;
        }
        let [feature, action, answer] = LONG;
        Form::Long(AnswerColumns {
            feature: header.find(feature)?,
            action: header.find(action)?,
            answer: header.find(answer)?,
        })
    } else {
        Form::Wide(WideItems::new(items, &options.numbers))
    };
    Some(Columns {
        id: header.find("respondent_id")?,
        segment: header.find("segment"),
        city: header.find("city"),
        weight: header.find("weight"),
        stratum: header.find("stratum"),
        psu: header.find("psu"),
        fpc: header.find("fpc"),
        wave: header.find("wave"),
        dimensions,
        form,
        dropped,
    })
}

/// The columns of a usage log.
fn usage(header: &Names<'_>, options: &Options, problems: &mut Problems) -> Option<Columns> {
    let (dimensions, dropped) = timed(header, &USAGE, options, problems)?;
    Some(Columns {
        id: header.find(USER)?,
        segment: header.find("segment"),
        city: header.find("city"),
        weight: None,
        stratum: None,
        psu: None,
        fpc: None,
        wave: None,
        dimensions,
        form: Form::Events(EventColumns {
            feature: header.find("feature")?,
            action: header.find("action")?,
            time: header.find("time")?,
            count: header.find("count"),
        }),
        dropped,
    })
}

/// The columns of statistics of articles, each of which is a PSU.
fn articles(header: &Names<'_>, options: &Options, problems: &mut Problems) -> Option<Columns> {
    let (dimensions, dropped) = timed(header, &ARTICLES, options, problems)?;
    let is_number = |role: &&&str| !["city", ARTICLE, "published"].contains(role);
    let roles = ARTICLES.required.iter().chain(ARTICLES.optional).filter(is_number);
    let counts = roles.filter_map(|role| Some((header.find(role)?, *role))).collect();
    Some(Columns {
        id: header.find(ARTICLE)?,
        segment: None,
        city: header.find("city"),
        weight: None,
        stratum: None,
        psu: header.find(ARTICLE),
        fpc: None,
        wave: None,
        dimensions,
        form: Form::Articles(ArticleColumns { published: header.find("published")?, counts }),
        dropped,
    })
}

/// The columns of a funnel, from events or counts.
fn funnel(header: &Names<'_>, options: &Options, problems: &mut Problems) -> Option<Columns> {
    let is_of_events = header.find(ACTOR).is_some();
    let canon = if is_of_events { FUNNEL_EVENTS } else { FUNNEL_COUNTS };
    let before = problems.total();
    header.check_names(problems);
    header.check_required(&canon, problems);
    let (mut dimensions, _, dropped) = header.others(&canon, problems);
    let hint = "everybody in it counts once; remove the column, and name the wave with --wave";
    header.refuse_roles(&dimensions, hint, problems);
    if !options.quality.is_empty() {
        refuse_quality(problems);
    }
    if options.stages.is_none() {
        let message = "nobody says in which order the stages come";
        let hint = "declare it: stages = [\"contact\", \"ask\", \"pay\"] in [dataset.NAME] of wxstats.toml, or --stages contact,ask,pay";
        problems.add(Problem::new(Position::START, Code::NoStages, message).hint(hint));
    }
    if problems.total() > before {
        return None;
    }
    let model = header.find("model")?;
    dimensions.insert(0, (model, "model".to_owned()));
    let of = if is_of_events {
        FunnelRows::Events(header.find("time")?)
    } else {
        FunnelRows::Counts(header.find("actors")?)
    };
    let (stage, stages) = (header.find("stage")?, options.stages.clone()?);
    Some(Columns {
        id: header.find(ACTOR).unwrap_or(stage),
        segment: header.find("segment"),
        city: header.find("city"),
        weight: None,
        stratum: None,
        psu: None,
        fpc: None,
        wave: None,
        dimensions,
        form: Form::Funnel(FunnelColumns { model, stage, of, stages }),
        dropped,
    })
}

/// Dimensions and dropped columns of a file whose rows have times.
type TimedOthers = (Vec<(usize, String)>, Vec<String>);

fn timed(
    header: &Names<'_>,
    canon: &Canon,
    options: &Options,
    problems: &mut Problems,
) -> Option<TimedOthers> {
    let before = problems.total();
    header.check_names(problems);
    header.check_required(canon, problems);
    let (dimensions, _, dropped) = header.others(canon, problems);
    let hint = "everything in it counts once, and its periods are the waves; remove the column";
    header.refuse_roles(&dimensions, hint, problems);
    check_is_funnel(options, problems);
    if options.wave.as_deref().is_some_and(|wave| !wave.is_empty()) {
        let hint = "leave out the wave; --period, --since and --until choose the periods";
        let message = "a wave was given for a file whose waves are its periods";
        problems.add(Problem::new(Position::START, Code::WaveTwice, message).hint(hint));
    }
    if !options.quality.is_empty() {
        refuse_quality(problems);
    }
    (problems.total() == before).then_some((dimensions, dropped))
}

fn refuse_quality(problems: &mut Problems) {
    let message = "rules of quality need a file with one row per respondent";
    let hint = "leave rows out before the file is read";
    problems.add(Problem::new(Position::START, Code::UnclearColumn, message).hint(hint));
}

/// Stages are those of a funnel, which this file is not.
fn check_is_funnel(options: &Options, problems: &mut Problems) {
    if options.stages.is_some() {
        let message = "stages are declared, and the file is no funnel";
        let hint = "a funnel has columns model, stage and time or actors; leave out --stages, or stages in wxstats.toml";
        problems.add(Problem::new(Position::START, Code::NoStages, message).hint(hint));
    }
}

/// A file with a column of waves, at `at`, is not of one wave.
fn check_wave(at: Position, options: &Options, problems: &mut Problems) {
    if options.wave.as_deref().is_some_and(|wave| !wave.is_empty()) {
        let message = "the file has a column wave, and a wave was given for the whole file";
        problems.add(Problem::new(at, Code::WaveTwice, message).hint("leave out one of them"));
    }
}

/// The roles of columns that a codebook declares, by their canonical names.
pub(super) fn declared(names: &[String], options: &Options, problems: &mut Problems) -> Option<Columns> {
    let find = |role: &str| names.iter().position(|name| name == role);
    let (mut dimensions, mut items) = (Vec::new(), Vec::new());
    for (index, name) in names.iter().enumerate().filter(|(_, name)| !is_role(name)) {
        match name.parse::<Item>() {
            Ok(item) => items.push((index, item)),
            Err(_) => dimensions.push((index, name.clone())),
        }
    }
    if find("wave").is_some() {
        check_wave(Position::START, options, problems);
    }
    check_is_funnel(options, problems);
    if items.is_empty() {
        let hint = "name the column of at least one in [dataset.NAME.items]: \"moments.share\" = { column = \"Q6\" }";
        problems.add(
            Problem::new(Position::START, Code::NoItems, "the codebook says of no item where it stands")
                .hint(hint),
        );
    }
    Some(Columns {
        id: find("respondent_id")?,
        segment: find("segment"),
        city: find("city"),
        weight: find("weight"),
        stratum: find("stratum"),
        psu: find("psu"),
        fpc: find("fpc"),
        wave: find("wave"),
        dimensions,
        form: Form::Wide(WideItems::new(items, &options.numbers)),
        dropped: Vec::new(),
    })
}

/// The column names, trimmed, and where they stand.
pub(super) struct Names<'a> {
    names: Vec<&'a str>,
    positions: Vec<Position>,
}

impl<'a> Names<'a> {
    /// Those of a header row.
    pub(super) fn of(header: &'a RawRow) -> Self {
        let columns = 0..header.cells.len();
        Self::new(&header.cells, columns.map(|index| header.position(index)).collect())
    }

    /// Those that are made of a header row.
    pub(super) fn new(names: &'a [String], positions: Vec<Position>) -> Self {
        Self { names: names.iter().map(|name| name.trim()).collect(), positions }
    }
}

impl Names<'_> {
    fn find(&self, role: &str) -> Option<usize> {
        self.names.iter().position(|&name| name == role)
    }

    /// Every column needs a name of its own.
    fn check_names(&self, problems: &mut Problems) {
        for (index, (&name, &at)) in self.names.iter().zip(&self.positions).enumerate() {
            if name.is_empty() {
                let message = format!("column {} has no name", shown::number(index));
                problems
                    .add(Problem::new(at, Code::EmptyHeader, message).hint("name the column, or remove it"));
            } else if let Some(first) = self.find(name).filter(|&first| first < index) {
                let message = format!(
                    "column {} has the name of column {}: {}",
                    shown::number(index),
                    shown::number(first),
                    shown::column(name, index)
                );
                problems.add(
                    Problem::new(at, Code::RepeatedHeader, message).hint("rename or remove one of them"),
                );
            }
        }
    }

    fn check_required(&self, canon: &Canon, problems: &mut Problems) {
        let missing: Vec<&str> =
            canon.required.iter().copied().filter(|role| self.find(role).is_none()).collect();
        for role in &missing {
            let message = format!("there is no column {role}");
            let hint = match self.similar(role) {
                Some(similar) => format!("did you mean {}? Rename it to {role}", shown::quoted(similar)),
                None if missing.len() >= REQUIRED.len() => {
                    "is the first line the header? It must name respondent_id, segment and city; for a file of another form, \
                     wxstats codebook drafts a codebook"
                        .to_owned()
                }
                None => canon.needs.to_owned(),
            };
            problems.add(Problem::new(Position::START, Code::MissingColumn, message).hint(hint));
        }
    }

    /// No column of dimensions may have a role in a survey that it does not have here.
    fn refuse_roles(&self, dimensions: &[(usize, String)], hint: &str, problems: &mut Problems) {
        for (column, name) in dimensions.iter().filter(|(_, name)| OPTIONAL.contains(&name.as_str())) {
            let message = format!("column {name} in a file that is no survey");
            problems.add(Problem::new(self.positions[*column], Code::UnclearColumn, message).hint(hint));
        }
    }

    /// The column that was probably meant by `role`.
    fn similar(&self, role: &str) -> Option<&str> {
        const ALIKE: f64 = 0.84;
        let score = |name: &str| strsim::jaro_winkler(&name.to_lowercase(), role);
        let candidates =
            self.names.iter().copied().filter(|name| !is_role(name) && !shown::looks_like_data(name));
        candidates.filter(|name| score(name) >= ALIKE).max_by(|a, b| score(a).total_cmp(&score(b)))
    }

    /// Sorts the columns without a role into dimensions, items, and names of personal data.
    fn others(&self, canon: &Canon, problems: &mut Problems) -> Others {
        let (mut dimensions, mut items, mut dropped) = Others::default();
        let roles: Vec<&str> = canon.required.iter().chain(canon.optional).copied().collect();
        for (index, (&name, &at)) in self.names.iter().zip(&self.positions).enumerate() {
            if name.is_empty() || roles.contains(&name) {
                continue;
            }
            match name.parse::<Item>() {
                Ok(item) if canon.is_wide => {
                    items.push((index, item));
                    continue;
                }
                Ok(item) => {
                    let message = format!("column {item} in a file whose answers stand in rows");
                    let hint = "give its answers as rows of feature, action and answer, or remove it";
                    problems.add(Problem::new(at, Code::UnclearColumn, message).hint(hint));
                    continue;
                }
                Err(_) => {}
            }
            if let Some(meant) = self.almost(name, &roles, canon) {
                let message = format!(
                    "column {} is neither a known column nor clearly another",
                    shown::column(name, index)
                );
                let hint = format!("should it be {meant}? Otherwise give it a name that is less like it");
                problems.add(Problem::new(at, Code::UnclearColumn, message).hint(hint));
            } else if name.contains(['*', ',']) {
                let message = format!("column {} cannot be named in --by", shown::column(name, index));
                let hint = "there * nests and a comma sets side by side; give it a name without them";
                problems.add(Problem::new(at, Code::UnclearColumn, message).hint(hint));
            } else if shown::looks_like_data(name) {
                dropped.push(shown::number(index));
            } else if is_personal_header(name) {
                dropped.push(shown::plain(name));
            } else {
                dimensions.push((index, name.to_owned()));
            }
        }
        (dimensions, items, dropped)
    }

    /// The role or item that `name` is a misspelling of. A missing role is reported as such, not here.
    fn almost(&self, name: &str, roles: &[&str], canon: &Canon) -> Option<String> {
        let slug = name.to_lowercase().replace([' ', '-'], "_");
        if slug.parse::<Item>().is_ok() {
            return Some(slug);
        }
        let is_reported = |role: &str| canon.required.contains(&role) && self.find(role).is_none();
        roles.iter().find(|role| misspells(&slug, role) && !is_reported(role)).map(|role| (*role).to_owned())
    }
}

/// Dimensions, items, and the names of dropped columns.
type Others = (Vec<(usize, String)>, Vec<(usize, Item)>, Vec<String>);

/// Whether a column of that name is one of the canonical schema, a role or an item.
pub(super) fn is_canonical(name: &str) -> bool {
    is_role(name) || name.parse::<Item>().is_ok()
}

fn is_role(name: &str) -> bool {
    REQUIRED.contains(&name) || OPTIONAL.contains(&name) || LONG.contains(&name)
}

/// Whether a lower-case name is a role but for underscores, a plural, or two letters swapped.
fn misspells(name: &str, role: &str) -> bool {
    let letters = |text: &str| text.replace('_', "");
    let (name, role) = (letters(name), letters(role));
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    name == role
        || name.strip_suffix('s') == Some(&role)
        || (role == "stratum" && name == "strata")
        || (sorted(&name) == sorted(&role) && strsim::osa_distance(&name, &role) == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings_are_told_from_other_words() {
        for (name, role) in [
            ("weights", "weight"),
            ("wieght", "weight"),
            ("respondentid", "respondent_id"),
            ("strata", "stratum"),
        ] {
            assert!(misspells(name, role), "{name}");
        }
        for (name, role) in
            [("height", "weight"), ("stage", "wave"), ("cite", "city"), ("weight_group", "weight")]
        {
            assert!(!misspells(name, role), "{name}");
        }
    }
}
