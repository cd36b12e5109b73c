//! The columns of a usage log → users: for every period a row for each user who was active in it, as a log that is read here becomes one.
//!
//! Events are added by user and place (segment, city and the other columns) first, then by user, whose place is that of the last
//! event. What is last is told by the time alone, as a table has no order: where two places of a user share the last second, the
//! log is refused.

use super::answer::Kind;
use super::cells::Column;
use super::people::People;
use super::profile::{self, Check, Profile, distinct, position, problem};
use super::session::Session;
use super::sql;
use super::table::TableError;
use super::{ClusterError, dialog::Source};
use crate::codebook::Item;
use crate::ingest::{
    Code, Day, EventColumns, MOST_EVENTS, Notice, NumberItem, Period, Position, Problem, Problems,
    RoleLevels, Roles, Stretch, UsageOptions,
};

/// A log.
pub(super) struct Events<'a> {
    session: &'a Session,
    /// The view of its events.
    view: String,
    dimensions: Vec<RoleLevels>,
    options: UsageOptions,
    /// The columns of ids, features, times and counts, for messages.
    places: [usize; 4],
}

/// The events of a log as a whole.
struct Counted {
    /// The first and the last day that count.
    seen: Option<(Day, Day)>,
    notices: Vec<Notice>,
}

/// The users of a log.
pub(super) struct Users {
    pub(super) people: People,
    /// First and last day of its events that count.
    seen: (Day, Day),
    options: UsageOptions,
    pub(super) notices: Vec<Notice>,
}

impl<'a> Events<'a> {
    /// The events of a table, under a name.
    pub(super) fn new(
        session: &'a Session,
        table: &str,
        view: &str,
        columns: &[Column],
        roles: &Roles,
        of: EventColumns,
        options: UsageOptions,
    ) -> Result<Self, ClusterError> {
        let id = roles.id.unwrap_or_default();
        let (day, second) = columns[of.time].time();
        let mut each = vec![
            format!("{} AS id", columns[id].trimmed()),
            "'' AS wave".to_owned(),
            format!(
                "CONCAT({}, '.', {}) AS item",
                columns[of.feature].trimmed(),
                columns[of.action].trimmed()
            ),
            format!("{day} AS day"),
            format!("{second} AS second"),
            format!(
                "{} AS times",
                of.count.map_or("CAST(1 AS BIGINT)".to_owned(), |count| columns[count].count())
            ),
        ];
        let levels = roles.dimensions.iter().enumerate();
        each.extend(levels.map(|(at, levels)| format!("{} AS d{at}", columns[levels.column].cell())));
        let query = format!("SELECT {} FROM {}", each.join(", "), sql::name(table));
        session.view(view, Source::Query(query))?;
        let places = [id, of.feature, of.time, of.count.unwrap_or(of.time)];
        Ok(Self { session, view: view.to_owned(), dimensions: roles.dimensions.clone(), options, places })
    }

    /// The users, under a name.
    ///
    /// # Errors
    /// All that is wrong with the events; or why they cannot be asked.
    pub(super) fn users(self, view: &str, mut problems: Problems) -> Result<(Users, Problems), TableError> {
        let Counted { seen, notices } = self.counted(&mut problems)?;
        let items = self.items(&mut problems)?;
        let (Some(seen), true) = (seen, problems.is_empty()) else {
            if problems.is_empty() {
                let hint = "see the days of its rows, --since and --until";
                problems.add(
                    Problem::new(Position::START, Code::NoRows, "nothing in the days asked for").hint(hint),
                );
            }
            return Err(TableError::Problems(problems));
        };
        let cells = self.canonical(&mut problems)?;
        if !problems.is_empty() {
            return Err(TableError::Problems(problems));
        }
        let number = |item: &Item| NumberItem { item: item.events(), scale: None };
        let people = People {
            view: view.to_owned(),
            query: self.users_sql(&items, &cells),
            numbers: items.iter().map(|item| (self.places[1], number(item))).collect(),
            yes_no: items.into_iter().map(|item| (self.places[1], item)).collect(),
            dimensions: self.dimensions,
            id: None,
            wave: self.options.period.map(|_| self.places[2]),
            stratum: None,
            psu: None,
            fpc: None,
            weight: None,
        };
        Ok((Users { people, seen, options: self.options, notices }, problems))
    }

