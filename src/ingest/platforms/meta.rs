//! Columns that platforms add to every export.

/// What a column says about an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meta {
    /// Number of the respondent or of the answer sheet.
    Id,
    /// When it was begun, ended or recorded.
    Time,
    /// How long it took.
    Duration,
    /// Where the respondent came from: a link, a channel, a collector.
    Origin,
    /// The address on the network, perhaps with a place.
    Address,
    /// The place that the platform made of the address.
    Place,
    /// Whether it is complete, or a preview.
    Status,
    /// A weight.
    Weight,
    /// Something else that is not an answer.
    Other,
}

/// Names that platforms give to such columns, in lower case.
const NAMES: [(Meta, &[&str]); 9] = [
    (
        Meta::Id,
        &[
            "序号",
            "编号",
            "答题序号",
            "答卷编号",
            "作答id",
            "index",
            "respondent id",
            "responseid",
            "response id",
            "respondent_id",
            "#",
            "id",
            "_id",
            "transid",
            "answersign",
        ],
    ),
    (
        Meta::Time,
        &[
            "提交答卷时间",
            "提交时间",
            "开始答题时间",
            "结束答题时间",
            "开始时间",
            "结束时间",
            "timestamp",
            "时间戳记",
            "时间戳",
            "startdate",
            "enddate",
            "recordeddate",
            "start date",
            "end date",
            "submitdate",
            "startdate (utc)",
            "start date (utc)",
            "submit date (utc)",
            "_submission_time",
            "date submitted",
            "started",
            "submitted",
        ],
    ),
    (
        Meta::Duration,
        &[
            "所用时间",
            "答题时长",
            "作答总时长",
            "answertime",
            "totalseconds",
            "duration (in seconds)",
            "duration",
        ],
    ),
    (
        Meta::Origin,
        &[
            "来源",
            "来源详情",
            "作答渠道",
            "sourcetype",
            "问卷发布名称",
            "dispensename",
            "collector id",
            "distributionchannel",
            "network id",
        ],
    ),
    (Meta::Address, &["来自ip", "ip", "ipaddress", "ip address", "ip地址"]),
    (
        Meta::Place,
        &["地理位置国家和地区", "地理位置省", "地理位置市", "locationlatitude", "locationlongitude"],
    ),
    (Meta::Status, &["status", "finished", "progress", "状态", "completed", "last page seen", "lastpage"]),
    (Meta::Weight, &["weight", "weights", "wt", "权重", "加权", "加权值"]),
    (
        Meta::Other,
        &[
            "用户类型",
            "用户标识",
            "usersign",
            "用户id",
            "昵称",
            "自定义字段",
            "总分",
            "externalreference",
            "userlanguage",
            "recipientlastname",
            "recipientfirstname",
            "recipientemail",
            "externaldatareference",
            "email address",
            "first name",
            "last name",
            "custom data 1",
            "start language",
            "startlanguage",
            "seed",
            "_uuid",
            "_validation_status",
            "_notes",
            "_status",
            "_submitted_by",
            "_tags",
            "_index",
        ],
    ),
];

impl Meta {
    /// What the column of that name is, if platforms use the name.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|&(meta, _)| meta)
    }
}
