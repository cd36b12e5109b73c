//! Student's t: the two-sided tail and its quantile, from the beta distribution of df/(df + t²).

use std::f64::consts::PI;

use super::beta;

/// P(|T| > |t|) with `df` ≥ 1 degrees of freedom.
pub(super) fn two_sided(t: f64, df: u64) -> f64 {
    if t == 0.0 {
        return 1.0;
    }
    if df == 1 {
        return libm::atan(1.0 / t.abs()) / (0.5 * PI);
    }
    let df = df as f64;
    let ratio = t.abs() / df.sqrt();
    let (x, y) = if ratio <= 1.0 {
        let square = ratio * ratio;
        (square / (1.0 + square), 1.0 / (1.0 + square))
    } else {
        let square = (1.0 / ratio) * (1.0 / ratio);
        (1.0 / (1.0 + square), square / (1.0 + square))
    };
    libm::exp(beta::ln_lower_tail(0.5 * df, 0.5, y, x))
}

/// The t with P(|T| > t) = `alpha`, for `alpha` in (0, 1) and `df` ≥ 1: t_{1−α/2, df}.
pub(super) fn quantile(alpha: f64, df: u64) -> f64 {
    if df == 1 {
        return 1.0 / libm::tan(0.5 * PI * alpha);
    }
    let df = df as f64;
    // logit of t²/(df + t²), which is ln(t²/df)
    let logit = if alpha <= 0.5 {
        -beta::logit_quantile(libm::log(alpha), 0.5 * df, 0.5)
    } else {
        beta::logit_quantile(libm::log(1.0 - alpha), 0.5, 0.5 * df)
    };
    df.sqrt() * libm::exp(0.5 * logit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::fisher;

    const GOLDEN: &str = include_str!("../../tests/it/golden/estimate/special.csv");

    /// Compares `ours` with every line of one function.
    fn assert_agrees(function: &str, ours: impl Fn(f64, f64, f64) -> f64) {
        let lines: Vec<&str> =
            GOLDEN.lines().filter(|line| line.split(',').next() == Some(function)).collect();
        assert!(lines.len() > 100, "{function} stands in the golden");
        for line in lines {
            let number = |i: usize| line.split(',').nth(i).unwrap().parse().unwrap_or(0.0);
            let (value, ours) = (number(4), ours(number(1), number(2), number(3)));
            assert!((ours / value - 1.0).abs() < 5e-13, "{line}: {ours:e}");
        }
    }

    #[test]
    fn t_agrees_with_r() {
        assert_agrees("two_sided", |t, df, _| two_sided(t, df as u64));
        assert_agrees("t_quantile", |alpha, df, _| quantile(alpha, df as u64));
    }

    #[test]
    fn beta_agrees_with_r() {
        assert_agrees("ln_lower", |a, b, x| beta::ln_lower_tail(a, b, x, 1.0 - x));
        assert_agrees("beta_quantile", beta::quantile);
        assert_agrees("beta_upper_quantile", beta::upper_quantile);
    }

    #[test]
    fn f_agrees_with_r() {
        assert_agrees("f_upper", fisher::upper_tail);
    }

    #[test]
    fn quantile_and_tail_are_inverse_at_the_edges() {
        for df in [1, 2, 5, 1_000_000_000] {
            for alpha in [1e-300, 0.5, 1.0 - 1e-9] {
                let back = two_sided(quantile(alpha, df), df);
                assert!((back / alpha - 1.0).abs() < 1e-11, "{alpha:e} {df}: {back:e}");
            }
        }
    }
}
