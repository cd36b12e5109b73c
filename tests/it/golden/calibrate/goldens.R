# Weights, rates and gaps of the calibrated and the lonely surveys beside this script, as R's survey package has them.
#   for what in weights rates gaps tests filters; do Rscript goldens.R $what > $what.csv; done
# A case is a survey, the targets of that name in targets.csv (none for "lonely" and "lonely_people"), and what is done
# with lonely PSUs. Rates at 0 and 1, and with lonely PSUs not dealt with, are left out: they are no matter of weights.
suppressPackageStartupMessages(library(survey))
options(digits = 17)
items <- c("moments.share", "moments.read", "pay.use")
cities <- c("Guangzhou", "Shanghai", "Beijing", "Chengdu")
segments <- c("expat", "chinese")
level <- 0.95
targets <- read.csv("targets.csv")

modes <- c("remove", "certainty", "adjust", "average")
case <- function(name, survey, lonely, bounds = c(-Inf, Inf)) {
  lapply(lonely, function(mode) list(name = name, survey = survey, lonely = mode, bounds = bounds))
}
cases <- c(
  case("post", "plain", "fail"),
  case("raked", "plain", "fail"),
  case("bounded", "plain", "fail", c(0.5, 1.7)),
  case("segments", "plain", "fail"),
  case("stratified", "stratified", "fail"),
  case("clustered", "clustered", "fail"),
  case("lonely", "lonely", modes),
  case("lonely_people", "lonely_people", modes),
  case("lonely_raked", "lonely", modes))

num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", as.numeric(x)))
emit <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = "")

base_design <- function(survey) {
  d <- read.csv(paste0(survey, ".csv"), check.names = FALSE)
  for (item in items) d[[item]][!is.na(d[[item]]) & d[[item]] == -3] <- NA
  svydesign(if (is.null(d$psu)) ~1 else ~psu, strata = if (!is.null(d$stratum)) ~stratum,
            weights = ~weight, fpc = if (!is.null(d$fpc)) ~fpc, nest = TRUE, data = d)
}

# One dummy column per target, over the rows of its level and within its segment.
dummies <- function(v, t) {
  sapply(seq_len(nrow(t)), function(i) {
    dimensions <- strsplit(t$margin[i], "*", fixed = TRUE)[[1]]
    levels <- strsplit(t$levels[i], "|", fixed = TRUE)[[1]]
    inside <- t$within[i] == "" | v$segment == t$within[i]
    for (k in seq_along(dimensions)) inside <- inside & v[[dimensions[k]]] == levels[k]
    as.numeric(inside)
  })
}

# The survey weighted to its targets; those of "bounded" are shares of the sum of the base weights.
load_design <- function(case) {
  options(survey.lonely.psu = case$lonely)
  design <- base_design(case$survey)
  t <- targets[targets$case == case$name, ]
  if (nrow(t) == 0) return(design)
  columns <- dummies(design$variables, t)
  total <- t$total
  if (case$name == "bounded") {
    for (margin in unique(t$margin)) {
      of <- t$margin == margin
      total[of] <- total[of] / sum(total[of]) * sum(weights(design))
    }
  }
  # calibrate() wants columns that are not redundant; which of them go does not matter.
  decomposition <- qr(columns)
  keep <- sort(decomposition$pivot[seq_len(decomposition$rank)])
  names <- paste0("x", keep)
  for (k in seq_along(keep)) design$variables[[names[k]]] <- columns[, keep[k]]
  calibrated <- calibrate(design, as.formula(paste("~ 0 +", paste(names, collapse = "+"))),
                          setNames(total[keep], names), calfun = "raking", bounds = case$bounds,
                          epsilon = 1e-12, maxit = 1000)
  met <- colSums(columns * weights(calibrated))
  stopifnot(abs(met / total - 1) < 1e-10)
  if (case$name == "post") {
    levels <- do.call(rbind, strsplit(t$levels, "|", fixed = TRUE))
    population <- data.frame(segment = levels[, 1], city = levels[, 2], Freq = t$total)
    post <- postStratify(design, ~segment + city, population)
    stopifnot(abs(weights(post) / weights(calibrated) - 1) < 1e-12)
    return(post)
  }
  calibrated
}

# A design of those of `rows` who answered `item`, as column y; rows that a calibrated design keeps have y = 0.
answered <- function(design, item, rows) {
  y <- design$variables[[item]]
  rows <- rows & !is.na(y)
  design$variables$y <- ifelse(rows, y, 0)
  design$variables$rows <- rows
  subset(design, rows)
}

rate <- function(design, item, rows) {
  d <- answered(design, item, rows)
  y <- d$variables$y[d$variables$rows]
  if (length(unique(y)) < 2) return(NULL)
  m <- svymean(~y, d, deff = "replace")
  p <- as.numeric(coef(m)); v <- as.numeric(vcov(m)); df <- degf(d)
  if (df <= 0 || v < 1e-20) return(NULL)
  limits <- plogis(qlogis(p) + c(-1, 1) * qt(1 - (1 - level) / 2, df) * sqrt(v) / (p * (1 - p)))
  list(n = length(y), weighted_n = sum(weights(d)), estimate = p, se = sqrt(v), low = limits[1], high = limits[2],
       df = df, deff = as.numeric(deff(m)), n_eff = min(length(y), p * (1 - p) / v))
}