    /// What no event may be; the first and the last day that count; and what the user should hear of.
    fn counted(&self, problems: &mut Problems) -> Result<Counted, ClusterError> {
        let [id, feature, time, count] = self.places;
        let check = |column, code, condition: &str, what: &str, hint: &str| Check {
            column,
            code,
            what: what.to_owned(),
            hint: hint.to_owned(),
            condition: condition.to_owned(),
        };
        let item_hint = "feature and action are written in a-z, 0-9 and _, such as moments and share, and no action ends with _events";
        let time_hint = "a time is written 2026-03-01, or 2026-03-01 08:30:00, in the zone whose days count, without an offset";
        let checks = [
            check(id, Code::EmptyId, "id = ''", "no user_id", "every row needs an id"),
            check(
                feature,
                Code::BadItem,
                "NOT item RLIKE '^[a-z0-9_]+[.][a-z0-9_]+$' OR item LIKE '%\\\\_events'",
                "what is no item",
                item_hint,
            ),
            check(time, Code::BadTime, "day IS NULL OR second IS NULL", "what is no time", time_hint),
            check(
                count,
                Code::BadNumber,
                "times IS NULL",
                "what is no count",
                "a count is a whole number from 0 to 1000000000",
            ),
        ];
        let bad = checks.iter().map(|check| format!(", COUNT(CASE WHEN {} THEN 1 END)", check.condition));
        let bad = bad.collect::<Vec<_>>().concat();
        let counts = self.counts();
        let answer = self.session.query(&format!(
            "SELECT COUNT(*), COUNT(CASE WHEN NOT {counts} THEN 1 END), COUNT(CASE WHEN {counts} AND times = 0 THEN 1 END), \
             COALESCE(CAST(MIN(CASE WHEN {counts} THEN day END) AS STRING), ''), \
             COALESCE(CAST(MAX(CASE WHEN {counts} THEN day END) AS STRING), ''){bad} FROM {}",
            self.view
        ))?;
        if answer.counts(0)? == [0] {
            problems.add(
                Problem::new(Position::START, Code::NoRows, "a header and no rows").hint("was it cut off?"),
            );
        }
        for (check, at) in checks.into_iter().zip(5..) {
            let rows: u64 = answer.counts(at)?.iter().sum();
            if rows > 0 {
                problems.add(problem(check.column, check.code, &check.what, rows).hint(check.hint));
            }
        }
        let day = |at: usize| {
            Ok::<_, ClusterError>(answer.texts(at)?.iter().flatten().find_map(|day| day.parse::<Day>().ok()))
        };
        let sum = |at: usize| Ok::<u64, ClusterError>(answer.counts(at)?.iter().sum());
        let mut notices = Vec::new();
        let (outside, nothing) = (sum(1)?, sum(2)?);
        notices.extend((outside > 0).then_some(Notice::OutsideDays { rows: outside }));
        notices.extend((nothing > 0).then_some(Notice::NoEvents { rows: nothing }));
        Ok(Counted { seen: day(3)?.zip(day(4)?), notices })
    }

    /// Whether an event is of a day that counts.
    fn counts(&self) -> String {
        let bound = |day: Option<Day>, sign: &str| day.map(|day| format!("day {sign} DATE'{day}'"));
        let bounds: Vec<String> =
            [bound(self.options.from, ">="), bound(self.options.to, "<=")].into_iter().flatten().collect();
        if bounds.is_empty() { "TRUE".to_owned() } else { format!("({})", bounds.join(" AND ")) }
    }

    /// Everything that is done in the log, in alphabetical order.
    fn items(&self, problems: &mut Problems) -> Result<Vec<Item>, ClusterError> {
        const MOST: usize = 10_000;
        if !problems.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT item, COUNT(*) FROM {} GROUP BY item LIMIT {}", self.view, MOST + 1);
        let answer = self.session.query(&sql)?;
        let mut items: Vec<Item> =
            answer.texts(0)?.iter().flatten().filter_map(|item| item.parse().ok()).collect();
        if items.len() > MOST {
            let message = format!("more than {MOST} different items");
            let hint = "is one of the columns feature and action free text?";
            problems.add(Problem::new(position(self.places[1]), Code::TooManyItems, message).hint(hint));
        }
        items.sort();
        Ok(items)
    }

