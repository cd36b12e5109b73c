//! What may leave the company.

use wxstats::codebook::Lang;
use wxstats::estimate::{Flag, NotEstimable, Reason};
use wxstats::measure::Shown;
use wxstats::table::{
    Base, Disclosure, Figure, GapLine, Label, Mark, MeasureLabel, Row, Screen, Table, text,
};

use super::by_hand::*;

/// A table that is published alone.
fn publish(table: &Table) -> Table {
    wxstats::table::publish(std::slice::from_ref(table)).remove(0)
}

fn published(row: Row) -> Row {
    let by = if row.by.is_empty() { Vec::new() } else { vec![segment()] };
    publish(&Table { rows: vec![row], ..table(&by) }).rows.remove(0)
}

/// A figure of no people, on a base of 400.
fn figure_of(shown: Shown, value: f64, interval: (f64, f64)) -> Row {
    let measure = MeasureLabel { shown, ..share() };
    let figure = Some(Figure { interval, ..figure(value, 0.0, 400) });
    Row { figure, base: base(400, None), ..row(&[], measure, 400, 0) }
}

/// Value and limits after publication.
fn numbers(row: Row) -> (f64, (f64, f64)) {
    let figure = published(row).figure.unwrap();
    (figure.value, figure.interval)
}

#[test]
fn a_base_a_yes_or_a_no_count_from_1_to_9_withholds() {
    for (n, yes) in [(9, 9), (9, 0), (1, 1), (100, 9), (100, 1), (100, 91), (100, 99)] {
        let given = published(row(&[], share(), n, yes));
        assert_eq!((given.figure, given.mark), (None, Some(Mark::Disclosure)), "{yes} of {n}");
    }
    for (n, yes) in [(100, 10), (100, 90), (100, 0), (100, 100), (20, 10)] {
        assert_eq!(published(row(&[], share(), n, yes)).mark, None, "{yes} of {n}");
    }
    let empty =
        Row { figure: None, mark: Some(Mark::NotEstimable(NotEstimable::Empty)), ..row(&[], share(), 0, 0) };
    assert_eq!(published(empty).mark, Some(Mark::NotEstimable(NotEstimable::Empty)));
}

#[test]
fn totals_and_shares_of_few_are_withheld() {
    for shown in [Shown::Persons, Shown::Mentions, Shown::RateDifference] {
        let given = figure_of(shown, 0.5, (0.4, 0.6));
        assert_eq!(published(Row { base: base(400, Some(9)), ..given.clone() }).mark, Some(Mark::Disclosure));
        assert_eq!(published(Row { base: base(400, Some(200)), ..given }).mark, None);
    }
    let of_few = Row { base: base(9, None), ..figure_of(Shown::Mean, 3.2, (3.0, 3.4)) };
    assert_eq!(published(of_few).mark, Some(Mark::Disclosure));
}

#[test]
fn bases_are_rounded_to_5_and_other_counts_go() {
    let base_of = |n| published(row(&[], share(), n, n / 2)).base;
    let bases = [0, 1, 2, 9, 10, 12, 13, 402, 1003].map(|n| base_of(n).n);
    assert_eq!(bases, [0, 5, 5, 5, 10, 10, 15, 400, 1005]);
    assert_eq!(base_of(400), Base { n: 400, some_not_asked: false, counts: None });
}

