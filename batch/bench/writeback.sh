#!/usr/bin/env bash
# How far `writeback` is behind an application that edits the tables: with `run.changes: triggers` and a run each second, 200 edits
# a second over 20 saves of 1 MB, and over 10,000 of 1 KB. At the end a write-back
# that looks at all saves (`changes: scan`) has to write none, or one was missed, and a verification has to find nothing.
#
#   writeback.sh SERVER USER PASSWORD [SECONDS [EDITS_A_SECOND]]     SERVER like 127.0.0.1:3306; makes the schemas writeback_source
#                                                                    and writeback_target, and drops them
#
# PICKLIFT (default: the built jar), LOAD (default: the built bench jar's class path) and PYTHON (python3.11, which makes the saves)
# name what is run. LARGE and SMALL say how many saves there are of each kind; 0 leaves one out.
set -euo pipefail
cd "$(dirname "$0")"
server=$1 seconds=${4:-60} rate=${5:-200}
export OLTP_USER=$2 OLTP_PASSWORD=$3
here=$PWD
PICKLIFT=${PICKLIFT:-java -Xmx1g -jar $here/../app/target/picklift.jar}
LOAD=${LOAD:-java -cp $here/target/picklift-bench.jar}
PYTHON=${PYTHON:-python3.11}
work=$(mktemp -d) pid=
sql() { $LOAD io.picklift.bench.OltpLoad sql "jdbc:mysql://$server/?$options" "$@"; }
end() { [ -z "$pid" ] || { kill "$pid" 2>/dev/null && wait "$pid"; } || true; pid=; }
trap 'end; sql "DROP DATABASE IF EXISTS writeback_source" "DROP DATABASE IF EXISTS writeback_target" || true; rm -rf "$work"' EXIT
options="allowPublicKeyRetrieval=true&sslMode=DISABLED"
url() { echo "jdbc:mysql://$server/writeback_$1?$options"; }

round() { # NAME FOLDER ROWS MAPPING UPDATE
  sql "DROP DATABASE IF EXISTS writeback_source" "CREATE DATABASE writeback_source" \
    "DROP DATABASE IF EXISTS writeback_target" "CREATE DATABASE writeback_target"
  $LOAD io.picklift.bench.OltpLoad fill "$(url source)" "$2" "$3"
  cat >"$work/picklift.yaml" <<CONFIG
source: {url: "$(url source)", username: "\${OLTP_USER}", password: "\${OLTP_PASSWORD}", table: saves, key: id, blob: data}
target: {url: "$(url target)", username: "\${OLTP_USER}", password: "\${OLTP_PASSWORD}"}
mapping: $4
run: {changes: triggers}
CONFIG
  # Status 1: values that do not fit their column are said.
  $PICKLIFT cutover --all --quiet --config "$work/picklift.yaml" >"$work/log" 2>&1 || [ $? -eq 1 ] || { tail -5 "$work/log"; return 1; }
  $PICKLIFT writeback --quiet --config "$work/picklift.yaml" >"$work/log" 2>&1 || { tail -5 "$work/log"; return 1; }
  $PICKLIFT writeback --quiet --cron '* * * * * *' --config "$work/picklift.yaml" >"$work/writeback.log" 2>&1 & pid=$!
  # Until it stays, and its Java machine is warm; the load ends when all is written back.
  $LOAD io.picklift.bench.WritebackLoad "$(url target)" 5 "$rate" "$5" >/dev/null
  echo "$1: $($LOAD io.picklift.bench.WritebackLoad "$(url target)" "$seconds" "$rate" "$5") (load $(cut -d' ' -f1 /proc/loadavg))"
  end
  # A save that no entry told of is found by a look at all of them.
  sed -i 's/changes: triggers/changes: scan/' "$work/picklift.yaml"
  $PICKLIFT writeback --quiet --config "$work/picklift.yaml" >"$work/log" 2>&1 || { tail -5 "$work/log"; return 1; }
  grep -Eq '^ +0  saves written into the source$' "$work/log" || { echo "missed until all saves were looked at:"; cat "$work/log"; return 1; }
  $PICKLIFT verify --quiet --report "$work/report" --config "$work/picklift.yaml" >"$work/log" 2>&1 || { tail -20 "$work/log"; return 1; }
}

if [ "${LARGE:-20}" != 0 ]; then
  mkdir "$work/large"
  "$PYTHON" ../../samples/baolife/generate.py saves --count "${LARGE:-20}" --size 1 --protocol 4 --seed 1 --out "$work/large" >/dev/null
  round "${LARGE:-20} saves of 1 MB" "$work/large" "${LARGE:-20}" "$here/../../samples/baolife/mapping.yaml" \
    "UPDATE player SET play_time = COALESCE(play_time, 0) + 1 WHERE save_id = ?"
fi
if [ "${SMALL:-10000}" != 0 ]; then
  mkdir "$work/small"
  "$PYTHON" - "$work/small" <<'PYTHON'
import pickle, random, sys
chance = random.Random(5)
words = "alpha bravo charlie delta echo foxtrot golf hotel".split()
for i in range(100):
    save = {"user": i, "score": chance.randrange(10 ** 6), "name": chance.choice(words) + str(i),
            "cart": [{"sku": "S%05d" % chance.randrange(10 ** 5), "qty": chance.randrange(1, 9)} for _ in range(6)],
            "note": " ".join(chance.choice(words) for _ in range(120))}
    with open("%s/save-%03d.pkl" % (sys.argv[1], i), "wb") as out:
        pickle.dump(save, out, 4)
PYTHON
  cat >"$work/small.yaml" <<'MAPPING'
version: 1
tables:
  save:
    root: true
    columns: {user: INT, score: INT, name: VARCHAR(16), note: VARCHAR(1000)}
  save_cart:
    each: save.cart
    columns: {sku: VARCHAR(16), qty: INT}
MAPPING
  round "${SMALL:-10000} saves of 1 KB" "$work/small" "${SMALL:-10000}" "$work/small.yaml" \
    "UPDATE save SET score = score + 1 WHERE save_id = ?"
fi
