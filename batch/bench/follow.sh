#!/usr/bin/env bash
# A follower beside an application that writes in all ways, killed again and again, its server too; then compared with a fresh
# migrate. Ends with status 1 where the target is another one, and prints what the follower said and how long it took to catch up.
#
#   batch/bench/follow.sh [--minutes M] [--seed S] [--kills N] [--server-kills N] [--keys N] [--rate N] [--within S]
#                         [--on mysql|mariadb] [--mysql DIR] [--port P]
#
# --rate: changes a second (500); --within: seconds to catch up after the last one (2); --on: the embedded MariaDB, or a
# MySQL: --mysql is where .ci/mysql-server.sh installed one (.picklift/mysql, else it is installed), --port that of the
# server that is started (13398).
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=10 seed=7 kills=10 server=2 keys=5000 rate=500 within=2 on=mysql mysql=.picklift/mysql port=13398
while [ $# -gt 1 ]; do
  case $1 in
    --minutes) minutes=$2 ;; --seed) seed=$2 ;; --kills) kills=$2 ;; --server-kills) server=$2 ;; --keys) keys=$2 ;;
    --rate) rate=$2 ;; --within) within=$2 ;; --on) on=$2 ;; --mysql) mysql=$2 ;; --port) port=$2 ;;
    *) sed -n '2,11p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2 ;;
  esac
  shift 2
done
mkdir -p .picklift
log=$PWD/.picklift/follow-$on.log
rm -f "$log"
properties="-Dpicklift.follow.seconds=$((minutes * 60)) -Dpicklift.follow.seed=$seed -Dpicklift.follow.kills=$kills"
properties="$properties -Dpicklift.follow.serverKills=$server -Dpicklift.follow.keys=$keys -Dpicklift.follow.rate=$rate"
properties="$properties -Dpicklift.follow.within=$within -Dpicklift.follow.log=$log"
if [ "$on" = mysql ]; then
  .ci/mysql-server.sh install "$mysql" >/dev/null
  own=$PWD/.picklift/follow-mysql
  mkdir -p "$own" && ln -sfn "$(cd "$mysql" && pwd -P)/root" "$own/root" && cp "$mysql/installed" "$own/"
  trap '.ci/mysql-server.sh stop "$own" >/dev/null 2>&1 || true' EXIT
  MYSQL_OPTS='--log-bin --server-id=1 --sync-binlog=1 --innodb-flush-log-at-trx-commit=1' .ci/mysql-server.sh start "$own" "$port"
  properties="$properties -Dpicklift.test.url=jdbc:mysql://127.0.0.1:$port/ -Dpicklift.follow.server=$own"
fi
status=0
# shellcheck disable=SC2086
mvn -B -ntp -q -pl batch/app -am test -Dtest=SeededWriterTest,KilledServerTest -Dsurefire.failIfNoSpecifiedTests=false $properties || status=1
[ -f "$log" ] && tail -12 "$log"
exit $status
