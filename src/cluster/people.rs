//! A table's columns → the view of its people: a row for every respondent, in columns that all further queries are made of.
//!
//! `id`, `wave`, `stratum` and `psu` are texts without white space around them, `d0`, `d1`, … the cells of dimensions as they stand, `fpc`
//! and `w` doubles, `a0`, `a1`, … packed codes of answers and `x0`, `x1`, … numbers as texts. NULL is what a file here would be
//! refused for.

use super::cells::Column;
use super::sql;
use crate::codebook::Item;
use crate::ingest::{NumberItem, RoleLevels, Roles};

/// The people of a table.
#[derive(Debug, Clone)]
pub(super) struct People {
    /// The view.
    pub(super) view: String,
    /// What its rows are made of.
    pub(super) query: String,
    pub(super) dimensions: Vec<RoleLevels>,
    pub(super) yes_no: Vec<(usize, Item)>,
    pub(super) numbers: Vec<(usize, NumberItem)>,
    /// The columns with these roles, where there are such.
    pub(super) id: Option<usize>,
    pub(super) wave: Option<usize>,
    pub(super) stratum: Option<usize>,
    pub(super) psu: Option<usize>,
    pub(super) fpc: Option<usize>,
    pub(super) weight: Option<usize>,
}

impl People {
    /// The respondents of a survey, of a view of the table.
    pub(super) fn of_survey(
        table: &str,
        view: &str,
        columns: &[Column],
        roles: Roles,
        yes_no: Vec<(usize, Item)>,
        numbers: Vec<(usize, NumberItem)>,
    ) -> Self {
        let trimmed =
            |column: Option<usize>| column.map_or("''".to_owned(), |column| columns[column].trimmed());
        let double = |column: Option<usize>, none: &str, as_double: fn(&Column) -> String| {
            column.map_or(none.to_owned(), |column| as_double(&columns[column]))
        };
        let mut each = vec![
            format!("{} AS id", trimmed(roles.id)),
            format!("{} AS wave", trimmed(roles.wave)),
            format!("{} AS stratum", trimmed(roles.stratum)),
            format!("{} AS psu", trimmed(roles.psu)),
            format!("{} AS fpc", double(roles.fpc, "CAST(NULL AS DOUBLE)", Column::fpc)),
            format!("{} AS w", double(roles.weight, "1D", Column::weight)),
        ];
        let levels = roles.dimensions.iter().enumerate();
        each.extend(levels.map(|(at, levels)| format!("{} AS d{at}", columns[levels.column].cell())));
        let answers = yes_no.iter().enumerate();
        each.extend(answers.map(|(at, (column, _))| format!("{} AS a{at}", columns[*column].answer())));
        let replies = numbers.iter().enumerate();
        each.extend(
            replies.map(|(at, (column, item))| format!("{} AS x{at}", columns[*column].number(item))),
        );
        Self {
            view: view.to_owned(),
            query: format!("SELECT {} FROM {}", each.join(", "), sql::name(table)),
            dimensions: roles.dimensions,
            yes_no,
            numbers,
            id: roles.id,
            wave: roles.wave,
            stratum: roles.stratum,
            psu: roles.psu,
            fpc: roles.fpc,
            weight: roles.weight,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::cluster::answer::Kind;
    use crate::ingest::{Options, Problems, RoleRows};

    /// People of a small survey.
    pub(in crate::cluster) fn people() -> People {
        let header = [
            ("respondent_id", Kind::Whole),
            ("segment", Kind::Text),
            ("city", Kind::Text),
            ("os", Kind::Text),
            ("wave", Kind::Whole),
            ("weight", Kind::Number),
            ("stratum", Kind::Text),
            ("moments.share", Kind::Whole),
            ("moments.read", Kind::Boolean),
            ("use.minutes", Kind::Number),
        ];
        let names: Vec<String> = header.iter().map(|(name, _)| (*name).to_owned()).collect();
        let columns = header.map(|(name, kind)| Column { name: name.to_owned(), kind });
        let number = NumberItem { item: "use.minutes".parse().unwrap(), scale: None };
        let options = Options { numbers: vec![number], ..Options::default() };
        let mut problems = Problems::new("survey.parquet");
        let roles = Roles::of(&names, &options, &mut problems).unwrap();
        let RoleRows::Respondents { yes_no, numbers } = roles.rows.clone() else { panic!("a survey") };
        People::of_survey("table", "people", &columns, roles, yes_no, numbers)
    }

    #[test]
    fn the_sql_of_people() {
        assert_eq!(
            people().query,
            "SELECT COALESCE(CAST(`respondent_id` AS STRING), '') AS id, COALESCE(CAST(`wave` AS STRING), '') AS wave, \
             trim(BOTH '\t\n\u{b}\u{c}\r \u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\
             \u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}' FROM COALESCE(`stratum`, '')) AS stratum, '' AS psu, \
             CAST(NULL AS DOUBLE) AS fpc, CASE WHEN CAST(`weight` AS DOUBLE) = 0D THEN 0D WHEN CAST(`weight` AS DOUBLE) \
             BETWEEN 1E-100D AND 1E100D THEN CAST(`weight` AS DOUBLE) END AS w, COALESCE(`segment`, '') AS d0, \
             COALESCE(`city`, '') AS d1, COALESCE(`os`, '') AS d2, CASE WHEN `moments.share` IS NULL THEN 1 WHEN \
             `moments.share` = 1 THEN 3 WHEN `moments.share` = 0 THEN 2 WHEN `moments.share` = -3 THEN 0 END AS a0, CASE WHEN \
             `moments.read` IS NULL THEN 1 WHEN `moments.read` THEN 3 ELSE 2 END AS a1, CASE WHEN `use.minutes` IS NULL THEN '' \
             WHEN FALSE THEN 'n' WHEN CAST(`use.minutes` AS DOUBLE) = -3D THEN 'n' WHEN ABS(CAST(`use.minutes` AS DOUBLE)) <= \
             1E15D THEN CAST(CAST(`use.minutes` AS DOUBLE) AS STRING) END AS x0 FROM `table`"
        );
    }

    #[test]
    fn a_header_is_held_to_what_a_file_is_held_to() {
        let mut problems = Problems::new("survey.parquet");
        let names = ["respondent_id", "segmnt", "city", "moments.share"].map(str::to_owned);
        assert!(Roles::of(&names, &Options::default(), &mut problems).is_none());
        assert!(problems.to_string().contains("there is no column segment"), "{problems}");
    }
}