#[test]
fn figures_are_rounded_and_lose_their_accuracy() {
    let rate = published(row(&[], share(), 412, 33)).figure.unwrap();
    assert_eq!(rate, Figure { value: 0.08, interval: (0.04, 0.12), accuracy: None });
    let of = |shown, value, interval| numbers(figure_of(shown, value, interval));
    assert_eq!(of(Shown::Nps, -12.5, (-20.3, -0.2)), (-13.0, (-20.0, 0.0)));
    assert!(of(Shown::Nps, -12.5, (-20.3, -0.2)).1.1.is_sign_positive());
    assert_eq!(of(Shown::RateDifference, 0.1349, (0.1, 0.17)), (0.13, (0.1, 0.17)));
    assert_eq!(of(Shown::Mean, 19.856, (8.24, 31.4)), (19.9, (8.2, 31.4)));
    assert_eq!(of(Shown::Ratio, 0.197_15, (0.1712, 0.2231)), (0.197, (0.171, 0.223)));
    assert_eq!(of(Shown::MeanDifference, -0.0341, (-0.5, 0.43)), (-0.0341, (-0.5, 0.43)));
    assert_eq!(of(Shown::Sum, 234_567.0, (998.0, 1_234_567.0)), (235_000.0, (1000.0, 1_235_000.0)));
    assert_eq!(of(Shown::Sum, 123.4, (-7.6, 254.0)), (125.0, (-10.0, 255.0)));
}

#[test]
fn marks_do_not_say_the_value_that_crossed_the_line() {
    let flagged = |flag| Row { mark: Some(Mark::Flag(flag)), ..row(&[], share(), 28, 14) };
    let given = published(flagged(Flag::Withheld(Reason::Base(28))));
    assert_eq!((given.figure, given.base.n), (None, 30));
    assert_eq!(given.mark.unwrap().code().value, None);
    let given = published(flagged(Flag::Caution(Reason::FewDf(3))));
    assert_eq!(given.mark, published(flagged(Flag::Caution(Reason::FewDf(7)))).mark);
    assert!(given.figure.is_some());
    let table = Table { rows: vec![flagged(Flag::Withheld(Reason::Base(28)))], ..table(&[]) };
    assert!(!text(&[publish(&table)], Lang::En, Screen::PAGE).contains("28"));
}

#[test]
fn letters_of_withheld_columns_go() {
    let columns: Vec<Label> = ["a", "b", "c"].map(|key| label(key, key, key)).to_vec();
    let of = |column: usize, yes, letters: &str| Row {
        letters: letters.to_owned(),
        ..row(&columns[column..=column], share(), 100, yes)
    };
    let other_measure = Row { letters: "b".to_owned(), ..row(&columns[..1], read(), 100, 50) };
    let rows = vec![of(0, 50, "B c"), other_measure, of(1, 5, ""), of(2, 20, "B")];
    let lettered = Table { rows, lettered: Some(segment()), columns: columns.clone(), ..table(&[segment()]) };
    let letters: Vec<String> = publish(&lettered).rows.into_iter().map(|row| row.letters).collect();
    assert_eq!(letters, ["c", "b", "", ""]);
}

/// Expats and Chinese users in Guangzhou, and their gap.
fn compared(expats_yes: u64, chinese_yes: u64) -> GapLine {
    let [first, second] = [expats(), chinese()].map(|segment| [guangzhou(), segment]);
    let rows = vec![row(&first, share(), 300, expats_yes), row(&second, share(), 300, chinese_yes)];
    let difference = (expats_yes as f64 - chinese_yes as f64) / 300.0;
    let gaps = vec![gap(&[guangzhou()], share(), difference)];
    let given = Table { rows, gaps, compared: Some(segment()), ..table(&[city(), segment()]) };
    publish(&given).gaps.remove(0)
}

#[test]
fn a_gap_is_that_of_the_rounded_figures() {
    // 24.67% and 10.33% are 14.33 points apart; what is shown, 25% and 10%, 15.
    let given = compared(74, 31).gap.unwrap();
    assert_eq!((given.difference, given.clear, given.accuracy), (0.15, true, None));
    assert_eq!(given.interval, (0.1, 0.18));
}

#[test]
fn limits_hold_the_rounded_gap() {
    let [first, second] = [expats(), chinese()].map(|segment| [guangzhou(), segment]);
    let rows = vec![row(&first, share(), 3000, 254), row(&second, share(), 3000, 46)];
    let mut narrow = gap(&[guangzhou()], share(), 208.0 / 3000.0);
    if let Some(gap) = &mut narrow.gap {
        gap.interval = (0.066, 0.072);
    }
    let given = Table { rows, gaps: vec![narrow], compared: Some(segment()), ..table(&[city(), segment()]) };
    let gap = publish(&given).gaps.remove(0).gap.unwrap();
    assert_eq!((gap.difference, gap.interval), (0.06, (0.06, 0.07)));
}

