//! A bill by month, direction and kind.

use super::account::Account;
use super::bill::KINDS;
use super::sheet::{Cell, Column, Sheet};
use crate::codebook::Name;

/// Payments by month, direction and kind.
pub(super) fn sheet(account: &Account) -> Option<Sheet> {
    let rows: Vec<Vec<Cell>> = account
        .payments
        .iter()
        .map(|((month, direction, kind), payments)| {
            vec![
                Cell::Label(month.clone(), Name::new(month, month)),
                Cell::Label((*direction).to_owned(), direction_name(direction)),
                Cell::Label((*kind).to_owned(), kind_name(kind)),
                Cell::Count(payments.count),
                Cell::Money(payments.amount),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| Sheet {
        key: "payments",
        title: Name::new("Payments, by month and kind", "支付按月份与类型统计"),
        columns: vec![
            Column::label("month", "Month", "月份"),
            Column::label("direction", "Direction", "收支"),
            Column::label("kind", "Kind", "类型"),
            Column::figure("payments", Name::new("Payments", "笔数")),
            Column::figure("amount", Name::new("Amount, yuan", "金额（元）")),
        ],
        rows,
        notes: vec![Name::new(
            "As the bill has them: a payment that was refunded stands in it twice, as spending and as a refund.",
            "按账单原样统计：已退款的交易计两笔，一笔为支出，一笔为退款。",
        )],
    })
}

fn direction_name(key: &str) -> Name {
    match key {
        "income" => Name::new("Income", "收入"),
        "spending" => Name::new("Spending", "支出"),
        _ => Name::new("Neutral", "中性交易"),
    }
}

fn kind_name(key: &str) -> Name {
    let known = KINDS.iter().find(|(_, known, _)| *known == key);
    known.map_or_else(|| Name::new("Other", "其他"), |(zh, _, en)| Name::new(*en, *zh))
}
