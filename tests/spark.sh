#!/usr/bin/env bash
# The tally on a cluster: Spark's own master, two workers and a Connect server on loopback, from PyPI's pyspark.
#
#     tests/spark.sh            # needs Java 17, python3 with venv, protoc; about ten minutes after the build
#     tests/spark.sh sail       # Sail in Spark's place: only whether the figures are the same, in a minute
#
# WXSTATS is a program that is built already. What is said also stands in target/spark/said.txt; docs/SCALE.md prints it.
set -euo pipefail
cd "$(dirname "$0")/.."
root=${CARGO_TARGET_DIR:-$PWD/target}
work=$root/spark
mkdir -p "$work/data"
said=$work/said.txt
: >"$said"
export SPARK_CONNECT_AUTHENTICATE_TOKEN=only-for-this-test SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_HOSTNAME=127.0.0.1
export SPARK_MASTER_OPTS=-Dspark.master.rest.enabled=false
engine=${1:-spark}
port=15472
address=sc://127.0.0.1:$port/

say() { printf '%s\n' "$*" | tee -a "$said"; }
step() { say "== $* (${SECONDS}s)"; }
fail() { say "FAILED: $*"; exit 1; }

started=()
# Starts a process in a group of its own: start LOG COMMAND…
start() {
  local log=$1
  shift
  setsid "$@" >>"$log" 2>&1 &
  started+=($!)
}
end() { kill -9 -- "-$1" 2>/dev/null || true; }
trap 'for group in "${started[@]}"; do end "$group"; done' EXIT
# Waits until a line stands in a log: await SECONDS LOG PATTERN [COUNT]
await() {
  for _ in $(seq $(($1 * 10))); do
    test "$(grep -cE "$3" "$2" 2>/dev/null || true)" -ge "${4:-1}" && return
    sleep 0.1
  done
  fail "$3 did not come within $1 s in $2"
}

step 'the program'
if [ -z "${WXSTATS:-}" ]; then
  cargo build --locked --quiet --features spark --bin wxstats
  WXSTATS=$root/debug/wxstats
fi
wxstats() { "$WXSTATS" --quiet --store "$work/store" --key-file "$work/key" --codebook "$work/wxstats.toml" "$@"; }

step 'the servers'
if [ ! -x "$work/venv/bin/python" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet pyspark==4.2.1
fi
if [ "$engine" = sail ] && [ ! -x "$work/venv/bin/sail" ]; then
  "$work/venv/bin/pip" install --quiet pysail==0.7.2
fi
SPARK_HOME=$("$work/venv/bin/python" -c 'import pyspark, os; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME

step 'the data'
cp data/sample/synthetic-survey.csv data/sample/synthetic-usage.csv "$work/data/"
# A survey with everything: strata, PSUs, fpc, weights of all sizes and none, waves, numbers, blanks, aliases, spaces, quotes.
awk -v rows=80000 'BEGIN {
  srand(7)
  print "respondent_id,wave,segment,city,os,weight,stratum,psu,fpc,moments.share,moments.read,groups.share,articles.read,wallet.use,use.minutes,use.friends"
  split("Guangzhou,广州,Canton,北京,Shanghai, Shenzhen ", city, ","); split("iOS,Android,鸿蒙,\"it'"'"'s, \\ \"\"else\"\"\",", os, ",")
  split("iOS|Android|鸿蒙|\"it'"'"'s, \\ \"\"else\"\"\"|", os, "|")
  split("1 0  -3 yes 否 (跳过) 1 1 0", answer, " "); answer[11] = ""
  for (n = 0; n < rows; n++) {
    stratum = int(rand() * 40); weight = rand() < 0.02 ? 0 : exp(24 * rand() - 12) * (1 + rand())
    printf "p%07d,%d,%s,%s,%s,%.17g,s%d,c%d,%d", n, 2014 + n % 2, rand() < 0.4 ? "expat" : "Chinese", city[1 + int(rand() * 6)], os[1 + int(rand() * 5)], weight, stratum, int(rand() * 50), 60 + stratum
    for (i = 0; i < 5; i++) printf ",%s", answer[1 + int(rand() * 11)]
    printf ",%s,%s\n", rand() < 0.1 ? "" : rand() < 0.1 ? -3 : int(rand() * 300) / 4, 1 + int(rand() * 5)
  }
}' </dev/null >"$work/made.csv"
cmp -s "$work/made.csv" "$work/data/made.csv" || { rm -rf "$work/data/tenfold.parquet" && cp "$work/made.csv" "$work/data/"; }
cat >"$work/wxstats.toml" <<'TOML'
[dataset.made.items]
"use.minutes" = { number = true }
"use.friends" = { scale = [1, 5], top = 2 }
[dataset.tenfold.items]
"use.minutes" = { number = true }
"use.friends" = { scale = [1, 5], top = 2 }
[dataset.made.sets]
share_where = ["moments.share", "groups.share"]
[dataset.made.derive]
long = { of = "use.minutes", bands = [0.5, 30.0] }
coast = { of = "region", levels = { "East China" = "coast", "*" = "inland" } }
[dataset.made.nets]
"share.any" = ["moments.share", "groups.share"]
TOML
cat >"$work/parquet.py" <<'PYTHON'
import sys
from pyspark.sql import SparkSession, functions as F
spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.log.level", "ERROR")
         .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate())
