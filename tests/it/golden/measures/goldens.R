# Means, totals, ratios, multi-response shares and changes of the surveys beside this script, as R's survey package has them.
#   for what in means medians totals ratios options differences gaps waves changes; do Rscript goldens.R $what > $what.csv; done
#
# A measure is a signed sum of parts; a part is a total of `num`, or a ratio of totals num/den, over its own rows (those of
# the domain who answered). With d = subset(design, rows), the R call that printed each line is
#   mean, mean_given, nps    svymean(~num, d, deff = "replace")        estimate ± t·SE
#   rate, top2, conditional, answered, asked
#                            the same, and svyciprop(~num, d, method = "xlogit", df = degf(d))
#   total                    svytotal(~num, d)                         estimate ± t·SE; no deff: R's takes Σw as known
#   ratio, mentions          svyratio(~num, ~den, d, deff = "replace") estimate ± t·SE
#   mentions_logit           the same, with plogis of svycontrast(svytotal(~num + den, d), quote(log(num/(den - num))))
#   difference, all gaps and changes
#                            svycontrast(svytotal(~a1 + b1 + a2 + …, design), quote(a1/b1 - a2/b2 …)), 0 outside the rows;
#                            checked against svytotal of the influence function, and where the design is not calibrated
#                            against svycontrast(svyby(…, covmat = TRUE)), for which items are stacked (two rows a person)
# always with t of degf(subset(design, union of the rows of all parts)). n and weighted_n count those rows, without those
# of weight 0. Checks stop the script beyond 1e-10 (relative; estimates and limits: of max(1, |x|)).
#
# status: ok; empty (no row); zero-denominator; zero-df (estimate only); zero-variance (all are equal; estimate only);
# boundary (a rate of 0 or 1: its limits are a formula, `source`, as in ../estimate/goldens.R). Gaps and changes have the
# status of their sides: empty, side (one cannot be estimated) or boundary. Where R has figures for these they are printed
# too, and so they are for a difference of two items of which one is at 0 or 1; but they are not to be relied on.
# Made with R 4.2.2 and survey 4.1-1; warnings are errors, so there were none.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17, warn = 2)
cross_sections <- c("srs", "weighted", "clustered", "raked")
panels <- c("panel", "panel_clustered")
segments <- c("expat", "chinese")
waves <- c("2014", "2015")
choices <- c("a.use", "b.use", "c.use", "d.use")
numbers <- c("moments.share", "moments.read", "use.satisfied", "wechat.recommend", "moments.minutes", "moments.shares",
             "moments.reads")
skipped <- "(\u8df3\u8fc7)"
level <- 0.95

num <- function(x) ifelse(is.finite(x), sprintf("%.17g", as.numeric(x)), "")
emit <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = "")
check <- function(a, b, scale = pmax(1, abs(a))) stopifnot(all(abs(as.numeric(a) - as.numeric(b)) <= 1e-10 * scale))

# The answers of a survey: numbers are NA unless answered. Of the set, `answered` is whether anything was, and `asked`
# whether it was put; an option is 1 if mentioned, 0 otherwise.
load_answers <- function(name) {
  d <- read.csv(paste0(name, ".csv"), colClasses = "character", check.names = FALSE, encoding = "UTF-8",
                na.strings = character(0))
  for (item in numbers) {
    d[[item]][d[[item]] %in% c("", skipped)] <- NA
    d[[item]] <- as.numeric(d[[item]])
  }
  set <- as.matrix(d[choices])
  d$asked <- rowSums(set == skipped) == 0
  d$answered <- d$asked & rowSums(set != "") > 0
  for (choice in choices) d[[choice]] <- as.numeric(d[[choice]] == "1")
  d$weight <- if (is.null(d$weight)) 1 else as.numeric(d$weight)
  if (!is.null(d$fpc)) d$fpc <- as.numeric(d$fpc)
  d
}

# With two waves in one file the PSU is the person, or the PSU column; with one it comes to the same.
as_design <- function(d) {
  svydesign(if (is.null(d$psu)) ~respondent_id else ~psu, strata = if (!is.null(d$stratum)) ~stratum,
            weights = ~weight, fpc = if (!is.null(d$fpc)) ~fpc, nest = TRUE, data = d)
}

