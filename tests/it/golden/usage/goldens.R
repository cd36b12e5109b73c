# Who comes back to the sample log (data/sample/synthetic-usage.csv, weeks from Monday, 2 March 2026), as R's survey package has it.
#   Rscript goldens.R > retention.csv
#
# One row per user, each a PSU of weight 1: svydesign(ids = ~user). The week in which a user stands first is the cohort; segment
# is that of the last row (by day, then by line) in that week. A point is, among the users of a cohort, or of all cohorts but the first
# (cohort "curve"), of whom it is known, the share who did anything so many weeks later:
#   d <- subset(design, …); svymean(~active, d); svyciprop(~active, d, method = "xlogit", df = degf(d))
# which is checked against method = "logit" (a quasi-binomial regression) to 1e-6. A share of 0 or 1 has no such interval: its limits are empty.
# Made with R 4.2.2 and survey 4.1-1; warnings are errors, so there were none.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17, warn = 2)

log <- read.csv("../../../../data/sample/synthetic-usage.csv", colClasses = "character")
log <- log[as.numeric(log$count) > 0, ]
log$week <- as.integer(as.Date(log$time) - as.Date("2026-03-02")) %/% 7L
weeks <- max(log$week) + 1L
active <- table(log$user_id, factor(log$week, 0:(weeks - 1L))) > 0
joined <- apply(active, 1, function(own) which(own)[1]) - 1L
last <- function(user) {
  own <- log[log$user_id == user & log$week == joined[[user]], ]
  own$segment[order(as.Date(own$time), seq_len(nrow(own)))][nrow(own)]
}
users <- data.frame(user = rownames(active), joined = joined, segment = sapply(rownames(active), last))
# Monday's ISO week.
label <- function(week) format(as.Date("2026-03-02") + 7 * week, "%G-W%V")

num <- function(x) ifelse(is.finite(x), sprintf("%.17g", as.numeric(x)), "")
emit <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = "")
point <- function(segment, cohort, rows, after) {
  known <- rows & users$joined + after < weeks & (segment == "" | users$segment == segment)
  if (!any(known)) return(invisible())
  target <- pmin(users$joined + after, weeks - 1L) + 1L
  users$active <- as.numeric(active[cbind(seq_len(nrow(users)), target)])
  design <- svydesign(ids = ~user, weights = ~1, data = users)
  d <- subset(design, known)
  mean <- svymean(~active, d)
  p <- coef(mean)[[1]]
  limits <- c(NA, NA)
  if (p > 0 && p < 1) {
    limits <- attr(svyciprop(~active, d, method = "xlogit", df = degf(d)), "ci")
    regression <- attr(svyciprop(~active, d, method = "logit", df = degf(d)), "ci")
    stopifnot(abs(limits - regression) < 1e-6)
  }
  emit(segment, cohort, after, sum(known), num(p), num(SE(mean)), num(limits[1]), num(limits[2]), degf(d))
}

emit("segment", "cohort", "after", "n", "estimate", "se", "low", "high", "df")
for (segment in c("", "chinese", "expat")) {
  for (after in 1:(weeks - 1L)) {
    for (week in 0:(weeks - 1L)) point(segment, label(week), users$joined == week, after)
    point(segment, "curve", users$joined > 0, after)
  }
}
