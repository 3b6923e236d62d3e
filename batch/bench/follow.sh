#!/usr/bin/env bash
# A follower beside an application that writes in all ways, killed again and again, its server too; then compared with a fresh
# migrate. Ends with status 1 where the target is another one, and prints what the follower said and how long it took to catch up.
#
#   batch/bench/follow.sh [--minutes M] [--seed S] [--kills N] [--keys N] [--rate N] [--mysql DIR] [--port P]
#
# --rate: statements a second of each of three writers (170: about 500 changes a second in all); --mysql: where
# .ci/mysql-server.sh installed one (.picklift/mysql, else it is installed); --port: of the server that is started (13398).
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=10 seed=7 kills=10 keys=5000 rate=170 mysql=.picklift/mysql port=13398
while [ $# -gt 1 ]; do
  case $1 in
    --minutes) minutes=$2 ;; --seed) seed=$2 ;; --kills) kills=$2 ;; --keys) keys=$2 ;;
    --rate) rate=$2 ;; --mysql) mysql=$2 ;; --port) port=$2 ;;
    *) sed -n '2,9p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2 ;;
  esac
  shift 2
done
.ci/mysql-server.sh install "$mysql" >/dev/null
server=$PWD/.picklift/follow-mysql log=$PWD/.picklift/follow.log
mkdir -p "$server" && ln -sfn "$(cd "$mysql" && pwd -P)/root" "$server/root" && cp "$mysql/installed" "$server/"
trap '.ci/mysql-server.sh stop "$server" >/dev/null 2>&1 || true' EXIT
MYSQL_OPTS='--log-bin --server-id=1 --sync-binlog=1 --innodb-flush-log-at-trx-commit=1' .ci/mysql-server.sh start "$server" "$port"
properties="-Dpicklift.test.url=jdbc:mysql://127.0.0.1:$port/ -Dpicklift.follow.seconds=$((minutes * 60)) -Dpicklift.follow.seed=$seed"
properties="$properties -Dpicklift.follow.kills=$kills -Dpicklift.follow.keys=$keys -Dpicklift.follow.rate=$rate"
properties="$properties -Dpicklift.follow.server=$server -Dpicklift.follow.log=$log"
status=0
# shellcheck disable=SC2086
mvn -B -ntp -q -pl batch/app -am test -Dtest=SeededWriterTest,KilledServerTest -Dsurefire.failIfNoSpecifiedTests=false $properties || status=1
tail -12 "$log"
exit $status