# R's calibrated designs divide by the base weight, so that rows of weight 0 have to go first. subset() does not forget that
# their PSUs were sampled.
load_design <- function(name) {
  design <- as_design(load_answers(name))
  if (name != "raked") return(design)
  design <- subset(design, weight > 0)
  targets <- read.csv("targets.csv", colClasses = c(total = "numeric"))
  # One dummy for each target but the first of the second margin, which the others imply.
  targets <- targets[-4, ]
  for (k in seq_len(nrow(targets))) {
    design$variables[[paste0("x", k)]] <- as.numeric(design$variables[[targets$margin[k]]] == targets$levels[k])
  }
  names <- paste0("x", seq_len(nrow(targets)))
  calibrated <- calibrate(design, reformulate(names, intercept = FALSE), setNames(targets$total, names),
                          calfun = "raking", epsilon = 1e-12, maxit = 1000)
  stopifnot(abs(colSums(design$variables[names] * weights(calibrated)) / targets$total - 1) < 1e-11)
  calibrated
}

# `den` is absent for a total.
part <- function(rows, num, den = NULL, sign = 1) list(rows = rows, num = num, den = den, sign = sign)
measure <- function(name, item, other, parts, interval = "t") {
  list(name = name, item = item, other = other, parts = parts, interval = interval)
}
mean_of <- function(name, item, of = identity, interval = "t") {
  measure(name, item, "", function(v) list(part(!is.na(v[[item]]), of(v[[item]]), 1)), interval)
}
# The mean of an item among those who said yes to `other`.
mean_given <- function(name, item, other, interval = "t") {
  measure(name, item, other, function(v) list(part(!is.na(v[[item]]) & v[[other]] %in% 1, v[[item]], 1)), interval)
}
total_of <- function(item) measure("total", item, "", function(v) list(part(!is.na(v[[item]]), v[[item]])))
# Events per event, among those who answered both.
events <- measure("ratio", "moments.shares", "moments.reads", function(v) {
  list(part(!is.na(v$moments.shares) & !is.na(v$moments.reads), v$moments.shares, v$moments.reads))
})
# `item` less `other`, each among those who answered it.
difference <- measure("difference", "moments.read", "moments.share", function(v) {
  list(part(!is.na(v$moments.read), v$moments.read, 1), part(!is.na(v$moments.share), v$moments.share, 1, -1))
})
# Shares of a multi-response set: of those who answered it, of those who were asked, of all mentions.
options_of <- function(choice) list(
  measure("answered", choice, "", function(v) list(part(v$answered, v[[choice]], 1)), "logit"),
  measure("asked", choice, "", function(v) list(part(v$asked, v[[choice]], 1)), "logit"),
  measure("mentions", choice, "", function(v) list(part(v$answered, v[[choice]], rowSums(v[choices])))),
  measure("mentions_logit", choice, "", function(v) list(part(v$answered, v[[choice]], rowSums(v[choices]))), "logit"))

rate_of <- function(item) mean_of("rate", item, interval = "logit")
top2 <- mean_of("top2", "use.satisfied", function(y) as.numeric(y >= 4), "logit")
nps <- mean_of("nps", "wechat.recommend", function(y) 100 * (y >= 9) - 100 * (y <= 6))
conditional <- mean_given("conditional", "moments.share", "moments.read", "logit")

# The parts of a measure with their rows restricted to a domain; outside its rows a part is 0.
within <- function(m, v, domain, sign = 1) {
  lapply(m$parts(v), function(p) {
    p$rows <- p$rows & domain
    p$sign <- sign * p$sign
    p$num <- ifelse(p$rows, p$num, 0)
    if (!is.null(p$den)) p$den <- ifelse(p$rows, p$den, 0)
    p
  })
}
rows_of <- function(parts) Reduce(`|`, lapply(parts, function(p) p$rows))
value <- function(p, w) sum(w * p$num) / if (is.null(p$den)) 1 else sum(w * p$den)
t_limits <- function(estimate, se, df) estimate + c(-1, 1) * qt(1 - (1 - level) / 2, df) * se
boundary <- function(p, n, df) {
  base <- min(n, n * (qt((1 - level) / 2, n - 1) / qt((1 - level) / 2, df))^2)
  x <- ((1 - level) / 2)^(1 / base)
  if (p == 0) c(0, 1 - x) else c(x, 1)
}

