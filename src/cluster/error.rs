//! Why a cluster gives no answer.
//!
//! What a server says of an error may repeat cells of a table, so of its own words nothing is shown but the name of the condition.

use std::fmt;

use spark_connect_core::SparkError;

/// Why a cluster gives no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClusterError {
    /// The address is none.
    Address {
        /// What is wrong with it.
        why: String,
    },
    /// Nobody listens there.
    Closed {
        /// Host and port.
        endpoint: String,
    },
    /// Somebody listens, and does not speak as a Spark Connect server does.
    Silent {
        /// Host and port.
        endpoint: String,
    },
    /// The server's certificate is not trusted.
    Certificate {
        /// Host and port.
        endpoint: String,
    },
    /// The server wants another token.
    Token {
        /// Host and port.
        endpoint: String,
    },
    /// The cluster does not see the path.
    NoPath,
    /// A file on the cluster is not of the form that its name says.
    Malformed,
    /// A column is not there any more.
    NoColumn,
    /// It took too long.
    Overdue {
        /// How long it was given.
        seconds: u64,
        /// Whether the server said that it stopped.
        stopped: bool,
    },
    /// The user stopped it.
    Cancelled {
        /// Whether the server said that it stopped.
        stopped: bool,
    },
    /// The server went away, twice.
    Lost {
        /// Host and port.
        endpoint: String,
    },
    /// The server refuses a query.
    Refused {
        /// Its name of the reason.
        condition: String,
    },
    /// The answer is not what was asked for.
    Answer {
        /// In what.
        what: &'static str,
    },
    /// The table changed between two queries.
    Changed,
    /// A wave has more respondents than exact sums allow.
    TooMany,
    /// More items would have to be told apart together than a number holds.
    TooManyTogether,
    /// Something looks at respondents one by one.
    OneByOne,
}

impl ClusterError {
    /// What an error of the client, or of the server, means.
    pub(super) fn of(error: &SparkError, endpoint: &str) -> Self {
        const UNKNOWN: i32 = 2;
        const DENIED: i32 = 7;
        const UNAVAILABLE: i32 = 14;
        const UNAUTHENTICATED: i32 = 16;
        let endpoint = endpoint.to_owned();
        let condition = error.error_class.as_str();
        let is = |names: &[&str]| {
            names.iter().any(|name| condition == *name || condition.starts_with(&format!("{name}.")))
        };
        if is(&["PATH_NOT_FOUND"]) {
            return Self::NoPath;
        }
        if is(&["UNRESOLVED_COLUMN"]) {
            return Self::NoColumn;
        }
        if is(&["MALFORMED_RECORD_IN_PARSING", "FAILED_READ_FILE", "CANNOT_READ_FILE_FOOTER"]) {
            return Self::Malformed;
        }
        if is(&["INVALID_HANDLE", "INVALID_CURSOR"]) {
            return Self::Lost { endpoint };
        }
        let said = error.message();
        match error.grpc_code {
            _ if said.contains("certificate") => Self::Certificate { endpoint },
            Some(UNAUTHENTICATED | DENIED) => Self::Token { endpoint },
            Some(UNAVAILABLE) => Self::Closed { endpoint },
            Some(UNKNOWN) if said.contains("h2 protocol error") || said.contains("transport error") => {
                Self::Lost { endpoint }
            }
            None if condition.is_empty() || condition == "INVALID_CONNECT_URL" => Self::Address { why: said },
            _ if condition.is_empty() => Self::Refused { condition: "without a name".to_owned() },
            _ => Self::Refused { condition: condition.to_owned() },
        }
    }

    /// Whether asking a new session may help.
    pub(super) fn is_loss(&self) -> bool {
        matches!(self, Self::Lost { .. } | Self::Closed { .. })
    }

    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Address { .. } => "an address is written sc://host:15002/;use_ssl=true",
            Self::Closed { .. } => {
                "is the Spark Connect server running, and is this its port? It is 15002 unless it was told otherwise"
            }
            Self::Silent { .. } => {
                "is this the port of Spark Connect, and not of the master or the web page?"
            }
            Self::Certificate { .. } => "SSL_CERT_FILE names the certificate of the authority that signed it",
            Self::Token { .. } => {
                "set SPARK_CONNECT_AUTHENTICATE_TOKEN, or write sc://host:15002/;use_ssl=true;token=…"
            }
            Self::NoPath => {
                "it must be a path that every worker sees; a folder may be called so too: survey.parquet"
            }
            Self::Malformed => "a CSV is UTF-8 with commas, has a header, and all rows are as long",
            Self::Overdue { .. } => {
                "--deadline SECONDS gives it longer; if all workers are gone, a cluster waits for new ones"
            }
            Self::Lost { .. } => "the log of the server tells why",
            Self::Changed => "run it again when nobody writes to it",
            Self::TooMany => "at most 2147483648 respondents a wave have exact sums",
            Self::TooManyTogether => {
                "nets, mentions and filters of up to 31 items together can be summed on a cluster"
            }
            Self::OneByOne => "look at one wave with --wave, or without --engine",
            Self::NoColumn | Self::Cancelled { .. } | Self::Refused { .. } | Self::Answer { .. } => {
                return None;
            }
        })
    }
}

