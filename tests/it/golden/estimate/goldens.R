# Estimates of the surveys beside this script, as R's survey package has them.
#   for what in rates intervals gaps mover pairs letters tests; do Rscript goldens.R $what > $what.csv; done
# `source` says where the interval and the test come from: "survey" (the package), or "formula", where the package has
# no such rule: limits of rates at 0 and 1, MOVER, a census, Wilson's interval, the cap of the beta interval and the
# clamp of the arcsine one. Flags are computed from their rules with qbeta and qt.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17)
surveys <- c("srs", "weighted", "stratified", "clustered", "clustered_fpc", "fractions", "lone", "banner")
items <- c("moments.share", "moments.read", "pay.use")
cities <- c("Guangzhou", "Shanghai", "Beijing", "Chengdu")
segments <- c("expat", "chinese")
level <- 0.95

num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", as.numeric(x)))
emit <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = "")

load_design <- function(name) {
  d <- read.csv(paste0(name, ".csv"), check.names = FALSE)
  for (item in items) {
    d[[paste0(item, ".asked")]] <- is.na(d[[item]]) | d[[item]] != -3
    d[[item]][!is.na(d[[item]]) & d[[item]] == -3] <- NA
  }
  if (is.null(d$weight)) d$weight <- 1
  svydesign(if (is.null(d$psu)) ~1 else ~psu,
            strata = if (!is.null(d$stratum)) ~stratum,
            weights = ~weight, fpc = if (!is.null(d$fpc)) ~fpc,
            nest = TRUE, data = d)
}

# A design of those of `rows` who answered `item`, as column y.
answered <- function(design, item, rows) {
  design$variables$y <- design$variables[[item]]
  design$variables$rows <- rows & !is.na(design$variables$y)
  subset(design, rows)
}

# The limits at p = 0 or 1 and the Korn-Graubard limits use n* = min(n, n_e (t_{n-1}/t_df)^2).
adjusted_base <- function(p, v, n, df, alpha) {
  ne <- if (v > 0) p * (1 - p) / v else n
  min(n, ne * (qt(alpha / 2, n - 1) / qt(alpha / 2, df))^2)
}
boundary <- function(p, n, df, alpha) {
  x <- (alpha / 2)^(1 / adjusted_base(p, 0, n, df, alpha))
  if (p == 0) c(0, 1 - x) else c(x, 1)
}
korn_graubard <- function(p, v, n, df, alpha) {
  if (p == 0 || p == 1) return(boundary(p, n, df, alpha))
  k <- adjusted_base(p, v, n, df, alpha)
  c(qbeta(alpha / 2, k * p, k * (1 - p) + 1), qbeta(1 - alpha / 2, k * p + 1, k * (1 - p)))
}
logit <- function(p, v, df, alpha) {
  plogis(qlogis(p) + c(1, -1) * qt(alpha / 2, df) * sqrt(v) / (p * (1 - p)))
}
# With n_e = p(1 - p)/v.
wilson <- function(p, v, df, alpha) {
  ne <- p * (1 - p) / v
  t <- -qt(alpha / 2, df)
  (p + t^2 / (2 * ne) + c(-1, 1) * t / (2 * ne) * sqrt(4 * ne * p * (1 - p) + t^2)) / (1 + t^2 / ne)
}
asin_limits <- function(p, v, df, alpha) {
  angle <- asin(sqrt(p)) + c(1, -1) * qt(alpha / 2, df) * sqrt(v) / (2 * sqrt(p * (1 - p)))
  sin(pmin(pmax(angle, 0), pi / 2))^2
}
flag <- function(p, v, n, df, n_eff) {
  width <- diff(korn_graubard(p, v, n, df, 0.05))
  if (n < 30) c("base", n)
  else if (n_eff < 30 - 1e-9) c("effective-base", num(n_eff))
  else if (width >= 0.30) c("width", num(width))
  else if (width > 0.05 && p > 0 && width / p > 1.30) c("relative-width", num(width / p))
  else if (df < 8) c("few-df", df)
  else if (p == 0 || p == 1) c("boundary", "")
  else if (width > 0.05 && width / (1 - p) > 1.30) c("complement-width", num(width / (1 - p)))
  else c("", "")
}