gap <- function(design, item, rows) {
  sides <- lapply(segments, function(segment) rows & design$variables$segment == segment)
  if (is.null(rate(design, item, sides[[1]])) || is.null(rate(design, item, sides[[2]]))) return(NULL)
  d <- answered(design, item, rows)
  # svyby(covmat = TRUE) cannot do subsets of a calibrated design; ratios of totals can be contrasted as well.
  for (k in 1:2) {
    inside <- as.numeric(d$variables$rows & d$variables$segment == segments[k])
    d$variables[[paste0("w", k)]] <- inside
    d$variables[[paste0("y", k)]] <- inside * d$variables$y
  }
  contrast <- svycontrast(svytotal(~ y1 + w1 + y2 + w2, d), quote(y1 / w1 - y2 / w2))
  difference <- as.numeric(coef(contrast)); se <- as.numeric(SE(contrast)); df <- degf(d)
  t <- difference / se
  limits <- difference + c(-1, 1) * qt(1 - (1 - level) / 2, df) * se
  list(difference = difference, se = se, low = limits[1], high = limits[2], df = df, t = t, p = 2 * pt(-abs(t), df))
}

print_figures <- function(columns, by_segment, figure) {
  emit("case", "survey", "lonely", "city", "segment", "item", columns)
  for (case in cases) {
    design <- load_design(case)
    v <- design$variables
    for (city in c("", cities)) for (segment in by_segment) for (item in items) {
      rows <- (city == "" | v$city == city) & (segment == "" | v$segment == segment)
      f <- figure(design, item, rows)
      if (!is.null(f)) emit(case$name, case$survey, case$lonely, city, segment, item, num(unlist(f[columns])))
    }
  }
}

# The weights of every calibration cell, and Kish's design effect over the whole sample.
print_weights <- function() {
  emit("case", "segment", "city", "age", "g", "deff_before", "deff_after")
  kish <- function(w) length(w) * sum(w^2) / sum(w)^2
  for (case in Filter(function(case) case$lonely %in% c("fail", "remove"), cases)) {
    if (!any(targets$case == case$name)) next
    calibrated <- load_design(case)
    d <- weights(base_design(case$survey))
    v <- calibrated$variables
    w <- weights(calibrated)
    cells <- !duplicated(v[c("segment", "city", "age")])
    for (i in which(cells)) {
      emit(case$name, v$segment[i], v$city[i], v$age[i], num(w[i] / d[i]), num(kish(d)), num(kish(w)))
    }
  }
}

# Rao and Scott's test of every item against the city. For calibrated subsets svychisq counts the degrees of freedom over
# the whole sample; here they are those of the subset, as in all other figures.
print_tests <- function() {
  emit("case", "survey", "lonely", "city", "segment", "item", "f", "ndf", "ddf", "p")
  for (case in cases) {
    design <- load_design(case)
    for (segment in c("", segments)) for (item in items) {
      d <- answered(design, item, segment == "" | design$variables$segment == segment)
      test <- svychisq(~ y + city, d, statistic = "F")
      f <- as.numeric(test$statistic); ndf <- as.numeric(test$parameter[1]); ddf <- ndf * degf(d)
      p <- pf(f, ndf, ddf, lower.tail = FALSE)
      stopifnot(!is.null(d$postStrata) || abs(test$parameter[2] / ddf - 1) < 1e-12)
      emit(case$name, case$survey, case$lonely, "", segment, item, num(c(f, ndf, ddf, p)))
    }
  }
}

# Rates and gaps of those for whom a filter holds, as a subset of the whole design, with base weights ("none") and raked ones.
# The conditions are those of tests/it/filter.rs by the same names. An answer that is missing is not yes.
conditions <- list(
  expats = quote(segment == "expat"),
  young_south = quote(age != "45+" & city %in% c("Guangzhou", "Shanghai")),
  readers = quote(moments.read %in% 1),
  no_readers = quote(!(moments.read %in% 1)),
  new_tier_1 = quote(city == "Chengdu"),
  either = quote(!(segment == "chinese" & moments.read %in% 0) | age == "18-29"))

print_filters <- function() {
  figures <- c("n", "weighted_n", "estimate", "se", "low", "high", "df", "deff", "n_eff")
  gaps <- c("difference", "se", "low", "high", "df", "p")
  emit("case", "survey", "filter", "kind", "city", "item", c("n", "weighted_n", "value", "se", "low", "high", "df", "deff",
                                                            "n_eff", "p"))
  for (case in c(case("none", "stratified", "fail"), case("stratified", "stratified", "fail"),
                 case("none", "clustered", "fail"), case("clustered", "clustered", "fail"))) {
    design <- load_design(case)
    v <- design$variables
    for (filter in names(conditions)) for (city in c("", cities)) for (item in items) {
      rows <- eval(conditions[[filter]], v) & (city == "" | v$city == city)
      f <- rate(design, item, rows)
      if (!is.null(f)) emit(case$name, case$survey, filter, "rate", city, item, num(unlist(f[figures])), "")
      of_both <- filter != "expats" && city != ""
      g <- if (of_both) gap(design, item, rows) else NULL
      if (!is.null(g)) {
        emit(case$name, case$survey, filter, "gap", city, item, "", "", num(unlist(g[gaps[1:5]])), "", "", num(g$p))
      }
    }
  }
}

switch(commandArgs(TRUE)[1],
  filters = print_filters(),
  rates = print_figures(c("n", "weighted_n", "estimate", "se", "low", "high", "df", "deff", "n_eff"),
                        c("", segments), rate),
  gaps = print_figures(c("difference", "se", "low", "high", "df", "t", "p"), "", gap),
  tests = print_tests(),
  weights = print_weights())