# Estimate and standard error of a signed sum of totals and ratios, by the contrast of the totals of all parts.
joint <- function(design, parts) {
  w <- weights(design)
  terms <- character(0)
  z <- 0
  theta <- NULL
  for (k in seq_along(parts)) {
    p <- parts[[k]]
    a <- paste0("a", k); b <- paste0("b", k)
    design$variables[[a]] <- p$num
    terms <- c(terms, a)
    term <- as.name(a)
    z <- z + p$sign * if (is.null(p$den)) p$num else (p$num - value(p, w) * p$den) / sum(w * p$den)
    if (!is.null(p$den)) {
      design$variables[[b]] <- p$den
      terms <- c(terms, b)
      term <- call("/", term, as.name(b))
    }
    term <- call("*", p$sign, term)
    theta <- if (is.null(theta)) term else call("+", theta, term)
  }
  design$variables$z <- z
  contrast <- svycontrast(svytotal(reformulate(terms), design), list(theta = theta))
  influence <- as.numeric(SE(svytotal(~z, design)))
  r <- list(estimate = as.numeric(coef(contrast)), se = as.numeric(SE(contrast)))
  if (influence > 1e-12 * max(1, abs(r$estimate))) check(influence, r$se, r$se) else r$se <- 0
  r
}

# The same by svyby over `by` (names of levels to the sign of each), with its covariances. Needs a design that is not
# calibrated. Two parts of one measure are stacked: every person has a row for each.
by_svyby <- function(design, m, domain, by, signs) {
  v <- design$variables
  parts <- within(m, v, domain)
  stacked <- do.call(rbind, lapply(parts, function(p) {
    s <- v[c("respondent_id", "weight", intersect(c("stratum", "psu", "fpc"), names(v)))]
    s$num <- p$num
    s$den <- if (is.null(p$den)) 1 else p$den
    s$rows <- p$rows
    s$side <- paste(v[[by]], p$sign)
    s
  }))
  d <- subset(as_design(stacked), stacked$rows)
  figures <- if (is.null(parts[[1]]$den)) svyby(~num, ~side, d, svytotal, covmat = TRUE)
    else if (length(parts) > 1 || all(parts[[1]]$den[parts[[1]]$rows] == 1)) svyby(~num, ~side, d, svymean, covmat = TRUE)
    else svyby(~num, ~side, d, svyratio, denominator = ~den, covmat = TRUE)
  contrast <- setNames(numeric(nrow(figures)), rownames(figures))
  for (side in names(signs)) for (p in parts) contrast[paste(side, p$sign)] <- signs[side] * p$sign
  # svyby names ratios after their columns, so that contrasts go by position.
  weights <- unname(contrast)
  c(sum(weights * coef(figures)), sqrt(sum(weights * (vcov(figures) %*% weights))))
}