# A rate as a list; `status` is "ok" or why there is none.
rate <- function(design, item, rows) {
  d <- answered(design, item, rows)
  w <- weights(d)
  df <- if (any(w != 0)) degf(d) else 0
  r <- list(status = "ok", n = sum(w != 0), yes = sum(d$variables$y[w != 0]), weighted_n = sum(w), df = df)
  if (r$n == 0) { r$status <- "empty"; return(r) }
  m <- tryCatch(svymean(~y, d, deff = "replace"), error = function(e) {
    stopifnot(grepl("only one PSU", conditionMessage(e)))
    NULL
  })
  if (is.null(m)) { r$status <- "lone-psu"; return(r) }
  if (df <= 0) { r$status <- "zero-df"; return(r) }
  r$p <- as.numeric(coef(m))
  r$v <- as.numeric(vcov(m))
  r$census <- !is.null(d$fpc$popsize) && all(d$fpc$popsize[w != 0, 1] == d$fpc$sampsize[w != 0, 1])
  r$source <- "formula"
  if (r$yes == 0 || r$yes == r$n) {
    r$p <- as.numeric(r$yes > 0)
    r$v <- 0
    r$limits <- function(alpha) boundary(r$p, r$n, df, alpha)
  } else {
    r$deff <- as.numeric(deff(m))
    if (r$census) { r$v <- 0; r$limits <- function(alpha) c(r$p, r$p) }
    else {
      r$source <- "survey"
      r$limits <- function(alpha) logit(r$p, r$v, df, alpha)
      xlogit <- svyciprop(~y, d, method = "xlogit", level = level, df = df)
      stopifnot(abs(attr(xlogit, "ci") - r$limits(1 - level)) < 1e-13)
      # method = "logit" is the same up to the convergence of glm
      glm <- suppressWarnings(svyciprop(~y, d, method = "logit", level = level, df = df))
      stopifnot(abs(attr(glm, "ci") - r$limits(1 - level)) < 1e-5)
    }
  }
  r$n_eff <- if (r$v > 0) min(r$n, r$p * (1 - r$p) / r$v) else r$n
  r$flag <- flag(r$p, r$v, r$n, df, r$n_eff)
  r
}

print_rates <- function() {
  emit("survey", "city", "segment", "item", "status", "source", "n", "yes", "blank", "not_asked", "weighted_n",
       "estimate", "se", "low", "high", "df", "deff", "n_eff", "flag", "flag_value")
  for (name in surveys) {
    design <- load_design(name)
    v <- design$variables
    for (city in c("", cities)) for (segment in c("", segments)) for (item in items) {
      rows <- (city == "" | v$city == city) & (segment == "" | v$segment == segment)
      if (!any(rows)) next
      r <- rate(design, item, rows)
      counted <- rows & v$weight != 0
      asked <- v[[paste0(item, ".asked")]]
      head <- c(name, city, segment, item, r$status)
      base <- c(r$n, r$yes, sum(counted & asked & is.na(v[[item]])), sum(counted & !asked), num(r$weighted_n))
      if (r$status != "ok") emit(head, "", base, rep("", 9))
      else emit(head, r$source, base, num(r$p), num(sqrt(r$v)), num(r$limits(1 - level)), r$df,
                if (is.null(r$deff)) "" else num(r$deff), num(r$n_eff), r$flag)
    }
  }
}

methods <- c("logit", "wilson", "beta", "asin", "mean")
# The limits of a rate by one method, and where they come from.
limits <- function(r, method, alpha) {
  if (r$v == 0) return(r$limits(alpha))
  switch(method,
    logit = logit(r$p, r$v, r$df, alpha),
    wilson = wilson(r$p, r$v, r$df, alpha),
    beta = korn_graubard(r$p, r$v, r$n, r$df, alpha),
    asin = asin_limits(r$p, r$v, r$df, alpha),
    mean = r$p + c(1, -1) * qt(alpha / 2, r$df) * sqrt(r$v))
}