    /// Expressions of the levels of all dimensions, whatever they are written like.
    fn canonical(&self, problems: &mut Problems) -> Result<Vec<String>, ClusterError> {
        let cells = distinct(self.session, &self.view, 'd', self.dimensions.len())?;
        let mut written: Vec<String> = vec![String::new(); self.dimensions.len()];
        for (place, dimension) in self.dimensions.iter().enumerate() {
            for ((_, cell, _), rows) in cells.iter().filter(|((at, _, _), _)| *at == place) {
                match dimension.level(cell) {
                    Ok(level) if level == *cell => {}
                    Ok(level) => {
                        written[place] += &format!(" WHEN {} THEN {}", sql::text(cell), sql::text(&level));
                    }
                    Err(wrong) => problems.add(profile::in_rows(wrong, *rows)),
                }
            }
        }
        let each = written.into_iter().enumerate();
        Ok(each
            .map(|(at, cases)| {
                if cases.is_empty() { format!("d{at}") } else { format!("CASE d{at}{cases} ELSE d{at} END") }
            })
            .collect())
    }

    fn users_sql(&self, items: &[Item], cells: &[String]) -> String {
        let wave = match self.options.period {
            None => "''".to_owned(),
            Some(Period::Day) => "CAST(day AS STRING)".to_owned(),
            Some(Period::Week) => "CAST(TRUNC(day, 'WEEK') AS STRING)".to_owned(),
            Some(Period::Month) => "CAST(TRUNC(day, 'MONTH') AS STRING)".to_owned(),
        };
        let levels: Vec<String> =
            cells.iter().enumerate().map(|(at, cell)| format!("{cell} AS d{at}")).collect();
        let places: Vec<String> = (0..cells.len()).map(|at| format!("d{at}")).collect();
        let counted = |how: &dyn Fn(usize, &Item) -> String| -> String {
            items.iter().enumerate().map(|(at, item)| how(at, item)).collect()
        };
        let by_place = counted(&|at, item| {
            format!(", SUM(CASE WHEN item = {} THEN times ELSE 0 END) AS c{at}", sql::text(&item.to_string()))
        });
        let by_user = counted(&|at, _| format!(", SUM(c{at}) AS c{at}"));
        let answers = counted(&|at, _| format!(", CASE WHEN c{at} > 0 THEN 3 ELSE 2 END AS a{at}"));
        let numbers = counted(&|at, _| format!(", CAST(CAST(c{at} AS DOUBLE) AS STRING) AS x{at}"));
        let list = |each: &[String]| each.iter().map(|one| format!(", {one}")).collect::<Vec<_>>().concat();
        let top = (0..cells.len()).map(|at| format!(", top.d{at} AS d{at}")).collect::<Vec<_>>().concat();
        format!(
            "SELECT id, wave, '' AS stratum, '' AS psu, CAST(NULL AS DOUBLE) AS fpc, 1D AS w, events, places > 1 AS moved, \
             SIZE(FILTER(moments, moment -> moment = top.latest)) > 1 AS tied{top}{answers}{numbers} FROM (\
             SELECT id, wave, SUM(events) AS events, COUNT(*) AS places, COLLECT_LIST(latest) AS moments, \
             MAX(STRUCT(latest{places})) AS top{by_user} FROM (\
             SELECT id, wave{places}, SUM(times) AS events, MAX(moment) AS latest{by_place} FROM (\
             SELECT id, {wave} AS wave, item, times, CAST(DATEDIFF(day, DATE'1970-01-01') AS BIGINT) * 86400 + second AS moment{levels} \
             FROM {view} WHERE {counts} AND times > 0) GROUP BY id, wave{places}) GROUP BY id, wave)",
            places = list(&places),
            levels = list(&levels),
            view = self.view,
            counts = self.counts(),
        )
    }
}