# One measure in one domain: a list of what is printed.
figure <- function(design, m, domain) {
  v <- design$variables
  parts <- within(m, v, domain)
  rows <- rows_of(parts)
  w <- weights(design)
  r <- list(status = "ok", source = "survey", n = sum(rows & w != 0), weighted_n = sum(w[rows]), df = NA, estimate = NA,
            se = NA, limits = c(NA, NA), deff = NA)
  if (any(sapply(parts, function(p) !any(p$rows & w != 0)))) { r$status <- "empty"; return(r) }
  if (any(sapply(parts, function(p) !is.null(p$den) && sum(w * p$den) == 0))) { r$status <- "zero-denominator"; return(r) }
  p <- parts[[1]]
  design$variables$num <- p$num
  design$variables$den <- if (is.null(p$den)) 1 else p$den
  d <- subset(design, rows)
  r$df <- degf(d)
  r$estimate <- sum(sapply(parts, function(p) p$sign * value(p, w)))
  if (r$df <= 0) { r$status <- "zero-df"; return(r) }
  theirs <- joint(design, parts)
  if (length(parts) > 1) {
    r$se <- theirs$se
    r$first <- value(parts[[1]], w)
    r$second <- value(parts[[2]], w)
  } else {
    is_mean <- !is.null(p$den) && all(p$den[rows] == 1)
    ours <- if (is.null(p$den)) svytotal(~num, d)
      else if (is_mean) svymean(~num, d, deff = "replace")
      else svyratio(~num, ~den, d, deff = "replace")
    check(r$estimate, coef(ours))
    r$estimate <- as.numeric(coef(ours))
    r$se <- as.numeric(SE(ours))
    if (!is.null(p$den) && theirs$se > 0) r$deff <- as.numeric(deff(ours))
    if (theirs$se > 0) check(confint(ours, level = level, df = r$df), t_limits(r$estimate, r$se, r$df))
  }
  check(r$estimate, theirs$estimate)
  check(theirs$se, r$se, if (theirs$se > 0) r$se else max(1, abs(r$estimate)))
  if (theirs$se == 0) {
    r$se <- 0
    if (m$interval == "logit") {
      r$status <- "boundary"
      r$source <- "formula"
      r$estimate <- round(r$estimate)
      # The base is those who mention anything, where there are mentions.
      counted <- rows & w != 0 & (if (is.null(p$den)) TRUE else p$den > 0)
      r$limits <- boundary(r$estimate, sum(counted), r$df)
    } else r$status <- "zero-variance"
    return(r)
  }
  r$limits <- t_limits(r$estimate, r$se, r$df)
  if (length(parts) > 1 && any(c(r$first, r$second) %in% c(0, 1))) r$status <- "boundary"
  if (m$interval == "logit") {
    by_formula <- plogis(t_limits(qlogis(r$estimate), r$se / (r$estimate * (1 - r$estimate)), r$df))
    logit <- svycontrast(svytotal(~ num + den, d), quote(log(num / (den - num))))
    r$limits <- plogis(t_limits(as.numeric(coef(logit)), as.numeric(SE(logit)), r$df))
    if (is_mean) r$limits <- as.numeric(attr(svyciprop(~num, d, method = "xlogit", level = level, df = r$df), "ci"))
    check(r$limits, by_formula)
  }
  if (m$name == "conditional") check_conditional(design, domain, r)
  if (m$name == "difference") check_stacked(design, m, domain, r)
  r
}

# Shares among readers are the ratio of those who read and share to those who read, among those who answered both.
check_conditional <- function(design, domain, r) {
  v <- design$variables
  rows <- domain & !is.na(v$moments.share) & !is.na(v$moments.read)
  design$variables$both <- ifelse(rows, v$moments.share * v$moments.read, 0)
  design$variables$read <- ifelse(rows, v$moments.read, 0)
  ratio <- svyratio(~both, ~read, subset(design, rows))
  check(r$estimate, coef(ratio))
  check(r$se, SE(ratio), r$se)
}

check_stacked <- function(design, m, domain, r) {
  if (!is.null(design$postStrata)) return()
  design$variables$everybody <- "all"
  stacked <- by_svyby(design, m, domain, "everybody", c(all = 1))
  check(r$estimate, stacked[1])
  check(r$se, stacked[2], r$se)
}

# `first` less `second`, two levels of the column `by`, of one measure in one domain; NULL where neither has a base.
compare <- function(design, m, domain, by, first, second) {
  v <- design$variables
  inside <- list(domain & v[[by]] == first, domain & v[[by]] == second)
  sides <- lapply(inside, function(rows) figure(design, m, rows))
  statuses <- sapply(sides, function(side) side$status)
  if (all(statuses == "empty")) return(NULL)
  r <- list(status = "ok", sides = sides, estimate = NA, se = NA, limits = c(NA, NA), df = NA, t = NA, p = NA)
  r$status <- if (any(statuses == "empty")) "empty"
    else if (any(!statuses %in% c("ok", "boundary"))) "side"
    else if (any(statuses == "boundary")) "boundary"
    else "ok"
  if (any(statuses %in% c("empty", "zero-denominator"))) return(r)
  parts <- c(within(m, v, inside[[1]]), within(m, v, inside[[2]], -1))
  theirs <- joint(design, parts)
  r$estimate <- sides[[1]]$estimate - sides[[2]]$estimate
  check(r$estimate, theirs$estimate)
  r$se <- theirs$se
  r$df <- degf(subset(design, rows_of(parts)))
  if (is.null(design$postStrata)) {
    theirs <- by_svyby(design, m, inside[[1]] | inside[[2]], by, setNames(c(1, -1), c(first, second)))
    check(r$estimate, theirs[1])
    check(r$se, theirs[2], if (r$se > 0) r$se else 1)
  }
  r$limits <- t_limits(r$estimate, r$se, r$df)
  r$t <- r$estimate / r$se
  r$p <- 2 * pt(-abs(r$t), r$df)
  r
}