print_intervals <- function() {
  emit("survey", "city", "segment", "item", "method", "source", "low", "high")
  for (name in surveys) {
    design <- load_design(name)
    v <- design$variables
    for (city in c("", cities)) for (segment in c("", segments)) for (item in items) {
      rows <- (city == "" | v$city == city) & (segment == "" | v$segment == segment)
      if (!any(rows)) next
      r <- rate(design, item, rows)
      if (r$status != "ok") next
      d <- answered(design, item, rows)
      for (method in methods) {
        ours <- limits(r, method, 1 - level)
        source <- "formula"
        if (r$v > 0 && method != "wilson") {
          R <- svyciprop(~y, d, method = if (method == "logit") "xlogit" else method, level = level, df = r$df)
          if (max(abs(attr(R, "ci") - ours)) < 1e-12) { ours <- attr(R, "ci"); source <- "survey" }
          else {
            capped <- adjusted_base(r$p, r$v, r$n, r$df, 1 - level) == r$n || nrow(d) != r$n
            clamped <- any(ours %in% c(0, 1))
            stopifnot((method == "beta" && capped) || (method == "asin" && clamped))
          }
        }
        emit(name, city, segment, item, method, source, num(ours))
      }
    }
  }
}

# MOVER limits of a - b, and the p-value at which they touch 0.
mover <- function(a, b, alpha) {
  la <- a$limits(alpha); lb <- b$limits(alpha); d <- a$p - b$p
  c(d - sqrt((a$p - la[1])^2 + (lb[2] - b$p)^2), d + sqrt((la[2] - a$p)^2 + (b$p - lb[1])^2))
}
mover_p <- function(a, b) {
  near <- function(log_alpha) { i <- mover(a, b, exp(log_alpha)); if (a$p > b$p) -i[1] else i[2] }
  if (near(-1e-9) >= 0) return(1)
  exp(uniroot(near, c(log(1e-100), -1e-9), tol = 1e-14)$root)
}

# MOVER limits of a / b: the same on logarithms.
mover_ratio <- function(a, b, alpha) {
  la <- pmax(a$limits(alpha), 0); lb <- pmax(b$limits(alpha), 0)
  exp(log(a$p / b$p) + c(-1, 1) * c(sqrt(log(a$p / la[1])^2 + log(lb[2] / b$p)^2),
                                    sqrt(log(la[2] / a$p)^2 + log(b$p / lb[1])^2)))
}

gap <- function(design, item, column, levels, rows) {
  v <- design$variables
  sides <- lapply(levels, function(l) rows & v[[column]] == l)
  if (!any(sides[[1]]) && !any(sides[[2]])) return(NULL)
  if (!any(sides[[1]]) || !any(sides[[2]])) return(list(status = "empty"))
  a <- rate(design, item, sides[[1]]); b <- rate(design, item, sides[[2]])
  if (a$status != "ok" || b$status != "ok") return(list(status = "side"))
  d <- answered(design, item, sides[[1]] | sides[[2]])
  d$variables$side <- d$variables[[column]]
  both <- svyby(~y, ~side, d, svymean, covmat = TRUE)
  contrast <- svycontrast(both, setNames(c(1, -1), levels))
  g <- list(status = "ok", source = "survey", a = a, b = b, difference = a$p - b$p, se = as.numeric(SE(contrast)), df = degf(d))
  stopifnot(abs(g$difference - as.numeric(coef(contrast))) < 1e-14)
  if (a$census && b$census) {
    g$source <- "formula"; g$se <- 0; g$limits <- rep(g$difference, 2); g$p <- as.numeric(g$difference == 0)
  } else if (any(c(a$p, b$p) %in% c(0, 1))) {
    g$source <- "formula"
    if (g$se < 1e-15) g$se <- 0
    g$limits <- mover(a, b, 1 - level)
    g$p <- mover_p(a, b)
  } else {
    g$t <- g$difference / g$se
    g$limits <- g$difference + c(-1, 1) * qt(1 - (1 - level) / 2, g$df) * g$se
    g$p <- 2 * pt(-abs(g$t), g$df)
  }
  if (a$p > 0 && b$p > 0) {
    g$ratio <- if (a$census && b$census) rep(a$p / b$p, 3)
    else if (a$p == 1 || b$p == 1) c(a$p / b$p, mover_ratio(a, b, 1 - level))
    else {
      log_ratio <- svycontrast(both, substitute(log(`a`) - log(`b`), list(a = as.name(levels[1]), b = as.name(levels[2]))))
      exp(as.numeric(coef(log_ratio)) + c(0, -1, 1) * qt(1 - (1 - level) / 2, g$df) * as.numeric(SE(log_ratio)))
    }
    if (!all(is.finite(g$ratio))) g$ratio <- NULL
  }
  g
}

