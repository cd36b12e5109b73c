//! A bill of WeChat Pay, as sums: how many payments and how much, by month, direction and kind.
//!
//! Above its header stand up to 17 lines with the name of its owner; below it, partners, goods and ids. None of these is kept
//! or shown, in messages either. Kinds are those of the list below; a kind that names a shop (`…-退款`) is a refund, and any other
//! counts as other. Refuses a bill that has another number of payments than it says of itself.

use std::io;

use super::account::{Payments, Reading};
use super::grid::{self, Row};
use crate::codebook::amount;
use crate::ingest::{Code, Day, Period, Position};

/// What the first line begins with.
const MARK: &str = "微信支付账单明细";
/// The most lines above the header.
const LONGEST_PREAMBLE: u64 = 30;

/// Kinds of payments, as their column says them, and their keys.
pub(super) const KINDS: [(&str, &str, &str); 11] = [
    ("商户消费", "purchase", "Purchases"),
    ("扫二维码付款", "qr_payment", "Paid by QR code"),
    ("二维码收款", "qr_receipt", "Received by QR code"),
    ("转账", "transfer", "Transfers"),
    ("微信红包", "red_packet", "Red packets"),
    ("群收款", "group_bill", "Group bills"),
    ("亲属卡交易", "family_card", "Family card"),
    ("零钱提现", "withdrawal", "Withdrawals"),
    ("零钱充值", "top_up", "Top-ups"),
    ("信用卡还款", "card_repayment", "Credit card repayments"),
    ("退款", "refund", "Refunds"),
];

/// The key of payments of other kinds.
const OTHER: &str = "other";

/// Where the columns of a bill are: time, kind, direction, amount.
#[derive(Default)]
enum Header {
    #[default]
    Awaited,
    Found([usize; 4]),
    /// One is not there.
    Incomplete,
}

/// The rows of a bill.
#[derive(Default)]
pub(super) struct Reader {
    header: Header,
    /// How many payments the bill says it has.
    stated: Option<u64>,
    rows: u64,
}

/// The line of the header of a bill; `None` where the file is none.
pub(super) fn header_line(bytes: &[u8]) -> io::Result<Option<u64>> {
    let is_bill = |row: &Row| row.cell(0).starts_with(MARK);
    if !grid::row_at(bytes, 1)?.is_some_and(|row| is_bill(&row)) {
        return Ok(None);
    }
    let mut line = 2;
    while line <= LONGEST_PREAMBLE {
        let Some(row) = grid::row_at(bytes, line)? else { break };
        if row.cell(0) == "交易时间" {
            return Ok(Some(row.start().line));
        }
        line = row.start().line + 1;
    }
    Ok(None)
}

impl Reader {
    /// What the lines above the header say of the number of payments.
    pub(super) fn new(bytes: &[u8]) -> io::Result<Self> {
        let mut line = 2;
        while line <= LONGEST_PREAMBLE
            && let Some(row) = grid::row_at(bytes, line)?
        {
            let count = row.cell(0).strip_prefix('共').and_then(|rest| rest.strip_suffix("笔记录"));
            if let Some(stated) = count.and_then(|count| count.trim().parse().ok()) {
                return Ok(Self { stated: Some(stated), ..Self::default() });
            }
            line = row.start().line + 1;
        }
        Ok(Self::default())
    }
}

impl grid::Reader for Reader {
    fn row(&mut self, row: &Row, reading: &mut Reading) {
        match self.header {
            Header::Awaited => self.header = Header::of(row, reading),
            Header::Incomplete => {}
            Header::Found(columns) => {
                self.rows += 1;
                payment(row, columns, reading);
            }
        }
    }

    fn end(&mut self, reading: &mut Reading) {
        let is_complete = matches!(self.header, Header::Found(_));
        if let Some(stated) = self.stated.filter(|stated| is_complete && *stated != self.rows) {
            let message = format!("the bill has {} payments, and says that it has {stated}", self.rows);
            reading.refuse(
                Position::START,
                Code::CutRow,
                message,
                "was the file cut off, or were rows removed?",
            );
        }
    }
}

impl Header {
    fn of(row: &Row, reading: &mut Reading) -> Self {
        let columns = (
            row.find(&["交易时间"]),
            row.find(&["交易类型"]),
            row.find(&["收/支"]),
            row.find(&["金额(元)", "金额（元）", "金额"]),
        );
        if let (Some(time), Some(kind), Some(direction), Some(money)) = columns {
            return Self::Found([time, kind, direction, money]);
        }
        let hint = "a bill has the columns 交易时间, 交易类型, 收/支 and 金额(元)";
        reading.refuse(row.start(), Code::MissingColumn, "a column of the bill is not there", hint);
        Self::Incomplete
    }
}

/// Adds a payment to the sums of its month, direction and kind.
fn payment(row: &Row, [time, kind, direction, money]: [usize; 4], reading: &mut Reading) {
    let date = row.cell(time).split([' ', 'T']).next().unwrap_or_default();
    let month = date.parse::<Day>().ok().map(|day| Period::Month.label(day));
    if month.is_none() {
        reading.refuse(row.at(time), Code::BadTime, "not a time", "a time is written 2026-03-01 08:30:00");
    }
    let direction = direction_of(row.cell(direction)).or_else(|| {
        reading.refuse(
            row.at(direction),
            Code::UnknownLevel,
            "neither income nor spending",
            "收/支 is 收入, 支出 or /",
        );
        None
    });
    let fen = fen(row.cell(money));
    if fen.is_none() {
        reading.refuse(
            row.at(money),
            Code::BadNumber,
            "not an amount in yuan",
            "an amount is written ¥35.00",
        );
    }
    if let (Some(month), Some(direction), Some(fen)) = (month, direction, fen) {
        let key = (month, direction, kind_of(row.cell(kind)));
        let payments: &mut Payments = reading.account.payments.entry(key).or_default();
        payments.count += 1;
        payments.amount += fen;
    }
}

/// `income`, `spending` or `neutral`.
fn direction_of(cell: &str) -> Option<&'static str> {
    match cell {
        "收入" => Some("income"),
        "支出" => Some("spending"),
        "/" | "中性交易" | "不计收支" => Some("neutral"),
        _ => None,
    }
}

fn kind_of(cell: &str) -> &'static str {
    let cell = if cell.ends_with("退款") { "退款" } else { cell };
    let known =
        KINDS.iter().find(|(zh, ..)| *zh == cell || (*zh == "微信红包" && cell.starts_with("微信红包")));
    known.map_or(OTHER, |(_, key, _)| key)
}

/// An amount of yuan in fen: `¥35.00`, `￥0.12`, `1,200`.
fn fen(cell: &str) -> Option<u64> {
    let bare = cell.trim_start_matches(['¥', '￥']).trim();
    let fen = amount(bare).ok()? * 100.0;
    let is_whole = fen >= 0.0 && (fen - fen.round()).abs() < 1e-6;
    is_whole.then_some(fen.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_either_sign_of_the_yuan() {
        assert_eq!(
            ["¥35.00", "￥0.12", "1,200", "0.29"].map(fen),
            [Some(3500), Some(12), Some(120_000), Some(29)]
        );
        assert_eq!(["", "-1", "1.005", "USD 3"].map(fen), [None; 4]);
    }

    #[test]
    fn a_kind_that_names_a_shop_is_not_kept() {
        assert_eq!(
            ["转账", "CANARY-退款", "微信红包（单发）", "CANARY"].map(kind_of),
            ["transfer", "refund", "red_packet", OTHER]
        );
    }
}