impl Users {
    /// Says of every period what it is.
    ///
    /// # Errors
    /// [`TableError`] where nobody can tell which place of a user is the last.
    pub(super) fn finish(
        &mut self,
        session: &Session,
        mut profiles: Vec<Profile>,
        mut problems: Problems,
    ) -> Result<Vec<Profile>, TableError> {
        let sql = format!(
            "SELECT wave, SUM(events), COUNT(CASE WHEN moved THEN 1 END), COUNT(CASE WHEN tied THEN 1 END) FROM {} GROUP BY wave",
            self.people.view
        );
        let answer = session.query(&sql)?;
        let (keys, events, movers, tied) =
            (answer.texts(0)?, answer.counts(1)?, answer.counts(2)?, answer.counts(3)?);
        let tied: u64 = tied.iter().sum();
        if tied > 0 {
            let message = format!(
                "{tied} users whose last events share a second and differ in segment, city or another column"
            );
            let hint = "give the events times that tell which is the last, or the user one row of it";
            problems.add(
                Problem::new(position(self.people.wave.unwrap_or_default()), Code::BadTime, message)
                    .hint(hint),
            );
            return Err(TableError::Problems(problems));
        }
        for profile in &mut profiles {
            let row =
                keys.iter().flatten().position(|key| *key == profile.key).ok_or(ClusterError::Changed)?;
            let stretch = Stretch::new(self.options, self.seen, profile.key.parse().ok());
            let (label, usage, notice) = stretch.of_users(events[row], movers[row]);
            profile.schema.wave = label;
            profile.schema.usage = Some(usage);
            self.notices.extend(notice);
        }
        Ok(profiles)
    }
}

impl Column {
    /// Day and second of a time; NULL where it is none.
    fn time(&self) -> (String, String) {
        const CLOCK: &str = "([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?([.][0-9]+)?$";
        let name = sql::name(&self.name);
        match self.kind {
            Kind::Day => (name.clone(), "0".to_owned()),
            Kind::Clock => (
                format!("CAST({name} AS DATE)"),
                format!("HOUR({name}) * 3600 + MINUTE({name}) * 60 + CAST(FLOOR(SECOND({name})) AS INT)"),
            ),
            Kind::Text => {
                let text = self.trimmed();
                let date = format!("REGEXP_EXTRACT({text}, '^([^ T]*)', 1)");
                let clock = format!("^[^ T]*[ T][ ]*{CLOCK}");
                let part = |group: u8| format!("TRY_CAST(REGEXP_EXTRACT({text}, '{clock}', {group}) AS INT)");
                let (hour, minute, second) = (part(1), part(2), format!("COALESCE({}, 0)", part(3)));
                (
                    format!(
                        "CASE WHEN {date} RLIKE '^[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}$' THEN TRY_CAST({date} AS DATE) \
                         WHEN {date} RLIKE '^[0-9]{{4}}/[0-9]{{1,2}}/[0-9]{{1,2}}$' THEN TRY_CAST(REPLACE({date}, '/', '-') AS DATE) \
                         WHEN {date} RLIKE '^[0-9]{{8}}$' THEN TRY_CAST(CONCAT(SUBSTRING({date}, 1, 4), '-', SUBSTRING({date}, 5, 2), \
                         '-', SUBSTRING({date}, 7, 2)) AS DATE) END"
                    ),
                    format!(
                        "CASE WHEN {text} NOT RLIKE '[ T]' THEN 0 WHEN {text} RLIKE '{clock}' AND {hour} < 24 AND {minute} < 60 \
                         AND {second} < 60 THEN {hour} * 3600 + {minute} * 60 + {second} END"
                    ),
                )
            }
            Kind::Whole => {
                let text = Self { name: self.name.clone(), kind: Kind::Whole }.cell();
                (
                    format!(
                        "CASE WHEN {text} RLIKE '^[0-9]{{8}}$' THEN TRY_CAST(CONCAT(SUBSTRING({text}, 1, 4), '-', \
                         SUBSTRING({text}, 5, 2), '-', SUBSTRING({text}, 7, 2)) AS DATE) END"
                    ),
                    "0".to_owned(),
                )
            }
            Kind::Boolean | Kind::Number | Kind::Other => {
                ("CAST(NULL AS DATE)".to_owned(), "CAST(NULL AS INT)".to_owned())
            }
        }
    }

    /// How often something was done; NULL where it does not say.
    fn count(&self) -> String {
        let whole = match self.kind {
            Kind::Whole => format!("CAST({} AS BIGINT)", sql::name(&self.name)),
            Kind::Text => {
                let text = self.trimmed();
                format!("CASE WHEN {text} RLIKE '^[0-9]{{1,18}}$' THEN TRY_CAST({text} AS BIGINT) END")
            }
            _ => "CAST(NULL AS BIGINT)".to_owned(),
        };
        format!("CASE WHEN {whole} BETWEEN 0 AND {MOST_EVENTS} THEN {whole} END")
    }
}