comparisons <- list(
  list(column = "segment", within = cities, pairs = list(segments)),
  list(column = "segment", within = "", pairs = list(segments)),
  list(column = "city", within = "", pairs = list(cities[1:2], cities[2:3], cities[c(1, 4)])))

# The gaps of one comparison of one survey, with `head` to print.
gaps_of <- function(name, design, comparison) {
  v <- design$variables
  gaps <- list()
  for (city in comparison$within) for (pair in comparison$pairs) for (item in items) {
    g <- gap(design, item, comparison$column, pair, city == "" | v$city == city)
    if (is.null(g)) next
    g$head <- c(name, comparison$column, city, pair, item)
    gaps[[length(gaps) + 1]] <- g
  }
  gaps
}

print_gaps <- function() {
  emit("survey", "compared", "city", "first", "second", "item", "status", "source", "difference", "se", "low", "high",
       "df", "t", "p", "p_adjusted", "p_bh", "ratio", "ratio_low", "ratio_high")
  for (name in surveys) {
    design <- load_design(name)
    for (comparison in comparisons) {
      gaps <- gaps_of(name, design, comparison)
      ok <- sapply(gaps, function(g) g$status == "ok")
      p <- sapply(gaps[ok], function(g) g$p)
      holm <- p.adjust(p, "holm"); bh <- p.adjust(p, "BH")
      for (i in seq_along(gaps)) {
        g <- gaps[[i]]
        k <- sum(ok[1:i])
        if (!ok[i]) emit(g$head, g$status, rep("", 13))
        else emit(g$head, g$status, g$source, num(g$difference), num(g$se), num(g$limits), g$df,
                  if (is.null(g$t)) "" else num(g$t), num(g$p), num(holm[k]), num(bh[k]),
                  if (is.null(g$ratio)) rep("", 3) else num(g$ratio))
      }
    }
  }
}

# The gaps that MOVER makes, by every interval.
print_mover <- function() {
  emit("survey", "compared", "city", "first", "second", "item", "method", "low", "high", "p",
       "ratio_low", "ratio_high")
  for (name in surveys) {
    design <- load_design(name)
    for (comparison in comparisons) for (g in gaps_of(name, design, comparison)) {
      if (g$status != "ok" || !any(c(g$a$p, g$b$p) %in% c(0, 1)) || (g$a$census && g$b$census)) next
      for (method in methods) {
        side <- function(r) list(p = r$p, limits = function(alpha) limits(r, method, alpha))
        a <- side(g$a); b <- side(g$b)
        ratio <- if (a$p > 0 && b$p > 0) mover_ratio(a, b, 1 - level) else c(NA, NA)
        if (!all(is.finite(ratio))) ratio <- c(NA, NA)
        emit(g$head, method, num(mover(a, b, 1 - level)), num(mover_p(a, b)), num(ratio))
      }
    }
  }
}

# All pairs of cities in one row of a banner.
city_pairs <- function(design, item, rows) {
  pairs <- combn(cities, 2, simplify = FALSE)
  gaps <- lapply(pairs, function(pair) gap(design, item, "city", pair, rows))
  Filter(function(x) !is.null(x$g), Map(function(pair, g) list(pair = pair, g = g), pairs, gaps))
}

banner_rows <- function(f) {
  for (name in surveys) {
    design <- load_design(name)
    v <- design$variables
    for (segment in c("", segments)) for (item in items)
      f(c(name, segment, item), city_pairs(design, item, segment == "" | v$segment == segment))
  }
}

