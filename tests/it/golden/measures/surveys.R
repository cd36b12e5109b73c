# Writes the synthetic surveys beside this script, as canonical survey CSVs, and targets.csv: what `raked` is weighted to.
# The people are made up, and so are the targets. Run in this directory: Rscript surveys.R
# Cells: a number, empty (asked, left blank) or (跳过) (not asked). Of a multi-response set that was answered, an option
# that was not mentioned is 0 or empty; whoever left all four options empty did not answer the set.
set.seed(20151101)
cities <- c("Guangzhou", "Shanghai", "Beijing")
choices <- c("a.use", "b.use", "c.use", "d.use")
single <- c("moments.share", "moments.read", "use.satisfied", "wechat.recommend", "moments.minutes", "moments.shares",
            "moments.reads")
skipped <- "(\u8df3\u8fc7)"

# n respondents: who they are, and what draws their answers up or down.
people <- function(n, effect = 0) {
  data.frame(respondent_id = seq_len(n), segment = sample(c("expat", "chinese"), n, TRUE),
             city = sample(cities, n, TRUE, c(0.4, 0.35, 0.25)), effect = effect)
}

# Adds the answers of one interview. `shift` moves all of them, as between two waves.
answers <- function(d, shift = 0) {
  n <- nrow(d)
  lift <- d$effect + shift - 0.8 * (d$segment == "expat") + 0.3 * (d$city == "Shanghai")
  within <- function(x, low, high) pmin(pmax(round(x), low), high)
  d$moments.share <- rbinom(n, 1, plogis(0.2 + lift))
  d$moments.read <- rbinom(n, 1, plogis(1.2 + 0.5 * lift + 0.8 * d$moments.share))
  d$use.satisfied <- within(3.4 + 0.5 * lift + rnorm(n), 1, 5)
  d$wechat.recommend <- within(7.6 + 0.9 * lift + rnorm(n, 0, 2.2), 0, 10)
  d$moments.minutes <- ifelse(d$moments.read == 0 & runif(n) < 0.5, 0, round(exp(2.6 + 0.4 * lift + rnorm(n)), 2))
  d$moments.reads <- d$moments.read * rpois(n, exp(2 + 0.5 * lift + rnorm(n, 0, 0.8)))
  d$moments.shares <- rbinom(n, d$moments.reads, plogis(-2 + 0.6 * lift)) + rbinom(n, 1, 0.1)
  for (k in seq_along(choices)) d[[choices[k]]] <- rbinom(n, 1, plogis(c(1, 0, -1, -2.5)[k] + 0.5 * lift))
  d
}

# Answers become cells: some are blank, some were not asked.
cells <- function(d) {
  n <- nrow(d)
  for (item in single) {
    cell <- as.character(d[[item]])
    cell[runif(n) < 0.05] <- ""
    cell[runif(n) < 0.05] <- skipped
    d[[item]] <- cell
  }
  # Half of the questionnaires write 0 for what was not mentioned; none at all is always said in so many words.
  set <- as.matrix(d[choices])
  zeros <- runif(n) < 0.5 | rowSums(set) == 0
  set[!zeros, ][set[!zeros, ] == 0] <- ""
  set[runif(n) < 0.06, ] <- ""
  set[runif(n) < 0.08, ] <- skipped
  d[choices] <- as.data.frame(set)
  d
}

# Writes `value` into an item wherever it was answered in one domain.
fix <- function(d, item, rows, value) {
  d[[item]][rows & !(d[[item]] %in% c("", skipped))] <- as.character(value)
  d
}

weights <- function(n) round(exp(rnorm(n, 0, 0.7)), 3)

save <- function(d, name, design) {
  d <- d[c("respondent_id", "segment", "city", design, single, choices)]
  lines <- c(paste(names(d), collapse = ","), do.call(paste, c(lapply(d, as.character), sep = ",")))
  file <- file(paste0(name, ".csv"), "wb")
  writeLines(enc2utf8(lines), file, useBytes = TRUE)
  close(file)
}