for name, files, doubles, wholes in [("synthetic-survey", 3, ["weight"], "."), ("synthetic-usage", 2, [], "count"), ("made", 16, ["weight", "fpc", "use.minutes"], "no")]:
    rows = spark.read.option("header", True).option("escape", '"').csv(f"{sys.argv[1]}/{name}.csv")
    def typed(column):
        kind = "double" if column in doubles else "int" if wholes in column else "string"
        return F.col(f"`{column}`").cast(kind).alias(column)
    rows.select([typed(column) for column in rows.columns]).repartition(files).write.mode("overwrite").parquet(f"{sys.argv[1]}/{name}.parquet")
# Ten times the people, to see what one more costs.
made = spark.read.parquet(f"{sys.argv[1]}/made.parquet").crossJoin(spark.range(10).withColumnRenamed("id", "copy"))
made = made.withColumn("respondent_id", F.concat("respondent_id", F.lit("-"), F.col("copy"))).drop("copy", "fpc")
made.write.mode("overwrite").parquet(f"{sys.argv[1]}/tenfold.parquet")
PYTHON
test -e "$work/data/tenfold.parquet/_SUCCESS" || "$work/venv/bin/python" "$work/parquet.py" "$work/data" >"$work/parquet.log" 2>&1
say "made.csv: $(($(wc -l <"$work/data/made.csv") - 1)) rows, $(stat -c %s "$work/data/made.csv") bytes; as Parquet $(du -sb "$work/data/made.parquet" | cut -f1) bytes in $(find "$work/data/made.parquet" -type f -name '*.parquet' | wc -l) files"