# Everybody, every segment, and every city within it where anybody is; or, for `short`, every city of both.
domains <- function(v, short = FALSE) {
  cities <- unique(v$city)
  by <- rbind(data.frame(segment = c("", segments), city = ""),
              if (short) data.frame(segment = "", city = cities)
              else expand.grid(segment = segments, city = cities, stringsAsFactors = FALSE))
  domains <- Map(function(segment, city) list(segment = segment, city = city,
    rows = (segment == "" | v$segment == segment) & (city == "" | v$city == city)), by$segment, by$city)
  Filter(function(domain) any(domain$rows), unname(domains))
}

level_columns <- c("status", "source", "n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff")
level_fields <- function(r) {
  c(r$status, r$source, r$n, num(c(r$weighted_n, r$estimate, r$se, r$limits, r$df, r$deff)))
}

print_levels <- function(measures) {
  emit("survey", "measure", "item", "other", "segment", "city", level_columns)
  for (name in cross_sections) {
    design <- load_design(name)
    for (domain in domains(design$variables)) for (m in measures) {
      emit(name, m$name, m$item, m$other, domain$segment, domain$city, level_fields(figure(design, m, domain$rows)))
    }
  }
}

# Medians: svyquantile(~num, d, 0.5, qrule = "math", interval.type = "xlogit"), with rows of weight 0 left out, which R would
# give a place among the values. The standard error is the width of the interval over twice the quantile of t, as R has it.
# status: boundary, where nothing lies above the median and R's interval has no upper limit; zero-variance, where the
# interval is a point.
median_of <- function(design, item, domain) {
  v <- design$variables
  w <- weights(design)
  rows <- domain & !is.na(v[[item]])
  r <- list(status = "ok", source = "survey", n = sum(rows & w != 0), weighted_n = sum(w[rows]), df = NA, estimate = NA,
            se = NA, limits = c(NA, NA), deff = NA)
  if (r$n == 0) { r$status <- "empty"; return(r) }
  design$variables$num <- ifelse(rows, v[[item]], 0)
  r$df <- degf(subset(design, rows))
  d <- subset(design, rows & w != 0)
  x <- v[[item]][rows & w != 0]
  steps <- cumsum(w[rows & w != 0][order(x)]) / sum(w[rows & w != 0])
  r$estimate <- sort(x)[which(steps >= 0.5)[1]]
  if (r$df <= 0) { r$status <- "zero-df"; return(r) }
  design$variables$up <- ifelse(rows, v[[item]] <= r$estimate, 0)
  share <- svymean(~up, subset(design, rows))
  if (as.numeric(coef(share)) == 1 || as.numeric(SE(share)) < 1e-12) { r$status <- "zero-variance"; return(r) }
  theirs <- as.numeric(svyquantile(~num, d, 0.5, qrule = "math", interval.type = "xlogit", alpha = 1 - level, df = r$df)$num)
  check(r$estimate, theirs[1])
  p <- as.numeric(coef(share))
  by_formula <- plogis(t_limits(qlogis(p), as.numeric(SE(share)) / (p * (1 - p)), r$df))
  by_formula <- sapply(by_formula, function(limit) sort(x)[which(steps >= limit)[1]])
  check(theirs[2:3], by_formula)
  r$limits <- theirs[2:3]
  r$se <- theirs[4]
  check(r$se, diff(r$limits) / (2 * qt(1 - (1 - level) / 2, r$df)))
  if (r$se == 0) r$status <- "zero-variance"
  r
}