#[test]
fn a_gap_is_withheld_where_a_side_is() {
    for given in [compared(5, 150), compared(150, 295)] {
        assert_eq!((given.gap, given.mark), (None, Some(Mark::Disclosure)));
    }
}

#[test]
fn tests_keep_their_p_value_only() {
    let p = |p| {
        let given = Table { tests: vec![test(&[], share(), p)], ..table(&[segment()]) };
        let test = publish(&given).tests.remove(0).test.unwrap();
        assert_eq!(test.statistic, None);
        test.p
    };
    let given = [0.021_74, 0.000_2, 0.049_7, 0.05, 0.999_9].map(p).map(|p| p.to_string());
    assert_eq!(given, ["0.022", "0.001", "0.049", "0.05", "1"]);
}

/// A table by city, and the row of everybody, published together: which cities are shown, whether everybody is, and their base.
fn together(cities: &[(u64, u64)]) -> (Vec<bool>, bool, u64) {
    let place = |at: usize| label(&format!("c{at}"), "City", "城市");
    let parts = cities.iter().enumerate().map(|(at, &(n, yes))| row(&[place(at)], share(), n, yes));
    let by_city = Table { rows: parts.collect(), ..table(&[city()]) };
    let (n, yes) = cities.iter().fold((0, 0), |all, city| (all.0 + city.0, all.1 + city.1));
    let everybody = Table { rows: vec![row(&[], share(), n, yes)], ..table(&[]) };
    let published = wxstats::table::publish(&[by_city, everybody]);
    let is_shown = |row: &Row| row.figure.is_some();
    let whole = &published[1].rows[0];
    (published[0].rows.iter().map(is_shown).collect(), is_shown(whole), whole.base.n)
}

#[test]
fn what_is_withheld_cannot_be_had_by_subtraction() {
    // Nothing is withheld.
    assert_eq!(together(&[(100, 40), (200, 60), (300, 90)]), (vec![true, true, true], true, 600));
    // 4 of 50 said yes: with the others and the sum this would be told, so the second smallest goes too.
    assert_eq!(together(&[(100, 40), (50, 4), (300, 90)]), (vec![false, false, true], true, 450));
    // 4 of 50 and 3 of 60 are 7: still few, and one more goes.
    assert_eq!(
        together(&[(100, 40), (50, 4), (60, 3), (300, 90)]),
        (vec![false, false, false, true], true, 510)
    );
    // 6 and 7 are 13: what can be had of them tells neither.
    assert_eq!(together(&[(50, 6), (60, 7), (300, 90)]), (vec![false, false, true], true, 410));
    // Of two parts both go.
    assert_eq!(together(&[(50, 4), (300, 90)]), (vec![false, false], true, 350));
}

#[test]
fn the_base_of_a_sum_with_few_in_it_is_the_sum_of_bases() {
    // 62 and 6 are 68, alone 70; but 60 is read for 62 and 5 for 6.
    assert_eq!(together(&[(62, 20), (6, 0)]).2, 65);
    assert_eq!(together(&[(62, 20), (61, 20), (1, 0)]).2, 60 + 60 + 5);
    assert_eq!(together(&[(62, 20), (63, 20)]).2, 125);
}

#[test]
fn publishing_twice_changes_nothing_more() {
    let by = [guangzhou()];
    let rows = vec![row(&by, share(), 412, 33), row(&by, read(), 23, 9), with_care(&by, share(), 58, 20)];
    let tests = vec![test(&[], share(), 0.02)];
    let given = publish(&Table { rows, tests, ..table(&[city()]) });
    assert_eq!(given.disclosure, Disclosure::Publish);
    assert_eq!(given.notes.len(), 1);
    assert_eq!(publish(&given), given);
}