master() {
  SPARK_DAEMON_MEMORY=256m start "$work/master.log" "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 7471 --webui-port 18471
}
worker() {
  SPARK_DAEMON_MEMORY=256m SPARK_LOCAL_IP=127.0.0.$1 SPARK_LOCAL_HOSTNAME=127.0.0.$1 start "$work/worker$1.log" \
    "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.worker.Worker --host "127.0.0.$1" --cores 1 --memory 1g \
    --webui-port "1848$1" --work-dir "$work/w$1" spark://127.0.0.1:7471
}
server() {
  start "$work/server.log" "$SPARK_HOME/bin/spark-submit" --class org.apache.spark.sql.connect.service.SparkConnectServer \
    --master spark://127.0.0.1:7471 --driver-memory 1g --conf spark.executor.memory=768m --conf spark.executor.cores=1 \
    --conf spark.cores.max=2 --conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 \
    --conf spark.connect.grpc.binding.address=127.0.0.1 --conf spark.connect.grpc.binding.port=$port \
    --conf spark.connect.authenticate.token=$SPARK_CONNECT_AUTHENTICATE_TOKEN --conf spark.ui.enabled=false \
    --conf spark.sql.catalogImplementation=in-memory --conf spark.sql.shuffle.partitions=4 \
    --conf spark.sql.files.maxPartitionBytes=512k --conf spark.sql.files.openCostInBytes=0 \
    --conf spark.connect.execute.reattachable.senderMaxStreamDuration=2s spark-internal
}
rm -rf "$work"/*.log "$work"/w2 "$work"/w3
if [ "$engine" = sail ]; then
  start "$work/server.log" "$work/venv/bin/sail" spark server --ip 127.0.0.1 --port $port
  sleep 3
else
  master
  await 60 "$work/master.log" 'I have been elected leader'
  worker 2
  first=${started[-1]}
  worker 3
  server
  serving=${started[-1]}
  await 120 "$work/server.log" 'Spark Connect server started'
  await 60 "$work/master.log" 'Registering worker' 2
fi

step 'the same figures'
# What a table says, but for the bytes of the file that it is of, which nobody here sees.
figures() {
  sed 's/\.parquet/.csv/g' | python3 -c 'import json, sys; table = json.load(sys.stdin); [source.pop("blake3") for source in table["source"]]; json.dump(table, sys.stdout, ensure_ascii=False, indent=1)'
}
same=0
# same NAME ARGUMENTS…: here and there, from Parquet as JSON and from CSV as CSV.
same() {
  local name=$1
  shift
  wxstats table --input "$work/data/$name.csv" --format json "$@" | figures >"$work/here.json"
  wxstats table --engine "$address" --input "$work/data/$name.parquet" --format json "$@" | figures >"$work/there.json"
  cmp "$work/here.json" "$work/there.json" || fail "$name $*: another JSON"
  wxstats table --input "$work/data/$name.csv" --format csv "$@" >"$work/here.csv"
  wxstats table --engine "$address" --input "$work/data/$name.csv" --format csv "$@" >"$work/there.csv"
  cmp "$work/here.csv" "$work/there.csv" || fail "$name $*: another CSV"
  same=$((same + 1))
  say "same bytes: $name $*: $(wc -l <"$work/here.csv") lines"
}
same synthetic-survey --by 'city*segment,os,tier' --compare segment --test
same synthetic-survey --by 'segment*wave' --items moments.share,moments.share/moments.read --where 'age_group = 25-34 and articles.read = yes'
same made --wave 2015 --by 'city*segment' --compare segment
same made --by 'coast*wave' --items 'share.any,moments.share,mean(use.minutes),median(use.minutes),use.friends,moments.read-moments.share' --compare wave
same made --wave 2014 --by long --items share_where --base mentions --where 'use.minutes > 10 or share.any = yes'
events='moments.share,moments.share/moments.read,moments.read_events,moments.share_events/moments.read_events'
same synthetic-usage --by 'city*segment' --items "$events"
same synthetic-usage --by segment --items "$events" --period week --since 2026-03-10 --wave 2026-W14 --compare segment
test "$engine" = spark || { say "passed on Sail: $same tables the same"; exit; }

step 'reports and claims'
wxstats report --input data/sample/synthetic-survey.csv --city Guangzhou --out "$work/here" --chart-format svg >"$work/here.txt"
wxstats report --engine "$address" --input "$work/data/synthetic-survey.parquet" --city Guangzhou --out "$work/there" --chart-format svg >"$work/there.txt"
different=$(diff -rq "$work/here" "$work/there" | sed "s|$work/||g" || true)
test -z "$(grep -v 'manifest.json\|index.html\|report.md\|report.xlsx\|data.json' <<<"$different")" || fail "reports differ: $different"
cmp "$work/here/guangzhou/data.csv" "$work/there/guangzhou/data.csv"
say "same bytes: $(find "$work/there" -name '*.svg' | wc -l) charts and data.csv of a report"
wxstats claims data/facts/claims.toml --input data/sample/synthetic-survey.csv --format csv >"$work/here.csv" || true
wxstats claims data/facts/claims.toml --engine "$address" --input "$work/data/synthetic-survey.parquet" --format csv >"$work/there.csv" || true
cmp "$work/here.csv" "$work/there.csv"
say "same bytes: $(wc -l <"$work/here.csv") lines of claims"

step 'what cannot be'
# refused CODE PATTERN ARGUMENTS…
refused() {
  local expected=$1 pattern=$2 code=0
  shift 2
  wxstats table "$@" >/dev/null 2>"$work/refused.txt" || code=$?
  test "$code" = "$expected" || fail "exit code $code, not $expected: $(cat "$work/refused.txt")"
  grep -qE "$pattern" "$work/refused.txt" || fail "not said: $pattern: $(cat "$work/refused.txt")"
  say "refused with $code: $(grep -m1 -E "$pattern" "$work/refused.txt" | sed "s|$work/||g")"
}
before=$SECONDS
refused 5 'nobody answers' --engine sc://127.0.0.1:9/ --input "$work/data/made.parquet"
test $((SECONDS - before)) -le 5 || fail 'a closed port took longer than 5 s'
SPARK_CONNECT_AUTHENTICATE_TOKEN=another refused 2 'does not accept the token' --engine "$address" --input "$work/data/made.parquet"
refused 5 'does not see this path' --engine "$address" --input "$work/data/missing.parquet"
sed '1s/segment/segmnt/' data/sample/synthetic-survey.csv >"$work/data/misspelt.csv"
refused 1 'there is no column segment' --engine "$address" --input "$work/data/misspelt.csv"
sed '2s/expat/,expat/; 5s/$/,1/' data/sample/synthetic-survey.csv >"$work/data/ragged.csv"
refused 5 'cannot read a file' --engine "$address" --input "$work/data/ragged.csv"
awk -F, -v OFS=, 'NR == 5 { $1 = "synthetic-00001"; $2 = 2014 } NR == 9 { $8 = "-1" } NR == 11 { $4 = "Atlantis" } NR == 13 { $10 = "perhaps" } 1' data/sample/synthetic-survey.csv >"$work/data/wrong.csv"
refused 1 'weight' --engine "$address" --input "$work/data/wrong.csv"
sed "s|$work/||g; s/^/  /" "$work/refused.txt" | tee -a "$said"

big=(--by 'city*segment*os' --items 'moments.share,moments.read,groups.share,articles.read,wallet.use,use.minutes' --wave 2015 --format csv --input)
wxstats table "${big[@]}" "$work/data/made.csv" >"$work/here.csv"

step 'a worker is killed in mid-query'
before=$(grep -c 'Finished task' "$work/server.log")
wxstats table --engine "$address" "${big[@]}" "$work/data/made.csv" >"$work/there.csv" 2>"$work/killed.txt" &
query=$!
await 120 "$work/server.log" 'Finished task' $((before + 3))
end "$first"
say "killed worker 2 after $(($(grep -c 'Finished task' "$work/server.log") - before)) tasks of the query"
kill -0 $query || fail 'the kill came too late'
wait $query || fail "the query failed: $(cat "$work/killed.txt")"
await 60 "$work/server.log" 'Lost executor'
say "$(grep -m1 -o 'Lost executor [0-9]* on [0-9.]*' "$work/server.log")"
cmp "$work/here.csv" "$work/there.csv"
say 'same bytes after the kill'
worker 2
await 60 "$work/master.log" 'Registering worker' 3

step 'cancelled by Ctrl-C, and overdue'
# A group of its own, so that only the program hears of it.
before=$(grep -c 'Finished task' "$work/server.log")
code=0
setsid "$WXSTATS" --codebook "$work/wxstats.toml" table --engine "$address" "${big[@]}" "$work/data/made.csv" >/dev/null 2>"$work/cancelled.txt" &
query=$!
await 120 "$work/server.log" 'Finished task' $((before + 2))
kill -INT $query
wait $query || code=$?
test "$code" = 130 || fail "exit code $code: $(cat "$work/cancelled.txt")"
grep -q 'cancelled; the server stopped' "$work/cancelled.txt" || fail "$(cat "$work/cancelled.txt")"
await 30 "$work/server.log" 'TaskKilled'
say "$(cat "$work/cancelled.txt"), exit code 130, and the server's log says $(grep -c TaskKilled "$work/server.log") times TaskKilled"
refused 5 'no answer within 3 seconds' --engine "$address" --deadline 3 "${big[@]}" "$work/data/made.csv"

step 'the server is killed in mid-query, and comes back'
before=$(grep -c 'Finished task' "$work/server.log")
wxstats table --engine "$address" "${big[@]}" "$work/data/made.csv" >"$work/there.csv" 2>"$work/lost.txt" &
query=$!
await 120 "$work/server.log" 'Finished task' $((before + 2))
end "$serving"
sleep 2
server
wait $query || fail "the query failed: $(cat "$work/lost.txt")"
cmp "$work/here.csv" "$work/there.csv"
say 'same bytes after the loss of the server'

step 'how long it takes'
# took WHAT ARGUMENTS…
took() {
  local what=$1 before
  shift
  before=$(date +%s%N)
  wxstats table "$@" >/dev/null
  say "$what: $((($(date +%s%N) - before) / 1000000)) ms"
}
plain=(--by 'segment' --items 'moments.share,moments.read,groups.share,articles.read,wallet.use' --wave 2015 --format csv --input)
took '80,000 as Parquet on the cluster' --engine "$address" "${plain[@]}" "$work/data/made.parquet"
took '800,000 as Parquet on the cluster' --engine "$address" "${plain[@]}" "$work/data/tenfold.parquet"
took '80,000 as CSV on the cluster' --engine "$address" "${plain[@]}" "$work/data/made.csv"

step 'all is shut down'
for group in "${started[@]}"; do end "$group"; done
sleep 2
for group in "${started[@]}"; do pgrep -g "$group" >/dev/null && fail "group $group is left"; done
started=()
say "passed: $same tables, a report and claims the same; a worker and the server killed, a query cancelled, another overdue"
