# Writes the synthetic surveys beside this script, as canonical survey CSVs. The people are made up.
# Run in this directory: Rscript surveys.R
set.seed(20150601)
cities <- c("Guangzhou", "Shanghai", "Beijing", "Chengdu")

# n respondents with three items; the answers depend on segment, city and a group effect.
people <- function(n, effect = 0) {
  d <- data.frame(
    respondent_id = seq_len(n),
    segment = sample(c("expat", "chinese"), n, TRUE),
    city = sample(cities, n, TRUE, c(0.3, 0.3, 0.25, 0.15)))
  expat <- d$segment == "expat"
  yes <- function(base, shift) rbinom(n, 1, plogis(base + shift * expat + effect))
  d[["moments.share"]] <- yes(0.4, -1.3)
  d[["moments.read"]] <- yes(0.8, -0.4)
  d[["pay.use"]] <- yes(0.2, 0.5)
  for (item in c("moments.share", "moments.read", "pay.use")) {
    d[[item]][runif(n) < 0.05] <- NA
    d[[item]][runif(n) < 0.04] <- -3
  }
  d
}

# An item nobody (0), everybody (1) or no one who was asked (-3) affirms in one domain.
edges <- function(d) {
  in_domain <- function(city, segment) d$city == city & d$segment == segment
  set <- function(item, rows, value) { d[[item]][rows & !is.na(d[[item]]) & d[[item]] != -3] <<- value }
  set("moments.share", in_domain("Beijing", "expat"), 0)
  set("moments.read", in_domain("Shanghai", "chinese"), 1)
  set("pay.use", in_domain("Guangzhou", "expat"), 0)
  set("pay.use", in_domain("Guangzhou", "chinese"), 1)
  set("moments.share", in_domain("Chengdu", "expat"), -3)
  d
}

weights <- function(n) round(exp(rnorm(n, 0, 0.6)), 3)

save <- function(d, name, design) {
  items <- c("moments.share", "moments.read", "pay.use")
  write.csv(d[c("respondent_id", "segment", "city", design, items)], paste0(name, ".csv"),
            row.names = FALSE, quote = FALSE, na = "")
}

save(people(160), "srs", c())

d <- people(240)
d$weight <- weights(240)
d$weight[sample(240, 15)] <- 0
save(d, "weighted", "weight")

d <- edges(people(320))
d$stratum <- sample(c("north", "south", "campus", "suburb"), 320, TRUE, c(0.4, 0.3, 0.2, 0.1))
d$weight <- weights(320) * c(north = 1, south = 2.5, campus = 0.4, suburb = 6)[d$stratum]
d$weight[sample(320, 12)] <- 0
save(d, "stratified", c("weight", "stratum"))

# 48 PSUs of uneven size in four strata; their ids start again in every stratum.
clusters <- function(n) {
  psu <- sort(sample(48, n, TRUE, rexp(48) + 0.2))
  stratum <- c("a", "b", "c", "d")[(psu - 1) %/% 12 + 1]
  d <- people(n, rnorm(48, 0, 0.7)[psu])
  d$stratum <- stratum
  d$psu <- (psu - 1) %% 12 + 1
  d$weight <- weights(n) * c(a = 1, b = 2, c = 0.5, d = 4)[stratum]
  d$weight[sample(n, 8)] <- 0
  d
}
save(clusters(300), "clustered", c("weight", "stratum", "psu"))

d <- edges(clusters(280))
d$fpc <- c(a = 20, b = 400, c = 31, d = 60)[d$stratum]
save(d, "clustered_fpc", c("weight", "stratum", "psu", "fpc"))

# Sampling fractions; one stratum, to which Chengdu alone belongs, is a census.
d <- people(200)
d$stratum <- ifelse(d$city == "Chengdu", "whole", ifelse(runif(200) < 0.5, "east", "west"))
d$fpc <- c(whole = 1, east = 0.25, west = 0.04)[d$stratum]
d$weight <- 1 / d$fpc
save(d, "fractions", c("weight", "stratum", "fpc"))

# One stratum has a single respondent, an expat in Chengdu, who was not asked about pay. There is one other expat there.
d <- people(120)
chengdu <- which(d$city == "Chengdu" & d$segment == "expat")
d <- d[-chengdu[-(1:2)], ]
d$stratum <- ifelse(runif(nrow(d)) < 0.6, "main", "boost")
d$stratum[rownames(d) == chengdu[1]] <- "lone"
d$weight <- weights(nrow(d))
d[rownames(d) == chengdu[1], c("moments.share", "moments.read", "pay.use")] <- list(1, 0, -3)
save(d, "lone", c("weight", "stratum"))

# Cities that differ, with bases large enough to be shown: for column letters. No Chinese in Chengdu.
set.seed(20150602)
d <- clusters(700)
d <- d[d$segment == "expat" | d$city != "Chengdu", ]
lift <- function(shifts) ifelse(runif(nrow(d)) < shifts[d$city], 1, 0)
for (item in c("moments.share", "pay.use")) {
  raised <- lift(c(Guangzhou = 0, Shanghai = 0.15, Beijing = 0.45, Chengdu = 0.3)) == 1 & d[[item]] %in% 0
  d[[item]][raised] <- 1
}
d$weight <- ifelse(d$weight == 0, 0, round(1 + d$weight / 4, 3))
save(d, "banner", c("weight", "stratum", "psu"))
