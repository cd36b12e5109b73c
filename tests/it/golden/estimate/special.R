# Values of Student's t, of the beta distribution and of Fisher's F, printed with 17 significant digits as
#   function,arg1,arg2,arg3,value
# Functions: two_sided(t, df), t_quantile(alpha, df), ln_lower(a, b, x), beta_quantile(tail, a, b),
# beta_upper_quantile(tail, a, b), f_upper(f, ndf, ddf). Run: Rscript special.R > special.csv
line <- function(name, x, y, z, value) {
  stopifnot(is.finite(value))
  cat(sprintf("%s,%.17g,%.17g,%s,%.17g\n", name, x, y, if (is.na(z)) "" else sprintf("%.17g", z), value))
}
cat("function,arg1,arg2,arg3,value\n")
dfs <- c(1, 2, 3, 4, 7, 8, 15, 30, 100, 1000, 1e5, 1e6, 1e7, 1e9)
for (df in dfs) {
  for (t in c(1e-8, 0.1, 0.5, 1, 1.5, 1.96, 3, 5, 12, 36)) line("two_sided", t, df, NA, 2 * pt(-t, df))
  for (alpha in c(1e-200, 1e-30, 1e-8, 0.001, 0.01, 0.05, 0.1, 0.32, 0.5, 0.6, 0.99)) {
    # qt loses digits far out where df is large; polish it on pt's logarithm, which does not.
    t <- -qt(alpha / 2, df)
    for (i in 1:3) t <- t + (pt(-t, df, log.p = TRUE) - log(alpha / 2)) * exp(pt(-t, df, log.p = TRUE) - dt(t, df, log = TRUE))
    line("t_quantile", alpha, df, NA, t)
  }
}
parameters <- c(0.01, 0.5, 1, 33.3, 400, 12345.6, 1e6)
for (a in parameters) for (b in parameters) {
  mean <- a / (a + b)
  for (x in unique(c(mean * 0.1, mean * 0.9, mean, 1 - (1 - mean) * 0.9, 0.5))) {
    value <- suppressWarnings(pbeta(x, a, b, log.p = TRUE))
    if (value > -700 && value < -1e-12) line("ln_lower", a, b, x, value)
  }
  for (tail in c(1e-12, 0.005, 0.025, 0.3)) {
    low <- suppressWarnings(qbeta(tail, a, b))
    high <- suppressWarnings(qbeta(tail, a, b, lower.tail = FALSE))
    # qbeta warns of its own failures at very small parameters: keep what pbeta confirms.
    confirmed <- function(p) abs(p / tail - 1) < 1e-13
    if (low > 1e-300 && low < 1 && confirmed(pbeta(low, a, b))) line("beta_quantile", tail, a, b, low)
    if (high > 1e-300 && high < 1 && confirmed(pbeta(high, a, b, lower.tail = FALSE))) line("beta_upper_quantile", tail, a, b, high)
  }
}
for (ndf in c(0.7, 1, 1.83, 2, 2.97, 14.2, 300)) for (ddf in c(0.9, 2, 17.6, 140.3, 5e4, 1e8)) {
  for (f in c(1e-6, 0.2, 1, 1.7, 4, 25)) {
    value <- pf(f, ndf, ddf, lower.tail = FALSE)
    if (value > 1e-290) line("f_upper", f, ndf, ddf, value)
  }
}
