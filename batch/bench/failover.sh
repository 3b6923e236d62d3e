#!/usr/bin/env bash
# A follower of two MySQL servers with GTIDs, each the other's replica by turns: it follows the replica, is there when that one becomes
# the source, is started anew on the other one, and on one that lacks what was followed. Ends with status 1 at the first surprise.
#
#   batch/bench/failover.sh [--mysql DIR] [--port P]
#
# --mysql: where .ci/mysql-server.sh installed one (.picklift/mysql, else it is installed); --port: of the first of three servers that are
# started, and stopped at the end (13430). Needs the built batch/app; PICKLIFT is another command line to try.
set -euo pipefail
cd "$(dirname "$0")/../.."
mysql=.picklift/mysql port=13430
while [ $# -gt 1 ]; do
  case $1 in --mysql) mysql=$2 ;; --port) port=$2 ;; *) sed -n '2,8p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2 ;; esac
  shift 2
done
read -ra picklift <<<"${PICKLIFT:-java -jar $PWD/batch/app/target/picklift.jar}"
.ci/mysql-server.sh install "$mysql" >/dev/null
work=$PWD/.picklift/failover follower=
rm -rf "$work" && mkdir -p "$work"
declare -A at=([a]=$port [b]=$((port + 1)) [t]=$((port + 2)))

fail() { echo "failover: $*; $work/*.log" >&2; exit 1; }
end() {
  [ -z "$follower" ] || kill -9 "$follower" 2>/dev/null || true
  for each in a b t; do .ci/mysql-server.sh stop "$work/$each" >/dev/null 2>&1 || true; done
}
trap end EXIT

start() {
  MYSQL_OPTS="--log-bin --server-id=${at[$1]} --sync-binlog=1 --innodb-flush-log-at-trx-commit=1 --gtid-mode=ON
    --enforce-gtid-consistency=ON --innodb-buffer-pool-size=64M" .ci/mysql-server.sh start "$work/$1" "${at[$1]}" >/dev/null
}
sql() { .ci/mysql-server.sh client "$work/$1" -N -e "$2"; }
die() { kill -9 "$(cat "$work/$1/run/mysqld.pid")"; sleep 1; }
replicate() {  # $1 replicates $2, and has all that it has
  sql "$1" "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = ${at[$2]}, SOURCE_USER = 'repl', SOURCE_PASSWORD = 'repl',
    SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1; START REPLICA" 2>/dev/null
  synced "$1" "$2"
}
synced() {
  [ "$(sql "$1" "SELECT WAIT_FOR_EXECUTED_GTID_SET('$(sql "$2" 'SELECT @@GLOBAL.gtid_executed' | tr -d '\\n')', 20)")" = 0 ] ||
    fail "$1 does not replicate $2"
}
promote() { sql "$1" "STOP REPLICA; RESET REPLICA ALL"; }
put() {  # $1: the server; the rest: keys
  local key
  for key in "${@:2}"; do
    sql "$1" "REPLACE INTO game.saves VALUES ('$key', 0x$(od -An -tx1 -v "$game/save0$((RANDOM % 10)).pkl" | tr -d ' \n'))"
  done
}
configure() {
  cat >"$work/picklift.yaml" <<YAML
source: {url: "jdbc:mysql://127.0.0.1:${at[$1]}/game", username: test, password: test, table: saves, key: id, blob: data}
target: {url: "jdbc:mysql://127.0.0.1:${at[t]}/game_v2", username: test, password: test}
mapping: $game/mapping.yaml
run: {max_deleted: 100%}
YAML
}
run() { "${picklift[@]}" "$@" --progress none --config "$work/picklift.yaml"; }
follow() {  # $1: the server, $2: the log
  configure "$1"
  "${picklift[@]}" migrate --follow --settle 200ms --compare never --progress none --config "$work/picklift.yaml" >"$work/$2.log" 2>&1 &
  follower=$!
  for ((i = 0; i < 300; i++)); do
    grep -q "following saves from" "$work/$2.log" && return
    kill -0 "$follower" 2>/dev/null || fail "$2: the follower ended"
    sleep 0.2
  done
  fail "$2: it does not follow"
}
equal() {  # $1: the log
  run backfill --until-caught-up >"$work/$1-until.log" 2>&1 || fail "$1: not caught up"
  grep -q "waiting until the follower has" "$work/$1-until.log" || fail "$1: the follower is gone"
  run verify >"$work/$1-verify.log" 2>&1 || fail "$1: the target differs"
}
leave() { kill "$follower"; wait "$follower" || fail "$1: it ended with status $?"; follower=; }

game=$PWD/batch/app/src/test/resources/game
for each in a b t; do
  mkdir -p "$work/$each" && ln -sfn "$(cd "$mysql" && pwd -P)/root" "$work/$each/root" && cp "$mysql/installed" "$work/$each/"
  start "$each"
done
sql b "RESET BINARY LOGS AND GTIDS"
sql t "CREATE DATABASE game_v2"
sql a "CREATE USER repl@'127.0.0.1' IDENTIFIED BY 'repl'; GRANT REPLICATION SLAVE ON *.* TO repl@'127.0.0.1';
  CREATE DATABASE game; CREATE TABLE game.saves (id VARCHAR(40) PRIMARY KEY, data LONGBLOB)"
put a p1 p2 p3 p4 p5
replicate b a

follow b replica
put a p2 n1
sql a "DELETE FROM game.saves WHERE id = 'p3'"
synced b a
equal replica
put a k1 k2
synced b a
die a
promote b
put b m1 p1
sql b "DELETE FROM game.saves WHERE id = 'k1'"
equal replica
! grep -q compared "$work/replica.log" || fail "replica: a comparing pass"
leave replica
echo "a replica is followed, and after it became the source"

start a
replicate a b
put b w1 w2
synced a b
die b
promote a
put a w1 w3
follow a other
grep -q "which has all transactions that the ledger saw" "$work/other.log" || fail "other: it does not say that the server is another one"
equal other
! grep -q compared "$work/other.log" || fail "other: a comparing pass"
leave other
echo "the other server goes on where the first one was, without comparing"

start b
replicate b a
promote b
follow a before
put a lost1 w2
equal before
leave before
die a
put b last1
follow b lacks
grep -q "compared: the server lacks transactions that were followed" "$work/lacks.log" || fail "lacks: it does not compare"
equal lacks
leave lacks
echo "on a server that lacks what was followed, source and target are compared"
