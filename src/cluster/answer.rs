//! Arrow streams as a cluster sends them → [`Answer`]: the rows of a query, column by column.

use std::io::Cursor;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use arrow_ipc::reader::StreamReader;
use arrow_schema::{DataType, Schema};

use super::ClusterError;

/// The rows of a query, in no order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Answer {
    /// Name and kind of every column.
    pub(super) header: Vec<(String, Kind)>,
    columns: Vec<Values>,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Boolean,
    Whole,
    /// A double, a float or a decimal.
    Number,
    /// A day.
    Day,
    /// A time by some clock, without a zone.
    Clock,
    /// Anything else: times with a zone, lists, structures.
    Other,
}

/// The cells of one column.
#[derive(Debug, Clone, PartialEq)]
enum Values {
    Text(Vec<Option<String>>),
    Whole(Vec<Option<i64>>),
    Double(Vec<Option<f64>>),
    /// Cells that no query of ours asks for.
    Unread,
}

impl Answer {
    /// Adds the rows of one stream.
    ///
    /// # Errors
    /// [`ClusterError::Answer`] when it is none, or of other columns than those before.
    pub(super) fn add(&mut self, stream: &[u8]) -> Result<(), ClusterError> {
        let unread = |_| ClusterError::Answer { what: "what came is no Arrow stream" };
        let reader = StreamReader::try_new(Cursor::new(stream), None).map_err(unread)?;
        let header = header(&reader.schema());
        if self.columns.is_empty() {
            self.columns = header.iter().map(|(_, kind)| Values::empty(*kind)).collect();
            self.header = header;
        } else if self.header != header {
            return Err(ClusterError::Answer { what: "the columns changed on the way" });
        }
        for batch in reader {
            for (values, column) in self.columns.iter_mut().zip(batch.map_err(unread)?.columns()) {
                values.add(column)?;
            }
        }
        Ok(())
    }

    /// A column of texts, none of them NULL.
    pub(super) fn texts(&self, column: usize) -> Result<&[Option<String>], ClusterError> {
        match self.columns.get(column) {
            Some(Values::Text(values)) if values.iter().all(Option::is_some) => Ok(values),
            _ => Err(ClusterError::Answer { what: "a column is not of texts" }),
        }
    }

    /// A column of whole numbers.
    pub(super) fn wholes(&self, column: usize) -> Result<&[Option<i64>], ClusterError> {
        match self.columns.get(column) {
            Some(Values::Whole(values)) => Ok(values),
            _ => Err(ClusterError::Answer { what: "a column is not of whole numbers" }),
        }
    }

    /// A column of counts, none of them NULL.
    pub(super) fn counts(&self, column: usize) -> Result<Vec<u64>, ClusterError> {
        let count = |value: &Option<i64>| value.and_then(|value| u64::try_from(value).ok());
        let counts: Option<Vec<u64>> = self.wholes(column)?.iter().map(count).collect();
        counts.ok_or(ClusterError::Answer { what: "a count is missing" })
    }

    /// A column of doubles.
    pub(super) fn doubles(&self, column: usize) -> Result<&[Option<f64>], ClusterError> {
        match self.columns.get(column) {
            Some(Values::Double(values)) => Ok(values),
            _ => Err(ClusterError::Answer { what: "a column is not of doubles" }),
        }
    }
}

impl Values {
    fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(Vec::new()),
            Kind::Whole => Self::Whole(Vec::new()),
            Kind::Number => Self::Double(Vec::new()),
            Kind::Boolean | Kind::Day | Kind::Clock | Kind::Other => Self::Unread,
        }
    }

    fn add(&mut self, column: &ArrayRef) -> Result<(), ClusterError> {
        match (self, column.data_type()) {
            (Self::Text(values), DataType::Utf8) => {
                values.extend(column.as_string::<i32>().iter().map(|value| value.map(str::to_owned)));
            }
            (Self::Text(values), DataType::LargeUtf8) => {
                values.extend(column.as_string::<i64>().iter().map(|value| value.map(str::to_owned)));
            }
            (Self::Text(values), DataType::Utf8View) => {
                values.extend(column.as_string_view().iter().map(|value| value.map(str::to_owned)));
            }
            (Self::Whole(values), DataType::Int64) => values.extend(column.as_primitive::<Int64Type>()),
            (Self::Whole(values), DataType::Int32) => {
                values.extend(column.as_primitive::<Int32Type>().iter().map(|value| value.map(i64::from)));
            }
            (Self::Double(values), DataType::Float64) => values.extend(column.as_primitive::<Float64Type>()),
            (Self::Unread, _) => {}
            _ if column.is_empty() => {}
            _ => return Err(ClusterError::Answer { what: "a column is of a type that was not asked for" }),
        }
        Ok(())
    }
}

fn header(schema: &Schema) -> Vec<(String, Kind)> {
    let kind = |of: &DataType| match of {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Kind::Text,
        DataType::Boolean => Kind::Boolean,
        of if of.is_integer() => Kind::Whole,
        of if of.is_numeric() => Kind::Number,
        DataType::Date32 => Kind::Day,
        DataType::Timestamp(_, None) => Kind::Clock,
        _ => Kind::Other,
    };
    schema.fields().iter().map(|field| (field.name().clone(), kind(field.data_type()))).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Float64Array, Int32Array, Int64Array, RecordBatch, StringArray};
    use arrow_ipc::writer::StreamWriter;

    use super::*;

    fn stream(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
        let batch = RecordBatch::try_from_iter_with_nullable(
            columns.into_iter().map(|(name, column)| (name, column, true)),
        )
        .unwrap();
        let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
        writer.write(&batch).unwrap();
        writer.into_inner().unwrap()
    }

    #[test]
    fn rows_of_several_streams_are_one_answer() {
        let part = |text: &str, n: i64| {
            stream(vec![
                ("level", Arc::new(StringArray::from(vec![text])) as ArrayRef),
                ("n", Arc::new(Int64Array::from(vec![Some(n)]))),
                ("at", Arc::new(Int32Array::from(vec![None::<i32>]))),
                ("w", Arc::new(Float64Array::from(vec![0.5]))),
            ])
        };
        let mut answer = Answer::default();
        answer.add(&part("广州", 3)).unwrap();
        answer.add(&part("", i64::MAX)).unwrap();
        assert_eq!(answer.texts(0).unwrap(), [Some("广州".to_owned()), Some(String::new())]);
        assert_eq!(answer.counts(1).unwrap(), [3, i64::MAX as u64]);
        assert_eq!(answer.wholes(2).unwrap(), [None, None]);
        assert_eq!(answer.doubles(3).unwrap(), [Some(0.5), Some(0.5)]);
        assert_eq!(answer.header[2], ("at".to_owned(), Kind::Whole));
    }

    #[test]
    fn what_was_not_asked_for_is_refused() {
        let what = |result: Result<(), ClusterError>| result.unwrap_err().to_string();
        let mut answer = Answer::default();
        assert!(what(answer.add(b"not arrow at all")).contains("no Arrow stream"));
        answer.add(&stream(vec![("n", Arc::new(Int64Array::from(vec![-1])) as ArrayRef)])).unwrap();
        assert!(answer.counts(0).is_err());
        assert!(answer.texts(0).is_err());
        assert!(answer.doubles(1).is_err());
        let other = stream(vec![("n", Arc::new(StringArray::from(vec!["1"])) as ArrayRef)]);
        assert!(what(answer.add(&other)).contains("changed"));
    }
}
