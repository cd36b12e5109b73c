#!/usr/bin/env bash
# The long form of the tests of reliability: every fault, every state, every bit; about two hours on two cores.
#
#     tests/long.sh              # all of it; what is said also stands in target/long.txt
#     tests/long.sh faults       # one part: faults, data, attacker, memory, deny or fuzz
#
# docs/RELIABILITY.md prints what it says. FUZZ_SECONDS is how long each target is fuzzed.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0 WXSTATS_LONG=1 WXSTATS_STRACE=1
target=${CARGO_TARGET_DIR:-target}
said=$target/long.txt
mkdir -p "$target"

step() { printf '\n== %s\n' "$*" | tee -a "$said"; }

tests() {
  cargo test --locked --features broken-commits --test it -- --nocapture "$@" 2>&1 | grep -vE '^(test |running |$|    |warning)' | tee -a "$said"
}

faults() {
  step 'faults at every call, power cuts, commits broken on purpose'
  tests faults::
}

data() {
  step 'files, flipped bits, a crowd, canaries, injection, determinism, surroundings'
  tests ingest::fixtures ingest::prefixes store:: crowd:: canaries:: injection:: determinism:: surroundings::
}

attacker() {
  step 'what was withheld, bounded by what was published'
  tests attacker::
}

# The most memory that an ingest takes, by the kernel's account of the process.
peak() {
  "$@" >/dev/null 2>"$work/said" &
  local process=$! most=0 now
  while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$process/status" 2>/dev/null) && [ -n "$now" ]; do most=$now; sleep 0.1; done
  wait "$process"
  echo $((most / 1024))
}

memory() {
  step 'memory of an ingest of 10 million rows'
  cargo build --locked --release --quiet
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  for rows in 1000000 10000000; do
    awk -v rows=$rows 'BEGIN {
      print "respondent_id,segment,city,os,weight,moments.share,moments.read"
      split("Guangzhou 北京 Shanghai Shenzhen", city, " "); split("iOS Android 鸿蒙", os, " ")
      for (n = 0; n < rows; n++) printf "p%d,%s,%s,%s,%.2f,%d,%d\n", n, n % 2 ? "expat" : "chinese", city[n % 4 + 1], os[n % 3 + 1], 0.5 + n % 7 / 4, (n % 5 < 2), (n % 3 > 0)
    }' >"$work/rows.csv"
    for threads in 1 2 16; do
      rm -rf "$work/store"
      most=$(RAYON_NUM_THREADS=$threads peak "$target/release/wxstats" --store "$work/store" --key-file "$work/key" ingest "$work/rows.csv")
      echo "$rows rows, $(stat -c %s "$work/rows.csv") bytes, $threads threads: $most MiB; $(cut -d, -f1 <"$work/said" | tail -n 1 | sed 's/.*: //')" | tee -a "$said"
      test "$most" -lt 512
    done
  done
}

deny() {
  step 'dependencies: licences, bans, sources'
  cargo deny --version | tee -a "$said"
  cargo deny --locked --all-features check licenses bans sources 2>&1 | tail -n 1 | tee -a "$said"
}

fuzz() {
  step "fuzzing, ${FUZZ_SECONDS:-600} seconds for each target"
  fuzz/run "${FUZZ_SECONDS:-600}" 2>&1 | tee -a "$said"
}

: >"$said"
printf 'wxstats %s, %s, %s cores\n' "$(git rev-parse --short HEAD)" "$(date -u +%F)" "$(nproc)" | tee -a "$said"
[ $# -gt 0 ] || set -- faults data attacker memory deny fuzz
for part; do "$part"; done
