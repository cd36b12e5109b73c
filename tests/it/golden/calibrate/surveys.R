# Writes the synthetic surveys beside this script, as canonical survey CSVs, and targets.csv: what they are weighted to.
# The people are made up, and so are the targets. Run in this directory: Rscript surveys.R
set.seed(20150801)
cities <- c("Guangzhou", "Shanghai", "Beijing", "Chengdu")
ages <- c("18-29", "30-44", "45+")
items <- c("moments.share", "moments.read", "pay.use")

# n respondents with three items; the answers depend on segment, age and a group effect.
people <- function(n, effect = 0) {
  d <- data.frame(
    respondent_id = seq_len(n),
    segment = sample(c("expat", "chinese"), n, TRUE),
    city = sample(cities, n, TRUE, c(0.3, 0.3, 0.25, 0.15)),
    age = sample(ages, n, TRUE, c(0.5, 0.3, 0.2)))
  yes <- function(base, shift) {
    rbinom(n, 1, plogis(base + shift * (d$segment == "expat") + 0.6 * (match(d$age, ages) - 2) + effect))
  }
  d[["moments.share"]] <- yes(0.1, -0.7)
  d[["moments.read"]] <- yes(0.6, -0.4)
  d[["pay.use"]] <- yes(0.2, 0.5)
  for (item in items) {
    d[[item]][runif(n) < 0.05] <- NA
    d[[item]][runif(n) < 0.04] <- -3
  }
  d
}

weights <- function(n) round(exp(rnorm(n, 0, 0.6)), 3)

save <- function(d, name, design) {
  write.csv(d[c("respondent_id", "segment", "city", "age", design, items)], paste0(name, ".csv"),
            row.names = FALSE, quote = FALSE, na = "")
}

d <- people(360)
d$weight <- weights(360)
save(d, "plain", "weight")

d <- people(300)
d$stratum <- sample(c("north", "south", "campus"), 300, TRUE, c(0.5, 0.3, 0.2))
d$weight <- weights(300) * c(north = 1, south = 2.5, campus = 0.4)[d$stratum]
d$fpc <- c(north = 900, south = 240, campus = 4000)[d$stratum]
save(d, "stratified", c("weight", "stratum", "fpc"))

# 40 PSUs of uneven size in four strata; their ids start again in every stratum.
clusters <- function(n) {
  psu <- sort(sample(40, n, TRUE, rexp(40) + 0.3))
  d <- people(n, rnorm(40, 0, 0.7)[psu])
  d$stratum <- c("a", "b", "c", "d")[(psu - 1) %/% 10 + 1]
  d$psu <- (psu - 1) %% 10 + 1
  d$weight <- weights(n) * c(a = 1, b = 2, c = 0.5, d = 4)[d$stratum]
  d
}
save(clusters(340), "clustered", c("weight", "stratum", "psu"))

# Stratum d has one PSU only, in which nobody lives in Chengdu; stratum c is a census of its PSUs.
d <- clusters(300)
d <- d[d$stratum != "d" | (d$psu == 3 & d$city != "Chengdu"), ]
d$fpc <- c(a = 60, b = 400, c = length(unique(d$psu[d$stratum == "c"])), d = 30)[d$stratum]
save(d, "lonely", c("weight", "stratum", "psu", "fpc"))

# Every respondent is a PSU; one of them is alone in a stratum.
d <- people(200)
d$stratum <- sample(c("north", "south"), 200, TRUE)
d$stratum[which(d$segment == "expat" & d$city == "Shanghai")[1]] <- "lone"
d$weight <- weights(200)
save(d, "lonely_people", c("weight", "stratum"))

segments <- c("chinese", "expat")
both <- as.vector(outer(segments, cities, paste, sep = "|"))
targets <- function(case, margin, within, levels, total) data.frame(case, margin, within, levels, total)
city <- c(52000, 61000, 40500, 22000)
age <- c(60500, 70000, 45000)
write.csv(rbind(
  targets("post", "segment*city", "", both, c(31000, 2100, 42000, 4000, 27500, 1800, 12000, 450)),
  targets("raked", "city", "", cities, city),
  targets("raked", "age", "", ages, age),
  targets("bounded", "city", "", cities, city),
  targets("bounded", "age", "", ages, age),
  targets("segments", "city", "expat", cities, c(2100, 4000, 1800, 450)),
  targets("segments", "age", "chinese", ages, c(40000, 50500, 31000)),
  targets("stratified", "segment", "", segments, c(147500, 28000)),
  targets("stratified", "city", "", cities, city),
  targets("clustered", "segment", "", segments, c(147500, 28000)),
  targets("clustered", "city", "", cities, city),
  targets("clustered", "age", "", ages, age),
  targets("lonely_raked", "city", "", cities, city),
  targets("lonely_raked", "age", "", ages, age)),
  "targets.csv", row.names = FALSE, quote = FALSE)