# srs: all expats of Beijing are equally satisfied, and have read nothing; everybody in Shanghai who is Chinese reads.
d <- cells(answers(people(200)))
beijing <- d$segment == "expat" & d$city == "Beijing"
d <- fix(d, "use.satisfied", beijing, 4)
d <- fix(d, "moments.reads", beijing, 0)
d <- fix(d, "moments.read", d$segment == "chinese" & d$city == "Shanghai", 1)
save(d, "srs", c())

# weighted: skewed weights, some of them 0, and one respondent alone in Chengdu.
d <- people(280)
d$stratum <- sample(c("north", "south", "campus"), 280, TRUE, c(0.5, 0.35, 0.15))
d$weight <- weights(280) * c(north = 1, south = 2.5, campus = 0.4)[d$stratum]
d$weight[sample(280, 14)] <- 0
d <- cells(answers(d))
alone <- which(d$segment == "expat" & d$weight > 0 & d$moments.read == "1" & !(d$moments.minutes %in% c("", skipped)))[1]
d$city[alone] <- "Chengdu"
save(d, "weighted", c("weight", "stratum"))

# PSUs of uneven size in four strata; their ids start again in every stratum.
clusters <- function(n, per_stratum) {
  count <- 4 * per_stratum
  psu <- sort(sample(count, n, TRUE, rexp(count) + 0.3))
  d <- people(n, rnorm(count, 0, 0.6)[psu])
  d$stratum <- c("a", "b", "c", "d")[(psu - 1) %/% per_stratum + 1]
  d$psu <- (psu - 1) %% per_stratum + 1
  d
}
skewed <- function(d) weights(nrow(d)) * c(a = 1, b = 2, c = 0.5, d = 4)[d$stratum]

# clustered: PSU 2 of stratum a has no expat; population sizes; some weights are 0, and all those of one PSU.
d <- clusters(320, 9)
d$segment[d$stratum == "a" & d$psu == 2] <- "chinese"
d$weight <- skewed(d)
d$weight[sample(320, 8)] <- 0
d$weight[d$stratum == "b" & d$psu == 3] <- 0
d$fpc <- c(a = 20, b = 300, c = 31, d = 60)[d$stratum]
save(cells(answers(d)), "clustered", c("weight", "stratum", "psu", "fpc"))

# raked: to city and age. Some base weights are 0, and all those of one PSU.
d <- clusters(340, 10)
d$age <- sample(c("18-29", "30-44", "45+"), 340, TRUE, c(0.5, 0.3, 0.2))
d$effect <- d$effect + 0.4 * (match(d$age, c("18-29", "30-44", "45+")) - 2)
d$weight <- skewed(d)
d$weight[sample(340, 8)] <- 0
d$weight[d$stratum == "c" & d$psu == 4] <- 0
save(cells(answers(d)), "raked", c("age", "weight", "stratum", "psu"))
write.csv(data.frame(case = "raked", margin = rep(c("city", "age"), each = 3), within = "",
                     levels = c(cities, "18-29", "30-44", "45+"), total = c(52000, 61000, 40500, 60500, 58000, 35000)),
          "targets.csv", row.names = FALSE, quote = FALSE)

# Two interviews with the same people, of whom some are missing in one wave and some have moved; weights differ by wave.
panel <- function(d, multiple) {
  n <- nrow(d)
  d$effect <- d$effect + rnorm(n, 0, 0.9)
  first <- runif(n) < 0.85
  second <- runif(n) < 0.85 | !first
  one <- d[first, ]
  two <- d[second, ]
  moved <- runif(nrow(two)) < 0.05
  two$city[moved] <- sample(cities, sum(moved), TRUE)
  wave <- function(d, name, shift) {
    d$wave <- name
    d$weight <- round(weights(nrow(d)) * multiple[d$stratum], 4)
    d$weight[sample(nrow(d), 4)] <- 0
    cells(answers(d, shift))
  }
  rbind(wave(one, "2014", 0), wave(two, "2015", 0.35))
}
d <- people(200)
d$stratum <- sample(c("north", "south"), 200, TRUE, c(0.6, 0.4))
save(panel(d, c(north = 1, south = 2.5)), "panel", c("wave", "weight", "stratum"))

save(panel(clusters(220, 8), c(a = 1, b = 2, c = 0.5, d = 4)), "panel_clustered", c("wave", "weight", "stratum", "psu"))