impl fmt::Display for ClusterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stop = |stopped: bool| {
            if stopped { "the server stopped" } else { "whether the server stopped is not known" }
        };
        match self {
            Self::Address { why } => write!(f, "this is no address of a cluster: {why}"),
            Self::Closed { endpoint } => write!(f, "nobody answers at {endpoint}"),
            Self::Silent { endpoint } => write!(f, "what listens at {endpoint} does not answer as Spark Connect does"),
            Self::Certificate { endpoint } => write!(f, "the certificate of {endpoint} is not trusted"),
            Self::Token { endpoint } => write!(f, "{endpoint} does not accept the token, or wants one"),
            Self::NoPath => f.write_str("the cluster does not see this path"),
            Self::Malformed => f.write_str("the cluster cannot read a file: it is not of the form that its name says"),
            Self::NoColumn => f.write_str("a column of the table is not there any more"),
            Self::Overdue { seconds, stopped } => {
                write!(f, "no answer within {seconds} seconds; {}", stop(*stopped))
            }
            Self::Cancelled { stopped } => write!(f, "cancelled; {}", stop(*stopped)),
            Self::Lost { endpoint } => write!(f, "the server at {endpoint} went away, and again when it was asked anew"),
            Self::Refused { condition } => write!(f, "the cluster refuses the query: {condition}"),
            Self::Answer { what } => write!(f, "the answer of the cluster cannot be read: {what}"),
            Self::Changed => f.write_str("the table changed while it was summed"),
            Self::TooMany => f.write_str("the table has too many respondents"),
            Self::TooManyTogether => f.write_str("too many items would have to be told apart together"),
            Self::OneByOne => f.write_str(
                "respondents on a cluster can be summed only, and this looks at them one by one, as waves of a panel and periods of a log are linked",
            ),
        }
    }
}

impl std::error::Error for ClusterError {}

#[cfg(test)]
mod tests {
    use spark_connect_core::SparkErrorKind;

    use super::*;

    fn error(code: Option<i32>, class: &str, message: &str) -> ClusterError {
        let mut error = SparkError::connect_msg(message);
        if !class.is_empty() {
            error = SparkError::classed(SparkErrorKind::Analysis, class, &[("value", "13812345678")]);
            message.clone_into(&mut error.message);
        }
        error.grpc_code = code;
        ClusterError::of(&error, "127.0.0.1:15002")
    }

    #[test]
    fn conditions_have_a_meaning() {
        let endpoint = || "127.0.0.1:15002".to_owned();
        for (code, class, message, expected) in [
            (
                Some(14),
                "",
                "tcp connect error: Connection refused",
                ClusterError::Closed { endpoint: endpoint() },
            ),
            (
                Some(14),
                "",
                "invalid peer certificate: UnknownIssuer",
                ClusterError::Certificate { endpoint: endpoint() },
            ),
            (Some(16), "", "Invalid authentication token", ClusterError::Token { endpoint: endpoint() }),
            (
                Some(2),
                "",
                "h2 protocol error: error reading a body from connection",
                ClusterError::Lost { endpoint: endpoint() },
            ),
            (Some(13), "PATH_NOT_FOUND", "", ClusterError::NoPath),
            (Some(13), "UNRESOLVED_COLUMN.WITH_SUGGESTION", "", ClusterError::NoColumn),
            (Some(13), "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION", "", ClusterError::Malformed),
            (Some(13), "INVALID_HANDLE.SESSION_NOT_FOUND", "", ClusterError::Lost { endpoint: endpoint() }),
            (
                Some(13),
                "DIVIDE_BY_ZERO",
                "",
                ClusterError::Refused { condition: "DIVIDE_BY_ZERO".to_owned() },
            ),
        ] {
            assert_eq!(error(code, class, message), expected);
        }
    }

    #[test]
    fn nothing_that_a_server_says_of_cells_is_repeated() {
        let said =
            error(Some(13), "CAST_INVALID_INPUT", "the value '13812345678' cannot be cast").to_string();
        assert_eq!(said, "the cluster refuses the query: CAST_INVALID_INPUT");
        let said = error(Some(13), "", "row 13812345678 is broken").to_string();
        assert_eq!(said, "the cluster refuses the query: without a name");
    }
}
