# Assertions about the surveys beside this script and about ../measures/weighted.csv, tested as R's survey package tests them: Rscript goldens.R > tests.csv
#
# A figure is a ratio of two totals over its own rows; an assertion is a contrast of figures. Contrasts come from
# svycontrast(svytotal(all numerators and denominators, 0 outside of their rows), quote(c1*a1/b1 + c2*a2/b2 ...)), so that
# rows which figures share are in the variance; df = degf(subset(design, union of the rows with weight)). A rate against a
# number is tested on the logit, as its interval is: t = (qlogis(p) - qlogis(p0)) / (SE / (p(1-p))). Means are tested on
# their own scale. p is the one-sided p-value of what is asserted, p_opposite that of its opposite.
# Made with R 4.2.2 and survey 4.1-1.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17, warn = 2)
skipped <- "(\u8df3\u8fc7)"
items <- c("moments.share", "moments.read", "use.satisfied")

load <- function(name) {
  d <- read.csv(paste0(if (name == "weighted") "../measures/", name, ".csv"), colClasses = "character", check.names = FALSE, encoding = "UTF-8",
                na.strings = character(0))
  for (item in items) {
    d[[item]][d[[item]] %in% c("", skipped)] <- NA
    d[[item]] <- as.numeric(d[[item]])
  }
  d$weight <- as.numeric(d$weight)
  if (!is.null(d$fpc)) d$fpc <- as.numeric(d$fpc)
  svydesign(if (is.null(d$psu)) ~respondent_id else ~psu, strata = ~stratum, weights = ~weight, nest = TRUE,
            fpc = if (!is.null(d$fpc)) ~fpc, data = d)
}

# A figure: numerator and denominator by row, 0 outside of `rows`.
figure <- function(y, rows) list(num = ifelse(rows & !is.na(y), y, 0), den = as.numeric(rows & !is.na(y)))

combination <- function(design, figures, coefficients) {
  k <- length(figures)
  columns <- c()
  for (i in seq_len(k)) {
    design$variables[[paste0("a", i)]] <- figures[[i]]$num
    design$variables[[paste0("b", i)]] <- figures[[i]]$den
    columns <- c(columns, paste0("a", i), paste0("b", i))
  }
  total <- svytotal(as.formula(paste("~", paste(columns, collapse = "+"))), design)
  term <- paste0(coefficients, "*a", seq_len(k), "/b", seq_len(k), collapse = "+")
  found <- svycontrast(total, parse(text = term)[[1]])
  design$variables$union <- Reduce(`|`, lapply(figures, function(f) f$den > 0))
  list(estimate = as.numeric(coef(found)), se = as.numeric(SE(found)),
       df = degf(subset(design, union & weights(design, "sampling") > 0)))
}

num <- function(x) sprintf("%.17g", as.numeric(x))
emit <- function(survey, assertion, c, p, opposite) {
  cat(sprintf("%s,\"%s\",%s,%s,%d,%s,%s\n", survey, assertion, num(c$estimate), num(c$se), c$df, num(p), num(opposite)))
}
above <- function(survey, assertion, c) {
  t <- c$estimate / c$se
  emit(survey, assertion, c, pt(t, c$df, lower.tail = FALSE), pt(t, c$df))
}
below <- function(survey, assertion, c) {
  t <- c$estimate / c$se
  emit(survey, assertion, c, pt(t, c$df), pt(t, c$df, lower.tail = FALSE))
}
logit <- function(c, p0) (qlogis(c$estimate) - qlogis(p0)) / (c$se / (c$estimate * (1 - c$estimate)))

cat("survey,assert,estimate,se,df,p,p_opposite\n")
for (name in c("weighted", "clustered")) {
  design <- load(name)
  d <- design$variables
  expat <- d$segment == "expat"
  chinese <- !expat
  all <- rep(TRUE, nrow(d))
  shanghai <- d$city == "Shanghai"
  share <- d$moments.share
  read <- d$moments.read
  of <- function(y, rows) combination(design, list(figure(y, rows)), 1)
  gap <- function(y1, r1, y2, r2) combination(design, list(figure(y1, r1), figure(y2, r2)), c(1, -1))
  below(name, "rate(moments.share, segment=expat) < rate(moments.share, segment=chinese)", gap(share, expat, share, chinese))
  above(name, "rate(moments.read, segment=expat) > rate(moments.share, segment=expat)", gap(read, expat, share, expat))
  above(name, "rate(moments.share, segment=chinese) > rate(moments.share)", gap(share, chinese, share, all))
  above(name, "rate(moments.read, city=Guangzhou) > rate(moments.share, segment=chinese)",
        gap(read, d$city == "Guangzhou", share, chinese))
  above(name, "mean(use.satisfied, city=Shanghai) > mean(use.satisfied, segment=chinese)",
        gap(d$use.satisfied, shanghai, d$use.satisfied, chinese))
  above(name, "mean(use.satisfied, segment=chinese) > mean(use.satisfied)", gap(d$use.satisfied, chinese, d$use.satisfied, all))
  above(name, "share(city=Shanghai, segment=chinese) > share(city=Beijing, segment=chinese)",
        gap(as.numeric(shanghai), chinese, as.numeric(d$city == "Beijing"), chinese))
  above(name, "share(segment=expat) > rate(moments.share)", gap(as.numeric(expat), all, share, all))
  above(name, "rate(moments.share/moments.read, segment=chinese) > rate(moments.share, segment=chinese)",
        gap(share, chinese & read %in% 1, share, chinese))
  mean <- of(d$use.satisfied, chinese)
  t <- (mean$estimate - 3) / mean$se
  emit(name, "mean(use.satisfied, segment=chinese) over 3", mean, pt(t, mean$df, lower.tail = FALSE), pt(t, mean$df))
  rate <- of(share, chinese)
  t <- logit(rate, 0.6)
  emit(name, "rate(moments.share, segment=chinese) below 60%", rate, pt(t, rate$df), pt(t, rate$df, lower.tail = FALSE))
  low <- logit(rate, 0.35)
  high <- logit(rate, 0.65)
  tost <- max(pt(low, rate$df, lower.tail = FALSE), pt(high, rate$df))
  beyond <- min(1, 2 * min(pt(low, rate$df), pt(high, rate$df, lower.tail = FALSE)))
  emit(name, "rate(moments.share, segment=chinese) about 50% ± 15", rate, tost, beyond)
}
design <- load("waves")
d <- design$variables
slope <- function(y, rows) {
  combination(design, lapply(2013:2015, function(wave) figure(y, rows & d$wave == wave)), c(-0.5, 0, 0.5))
}
all <- rep(TRUE, nrow(d))
above("waves", "rate(moments.share) rising", slope(d$moments.share, all))
below("waves", "mean(use.satisfied, segment=chinese) falling", slope(d$use.satisfied, d$segment == "chinese"))
above("waves", "rate(moments.read, wave=2015) > rate(moments.share, wave=2013)",
      combination(design, list(figure(d$moments.read, d$wave == 2015), figure(d$moments.share, d$wave == 2013)), c(1, -1)))
above("waves", "rate(moments.read) > rate(moments.read, wave=2013)",
      combination(design, list(figure(d$moments.read, d$wave == 2015), figure(d$moments.read, d$wave == 2013)), c(1, -1)))
