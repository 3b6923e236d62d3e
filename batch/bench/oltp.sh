#!/usr/bin/env bash
# How much an application on the same server notices of a migration: how long its statements take beside `migrate --max-rate`, and
# beside `migrate` as fast as it goes; and while that process is stopped, in turns of two seconds.
#
#   oltp.sh SERVER USER PASSWORD [MAX_RATE [ROWS]]     SERVER like 127.0.0.1:3306; makes the schemas oltp_source and oltp_target and drops them
#
# SECONDS_EACH (20): how long each; WARM_SECONDS (20): how long migrate has been at work by then; 5 and 5 without a rate, where it is soon done. CORE (0): the core of migrate and of the
# load, whose threads come first where that is allowed; the server is to have another one (taskset -acp 1 PID).
# PICKLIFT (default: the built jar) and OLTP (default: the built bench jar) name the command lines to run.
set -euo pipefail
cd "$(dirname "$0")"
server=$1 export_user=$2 export_password=$3 rate=${4:-1MB} rows=${5:-8000}
export OLTP_USER=$export_user OLTP_PASSWORD=$export_password
here=$PWD
PICKLIFT=${PICKLIFT:-java -Xmx512m -jar $here/../app/target/picklift.jar}
OLTP=${OLTP:-java -cp $here/target/picklift-bench.jar io.picklift.bench.OltpLoad}
work=$(mktemp -d); trap 'sql "DROP DATABASE IF EXISTS oltp_source" "DROP DATABASE IF EXISTS oltp_target" || true; rm -rf "$work"' EXIT
options="allowPublicKeyRetrieval=true&sslMode=DISABLED"
sql() { $OLTP sql "jdbc:mysql://$server/?$options" "$@"; }
core() { if command -v taskset >/dev/null; then exec taskset -c "${CORE:-0}" "$@"; else exec "$@"; fi; }
first() { if chrt -f 20 true 2>/dev/null; then core chrt -f 20 "$@"; else core "$@"; fi; }
fresh() { sql "DROP DATABASE IF EXISTS oltp_target" "CREATE DATABASE oltp_target"; }

mkdir "$work/saves"; tar -xzf ../../samples/baolife/src/main/resources/baolife/saves.tar.gz -C "$work/saves"
sql "DROP DATABASE IF EXISTS oltp_source" "CREATE DATABASE oltp_source"
fresh
$OLTP fill "jdbc:mysql://$server/oltp_source?$options" "$work/saves/blobs" "$rows"
cat >"$work/picklift.yaml" <<CONFIG
source: {url: "jdbc:mysql://$server/oltp_source?$options", username: "\${OLTP_USER}", password: "\${OLTP_PASSWORD}", table: saves, key: id, blob: data}
target: {url: "jdbc:mysql://$server/oltp_target?$options", username: "\${OLTP_USER}", password: "\${OLTP_PASSWORD}"}
mapping: mapping.yaml
CONFIG
cd "$work"
$PICKLIFT profile --config picklift.yaml --sample 200 --out . --quiet >profile.log 2>&1 || [ $? -eq 1 ]   # some of the sample are no pickles
beside() { # SECONDS WARM OPTIONS
  local seconds=$1 warm=$2; shift 2
  fresh
  (core $PICKLIFT migrate --config picklift.yaml --quiet --partitions 2 "$@") >migrate.log 2>&1 & pid=$!
  sleep "$warm"
  (first $OLTP run "jdbc:mysql://$server/oltp_source?$options" "$seconds" "$pid")
  kill "$pid" 2>/dev/null || true; wait "$pid" || true
}
echo "migrate --max-rate $rate:"; beside "${SECONDS_EACH:-20}" "${WARM_SECONDS:-20}" --max-rate "$rate"
echo "migrate:"; beside 5 5
