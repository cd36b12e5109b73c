//! The kinds of problems a file can have, each with a stable kebab-case name that scripts may rely on.

use std::fmt;

/// Declares [`Code`] with the name that is printed for each kind.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What is wrong at one place of a file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every kind of problem.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

codes! {
    /// The bytes are not text: an archive, an image, a workbook.
    NotText = "not-text",
    /// A feed that is no JSON, or an answer without figures.
    BadJson = "bad-json",
    /// Figures of official accounts that are not of whole articles.
    NotArticles = "not-articles",
    /// A file of none of the forms in which an account tells of itself.
    NotAccount = "not-account",
    /// A count that another file, or another row, states differently.
    Contradiction = "contradiction",
    /// The text is not UTF-8.
    NotUtf8 = "not-utf8",
    /// Bytes that are no character of the file's encoding.
    NotDecoded = "not-decoded",
    /// Nothing tells what encoding the file is in.
    UnclearEncoding = "unclear-encoding",
    /// A packed file or a workbook that cannot be read to its end.
    Damaged = "damaged",
    /// A workbook beyond the limits.
    TooLarge = "too-large",
    /// A sheet that is not there.
    NoSheet = "no-sheet",
    /// A cell of a sheet that holds an error, such as `#N/A`.
    ErrorCell = "error-cell",
    /// A byte order mark anywhere but at the start.
    SecondBom = "second-bom",
    /// A NUL character.
    Nul = "nul",
    /// A control character other than tab, CR and LF.
    ControlCharacter = "control-character",
    /// A CR that no LF follows.
    LoneCr = "lone-cr",
    /// An empty line before the last row.
    BlankLine = "blank-line",
    /// A row with more or fewer cells than the header.
    RaggedRow = "ragged-row",
    /// A last row that ends with the file before its last cell.
    CutRow = "cut-row",
    /// A quoted cell that is never closed.
    UnterminatedQuote = "unterminated-quote",
    /// Text between a closing quote and the next delimiter.
    TextAfterQuote = "text-after-quote",
    /// A quote inside a cell that does not begin with one.
    QuoteInCell = "quote-in-cell",
    /// A cell above the limit.
    CellTooLong = "cell-too-long",
    /// A row above the limit.
    RowTooLong = "row-too-long",
    /// A header with more columns than the limit.
    TooManyColumns = "too-many-columns",
    /// A file without a header.
    EmptyFile = "empty-file",
    /// A header without rows.
    NoRows = "no-rows",
    /// Several characters may be what separates the columns.
    UnclearDelimiter = "unclear-delimiter",
    /// A file in a platform's form, of which no codebook says what it means.
    NoCodebook = "no-codebook",
    /// A column of the canonical schema that is not there.
    MissingColumn = "missing-column",
    /// Two columns of one name.
    RepeatedHeader = "repeated-header",
    /// A column without a name.
    EmptyHeader = "empty-header",
    /// A column whose name is almost a role or an item.
    UnclearColumn = "unclear-column",
    /// A wide file without a column `feature.action`.
    NoItems = "no-items",
    /// The wave is given by the caller and by a column.
    WaveTwice = "wave-twice",
    /// A row without a respondent id.
    EmptyId = "empty-id",
    /// A respondent id that an earlier row of the wave has.
    DuplicateId = "duplicate-id",
    /// A row without a segment.
    EmptySegment = "empty-segment",
    /// A row without a city.
    EmptyCity = "empty-city",
    /// A city that the gazetteer does not know.
    UnknownCity = "unknown-city",
    /// A name of several cities.
    AmbiguousCity = "ambiguous-city",
    /// A cell for which the codebook gives no level.
    UnknownLevel = "unknown-level",
    /// A length of an interview that cannot be read.
    BadDuration = "bad-duration",
    /// An answer that is none of the accepted tokens.
    UnknownAnswer = "unknown-answer",
    /// An answer that is no number, or none of the scale.
    BadNumber = "bad-number",
    /// An item with more different numbers than the limit.
    TooManyValues = "too-many-values",
    /// A feature or action that is not a lower-case slug.
    BadItem = "bad-item",
    /// More distinct items than columns would be allowed.
    TooManyItems = "too-many-items",
    /// One respondent answers one item in two rows.
    DuplicateAnswer = "duplicate-answer",
    /// A cell of a respondent that differs from the respondent's first row.
    RespondentDiffers = "respondent-differs",
    /// A row without a weight, in a file with weights.
    MissingWeight = "missing-weight",
    /// A weight that is negative, infinite or no number.
    BadWeight = "bad-weight",
    /// No row of a wave has a weight above 0.
    ZeroWeights = "zero-weights",
    /// A row without a stratum, in a file with strata.
    MissingStratum = "missing-stratum",
    /// A row without a PSU, in a file with PSUs.
    MissingPsu = "missing-psu",
    /// A row without a wave, in a file with waves.
    MissingWave = "missing-wave",
    /// A finite population correction that is missing, not positive, no number, or below the sample size.
    BadFpc = "bad-fpc",
    /// Two finite population corrections in one stratum.
    FpcDiffers = "fpc-differs",
    /// Population sizes and sampling fractions in one column.
    FpcMix = "fpc-mix",
    /// A time that cannot be read.
    BadTime = "bad-time",
    /// A funnel of which nobody says in which order its stages come, or stages of what is no funnel.
    NoStages = "no-stages",
    /// A row of a funnel without a model.
    EmptyModel = "empty-model",
    /// A stage that is none of those declared.
    UnknownStage = "unknown-stage",
    /// Counts of a funnel without one of its stages, or with one twice.
    MissingStage = "missing-stage",
    /// A stage that more people reached than the one before.
    NotNested = "not-nested",
    /// More people than a file of counts may stand for.
    TooManyPeople = "too-many-people",
    /// A column with too many distinct values to break down by.
    TooManyLevels = "too-many-levels",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
