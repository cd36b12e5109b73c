# Writes two synthetic surveys that are large enough for claims: clustered.csv, one wave, and waves.csv, a panel of three.
# The people are made up. Run in this directory: Rscript surveys.R
set.seed(20161101)
skipped <- "(\u8df3\u8fc7)"
items <- c("moments.share", "moments.read", "use.satisfied")

people <- function(n, per_stratum) {
  psu <- sort(sample(4 * per_stratum, n, TRUE))
  d <- data.frame(respondent_id = seq_len(n), segment = sample(c("expat", "chinese"), n, TRUE),
                  city = sample(c("Guangzhou", "Shanghai", "Beijing"), n, TRUE, c(0.4, 0.35, 0.25)),
                  effect = rnorm(4 * per_stratum, 0, 0.3)[psu])
  d$stratum <- c("a", "b", "c", "d")[(psu - 1) %/% per_stratum + 1]
  d$psu <- (psu - 1) %% per_stratum + 1
  d
}

answers <- function(d, shift) {
  n <- nrow(d)
  lift <- d$effect + shift - 0.7 * (d$segment == "expat") + 0.3 * (d$city == "Shanghai")
  d$weight <- round(exp(rnorm(n, 0, 0.4)) * c(a = 1, b = 1.5, c = 0.7, d = 1.2)[d$stratum], 3)
  d$weight[sample(n, 6)] <- 0
  d$moments.share <- rbinom(n, 1, plogis(-0.2 + lift))
  d$moments.read <- rbinom(n, 1, plogis(0.6 + 0.5 * lift + 0.8 * d$moments.share))
  d$use.satisfied <- pmin(pmax(round(3.3 + 0.5 * lift + rnorm(n)), 1), 5)
  for (item in items) {
    cell <- as.character(d[[item]])
    cell[runif(n) < 0.05] <- ""
    cell[runif(n) < 0.05] <- skipped
    d[[item]] <- cell
  }
  d
}

save <- function(d, name, design) {
  d <- d[c("respondent_id", "segment", "city", design, items)]
  lines <- c(paste(names(d), collapse = ","), do.call(paste, c(lapply(d, as.character), sep = ",")))
  file <- file(paste0(name, ".csv"), "wb")
  writeLines(enc2utf8(lines), file, useBytes = TRUE)
  close(file)
}

d <- answers(people(1000, 15), 0)
d$fpc <- c(a = 40, b = 300, c = 61, d = 90)[d$stratum]
save(d, "clustered", c("weight", "stratum", "psu", "fpc"))

d <- people(500, 12)
waves <- lapply(1:3, function(k) cbind(answers(d[runif(500) < 0.9, ], 0.2 * k), wave = 2012 + k))
save(do.call(rbind, waves), "waves", c("wave", "weight", "stratum", "psu"))
