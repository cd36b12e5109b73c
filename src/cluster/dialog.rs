//! One session with a Spark Connect server: what is asked, as its protocol has it, and what comes back.
//!
//! Nothing is dialled before the first request.

use std::collections::HashMap;

use spark_connect_core::{
    ChannelBuilder, ExecutePlanResponseReattachableIterator as Execution, RetryPolicy, SparkConnectClient,
    SparkError,
};
use spark_connect_proto as pb;

use super::ClusterError;
use super::answer::Answer;

/// Whom the server takes us for; it finds what is running by it.
const USER: &str = "wxstats";

/// How a session is to be, whatever the server's own settings are: names of columns are as they are written, sums do not
/// overflow, texts are escaped, and every cell of a CSV is looked at.
const SETTINGS: [(&str, &str); 4] = [
    ("spark.sql.caseSensitive", "true"),
    ("spark.sql.ansi.enabled", "true"),
    ("spark.sql.parser.escapedStringLiterals", "false"),
    ("spark.sql.csv.parser.columnPruning.enabled", "false"),
];

/// A session.
pub(super) struct Dialog {
    client: SparkConnectClient,
    endpoint: String,
}

/// How far a query is: tasks done, and tasks known so far.
pub(super) type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Where the rows of a view come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// Files.
    Files { format: &'static str, options: Vec<(&'static str, &'static str)>, path: String },
    /// A query.
    Query(String),
}

impl Dialog {
    /// A new session with the server at an address.
    ///
    /// # Errors
    /// [`ClusterError::Address`].
    pub(super) async fn new(address: &str) -> Result<Self, ClusterError> {
        let refused = |error: SparkError| ClusterError::Address { why: error.message() };
        let mut channel = ChannelBuilder::parse(address).map_err(refused)?;
        channel.set("user_id", USER);
        channel.set("user_agent", USER);
        let mut client = SparkConnectClient::connect(&channel).await.map_err(refused)?;
        client.set_retry_policy(RetryPolicy {
            max_retries: Some(3),
            initial_backoff_ms: 500,
            max_backoff_ms: Some(4000),
            ..RetryPolicy::default()
        });
        Ok(Self { client, endpoint: channel.endpoint() })
    }

    /// Host and port.
    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Says how this session is to be.
    pub(super) async fn begin(&self) -> Result<(), ClusterError> {
        for (key, value) in SETTINGS {
            let set = self.client.set_config(key, value).await;
            set.map_err(|error| ClusterError::of(&error, &self.endpoint))?;
        }
        Ok(())
    }

    /// Gives a name to the rows of a source.
    pub(super) async fn view(&self, name: &str, source: &Source) -> Result<(), ClusterError> {
        let command = pb::CreateDataFrameViewCommand {
            input: Some(source.relation()),
            name: name.to_owned(),
            is_global: false,
            replace: true,
        };
        let command =
            pb::Command { command_type: Some(pb::command::CommandType::CreateDataframeView(command)) };
        self.execute(pb::plan::OpType::Command(command), &|_, _| {}).await.map(|_| ())
    }

    /// The rows of a query.
    pub(super) async fn query(&self, sql: &str, progress: Progress<'_>) -> Result<Answer, ClusterError> {
        let root = Source::Query(sql.to_owned()).relation();
        self.execute(pb::plan::OpType::Root(root), progress).await
    }

    /// Stops what is running, and says whether the server knew of it.
    pub(super) async fn stop(&self) -> bool {
        self.client.interrupt_all().await.is_ok_and(|stopped| !stopped.is_empty())
    }

    /// What a plan comes to. A server ends the stream of a long query after two minutes, as a network may at any time; what is done is
    /// done only when it says so, and else the stream is taken up where it ended. (The client's own stream takes its end for the
    /// answer's.)
    async fn execute(&self, plan: pb::plan::OpType, progress: Progress<'_>) -> Result<Answer, ClusterError> {
        let said = |error: SparkError| ClusterError::of(&error, &self.endpoint);
        let execution = Execution::new(pb::ExecutePlanRequest {
            session_id: self.client.session_id().to_owned(),
            user_context: Some(pb::UserContext { user_id: USER.to_owned(), ..Default::default() }),
            client_type: Some(USER.to_owned()),
            plan: Some(pb::Plan { op_type: Some(plan) }),
            ..Default::default()
        });
        let mut answer = Answer::default();
        let mut stream = self.client.execute_plan(execution.request().clone()).await.map_err(said)?;
        loop {
            let ended = match stream.message().await {
                Ok(Some(message)) => {
                    execution.set_last_response_id(&message).await;
                    take(message, &mut answer, progress)?;
                    if execution.is_completed().await {
                        return Ok(answer);
                    }
                    continue;
                }
                Ok(None) => None,
                Err(status) => Some(said(SparkError::from_grpc_status(status))),
            };
            if let Some(error) = ended.filter(|error| !error.is_loss()) {
                return Err(error);
            }
            let again = execution.create_reattach_request().await;
            stream = self.client.reattach_execute(again).await.map_err(said)?;
        }
    }
}

/// Takes what a message brings.
fn take(
    message: pb::ExecutePlanResponse,
    answer: &mut Answer,
    progress: Progress<'_>,
) -> Result<(), ClusterError> {
    match message.response_type {
        Some(pb::execute_plan_response::ResponseType::ArrowBatch(batch)) => answer.add(&batch.data)?,
        Some(pb::execute_plan_response::ResponseType::ExecutionProgress(done)) => {
            let total: i64 = done.stages.iter().map(|stage| stage.num_tasks).sum();
            let tasks: i64 = done.stages.iter().map(|stage| stage.num_completed_tasks).sum();
            // A task that is run again is counted again.
            progress(tasks.clamp(0, total.max(0)) as u64, total.max(0) as u64);
        }
        _ => {}
    }
    Ok(())
}

impl Source {
    fn relation(&self) -> pb::Relation {
        let of = match self {
            Self::Files { format, options, path } => pb::relation::RelType::Read(pb::Read {
                is_streaming: false,
                read_type: Some(pb::read::ReadType::DataSource(pb::read::DataSource {
                    format: Some((*format).to_owned()),
                    options: options
                        .iter()
                        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                        .collect::<HashMap<_, _>>(),
                    paths: vec![path.clone()],
                    ..Default::default()
                })),
            }),
            Self::Query(query) => {
                pb::relation::RelType::Sql(pb::Sql { query: query.clone(), ..Default::default() })
            }
        };
        pb::Relation { common: None, rel_type: Some(of) }
    }
}