print_pairs <- function() {
  emit("survey", "segment", "item", "first", "second", "status", "difference", "p", "holm", "bh")
  banner_rows(function(head, pairs) {
    ok <- sapply(pairs, function(x) x$g$status == "ok")
    p <- sapply(pairs[ok], function(x) x$g$p)
    holm <- p.adjust(p, "holm"); bh <- p.adjust(p, "BH")
    for (i in seq_along(pairs)) {
      g <- pairs[[i]]$g
      k <- sum(ok[1:i])
      if (ok[i]) emit(head, pairs[[i]]$pair, "ok", num(g$difference), num(g$p), num(holm[k]), num(bh[k]))
      else emit(head, pairs[[i]]$pair, g$status, rep("", 4))
    }
  })
}

# Letters are those of `cities` in order; only cities with a letter are printed. No letter stands under a withheld rate
# or names one; the family is all pairs, the withheld ones too.
withheld <- c("base", "effective-base", "width", "relative-width")
print_letters <- function() {
  emit("survey", "segment", "item", "level", "correction", "min_diff", "city", "letters")
  banner_rows(function(head, pairs) {
    pairs <- Filter(function(x) x$g$status == "ok", pairs)
    p <- sapply(pairs, function(x) x$g$p)
    for (level in c(0.95, 0.5)) for (correction in c("none", "holm", "BH")) for (min_diff in c(0, 0.1)) {
      adjusted <- p.adjust(p, correction)
      letters <- setNames(rep("", length(cities)), cities)
      for (i in seq_along(pairs)) {
        g <- pairs[[i]]$g
        if (adjusted[i] >= 1 - level || abs(g$difference) < min_diff) next
        if (g$a$flag[1] %in% withheld || g$b$flag[1] %in% withheld) next
        order <- if (g$difference > 0) pairs[[i]]$pair else rev(pairs[[i]]$pair)
        letter <- LETTERS[match(order[2], cities)]
        if (adjusted[i] >= (1 - level) / 5) letter <- tolower(letter)
        letters[order[1]] <- paste0(letters[order[1]], letter)
      }
      for (city in cities) if (letters[city] != "")
        emit(head, level, correction, min_diff, city, paste(sort_letters(letters[city]), collapse = ""))
    }
  })
}
sort_letters <- function(text) {
  letters <- strsplit(text, "")[[1]]
  letters[order(toupper(letters))]
}

# The Rao-Scott F of one item against one column.
independence <- function(design, item, column, rows) {
  design$variables$y <- design$variables[[item]]
  design$variables$column <- design$variables[[column]]
  keep <- rows & !is.na(design$variables$y) & weights(design) != 0
  if (!any(keep)) return(list(status = "empty"))
  d <- subset(design, keep)
  levels <- c(length(unique(d$variables$y)), length(unique(d$variables$column)))
  if (any(levels < 2)) return(list(status = "uniform"))
  test <- tryCatch(svychisq(~y + column, d), error = function(e) {
    stopifnot(grepl("only one PSU", conditionMessage(e)))
    NULL
  })
  if (is.null(test)) return(list(status = "lone-psu"))
  if (is.nan(test$parameter[1])) return(list(status = "singular"))
  df <- degf(d)
  stopifnot(abs(test$parameter[2] / test$parameter[1] - df) < 1e-9)
  if (df <= 0) return(list(status = "zero-df"))
  list(status = "ok", columns = levels[2], f = test$statistic, ndf = test$parameter[1], ddf = test$parameter[2], p = test$p.value)
}

print_tests <- function() {
  emit("survey", "column", "city", "segment", "item", "status", "columns", "f", "ndf", "ddf", "p")
  for (name in surveys) {
    design <- load_design(name)
    v <- design$variables
    one <- function(column, city, segment, rows) for (item in items) {
      if (!any(rows)) next
      r <- independence(design, item, column, rows)
      head <- c(name, column, city, segment, item, r$status)
      if (r$status == "ok") emit(head, r$columns, num(c(r$f, r$ndf, r$ddf, r$p))) else emit(head, rep("", 5))
    }
    one("segment", "", "", TRUE | v$city == "")
    one("city", "", "", TRUE | v$city == "")
    for (city in cities) one("segment", city, "", v$city == city)
    for (segment in segments) one("city", "", segment, v$segment == segment)
  }
}

printers <- list(rates = print_rates, intervals = print_intervals, gaps = print_gaps, mover = print_mover,
                 pairs = print_pairs, letters = print_letters, tests = print_tests)
printers[[commandArgs(TRUE)[1]]]()