print_medians <- function() {
  emit("survey", "measure", "item", "other", "segment", "city", level_columns)
  for (name in cross_sections) {
    design <- load_design(name)
    for (domain in domains(design$variables)) for (item in c("moments.minutes", "moments.reads", "wechat.recommend")) {
      emit(name, "median", item, "", domain$segment, domain$city, level_fields(median_of(design, item, domain$rows)))
    }
  }
}

print_differences <- function() {
  emit("survey", "measure", "item", "other", "segment", "city", "status", "n", "first", "second", "difference", "se",
       "ci_low", "ci_high", "df", "t", "p")
  for (name in cross_sections) {
    design <- load_design(name)
    for (domain in domains(design$variables)) {
      r <- figure(design, difference, domain$rows)
      t <- r$estimate / r$se
      emit(name, difference$name, difference$item, difference$other, domain$segment, domain$city, r$status, r$n,
           num(c(r$first, r$second)), if (is.null(r$first)) c("", ""), num(c(r$estimate, r$se, r$limits, r$df)), num(t),
           num(2 * pt(-abs(t), r$df)))
    }
  }
}

compared_columns <- c("status", "n_first", "n_second", "first", "second", "difference", "se", "ci_low", "ci_high", "df",
                      "t", "p")
compared_fields <- function(r) {
  c(r$status, sapply(r$sides, function(side) side$n), num(sapply(r$sides, function(side) side$estimate)),
    num(c(r$estimate, r$se, r$limits, r$df, r$t, r$p)))
}

print_gaps <- function(measures) {
  emit("survey", "measure", "item", "other", "city", "first_side", "second_side", compared_columns)
  for (name in cross_sections) {
    design <- load_design(name)
    v <- design$variables
    for (city in c("", unique(v$city))) for (m in measures) {
      r <- compare(design, m, city == "" | v$city == city, "segment", "expat", "chinese")
      if (!is.null(r)) emit(name, m$name, m$item, m$other, city, segments, compared_fields(r))
    }
  }
}

print_waves <- function(measures) {
  emit("survey", "wave", "measure", "item", "other", "segment", "city", level_columns)
  for (name in panels) {
    design <- load_design(name)
    v <- design$variables
    for (wave in waves) for (domain in domains(v, short = TRUE)) for (m in measures) {
      r <- figure(design, m, domain$rows & v$wave == wave)
      emit(name, wave, m$name, m$item, m$other, domain$segment, domain$city, level_fields(r))
    }
  }
}

print_changes <- function(measures) {
  emit("survey", "measure", "item", "other", "segment", "city", "first_side", "second_side", compared_columns)
  for (name in panels) {
    design <- load_design(name)
    for (domain in domains(design$variables, short = TRUE)) for (m in measures) {
      r <- compare(design, m, domain$rows, "wave", waves[2], waves[1])
      emit(name, m$name, m$item, m$other, domain$segment, domain$city, rev(waves), compared_fields(r))
    }
  }
}

means <- lapply(c("use.satisfied", "wechat.recommend", "moments.minutes"), function(item) mean_of("mean", item))
totals <- lapply(c("moments.share", "moments.minutes", "moments.shares"), total_of)
in_waves <- list(rate_of("moments.share"), rate_of("moments.read"), means[[1]], means[[3]], nps, conditional, events)
switch(commandArgs(TRUE)[1],
  means = print_levels(c(means, list(mean_of("mean", "moments.reads"), top2, nps,
                                     mean_given("mean_given", "moments.minutes", "moments.read"),
                                     mean_given("mean_given", "wechat.recommend", "moments.share")))),
  totals = print_levels(totals),
  ratios = print_levels(list(rate_of("moments.share"), rate_of("moments.read"), conditional, events)),
  options = print_levels(do.call(c, lapply(choices, options_of))),
  medians = print_medians(),
  differences = print_differences(),
  gaps = print_gaps(list(means[[1]], means[[3]], nps, conditional, events, difference, totals[[1]], totals[[2]])),
  waves = print_waves(in_waves),
  changes = print_changes(in_waves))
