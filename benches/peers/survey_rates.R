# R survey: Rscript survey_rates.R CSV DESIGN ITEMS ANSWERS, DESIGN being respondents or clustered, ITEMS how many of the items.
# Rates by city and segment with their standard errors. What is timed is the design and the rates, not the reading.
suppressPackageStartupMessages(library(survey))
asked <- commandArgs(trailingOnly = TRUE)
data <- read.csv(asked[1], check.names = FALSE)
items <- head(grep(".", names(data), fixed = TRUE, value = TRUE), as.integer(asked[3]))
start <- proc.time()[["elapsed"]]
design <- if (asked[2] == "clustered") {
  svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
} else {
  svydesign(ids = ~1, weights = ~weight, data = data)
}
answers <- lapply(items, function(item) {
  rates <- svyby(as.formula(paste0("~`", item, "`")), ~ city + segment, design, svymean, na.rm = TRUE)
  data.frame(rates$city, rates$segment, item, rates[[item]], SE(rates))
})
seconds <- proc.time()[["elapsed"]] - start
write.table(do.call(rbind, answers), asked[4], sep = ",", row.names = FALSE, col.names = FALSE, quote = FALSE)
cat(sprintf('{"seconds": %.3f}\n', seconds))
