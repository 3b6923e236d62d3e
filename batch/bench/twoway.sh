#!/usr/bin/env bash
# The way to the tables and back with SIGKILL at seeded moments of cutover, writeback, evolve and finish, in turn: the same command
# goes on, and in the end rows, BLOBs and archive are those of an undisturbed run. Status 1: there is a difference, which is shown. An even seed
# has writeback find what changed by triggers.
#
#   batch/bench/twoway.sh --seed S --kills N [--on mysql|mariadb] [--mysql DIR] [--port P]
#
# --kills: in all, a quarter of them in each command (6); --on: the embedded MariaDB, or a MySQL: --mysql is where
# .ci/mysql-server.sh installed one (.picklift/mysql, else it is installed), --port that of the server that is started (13396).
set -euo pipefail
cd "$(dirname "$0")/../.."
seed=1 kills=6 on=mysql mysql=.picklift/mysql port=13396
while [ $# -gt 1 ]; do
  case $1 in
    --seed) seed=$2 ;; --kills) kills=$2 ;; --on) on=$2 ;; --mysql) mysql=$2 ;; --port) port=$2 ;;
    *) sed -n '2,9p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2 ;;
  esac
  shift 2
done
mkdir -p .picklift
log=$PWD/.picklift/twoway-$on.log
rm -f "$log"
properties="-Dpicklift.twoway.seed=$seed -Dpicklift.twoway.kills=$kills -Dpicklift.twoway.log=$log"
if [ "$on" = mysql ]; then
  .ci/mysql-server.sh install "$mysql" >/dev/null
  own=$PWD/.picklift/twoway-mysql
  mkdir -p "$own" && ln -sfn "$(cd "$mysql" && pwd -P)/root" "$own/root" && cp "$mysql/installed" "$own/"
  trap '.ci/mysql-server.sh stop "$own" >/dev/null 2>&1 || true' EXIT
  MYSQL_OPTS=--local-infile=ON .ci/mysql-server.sh start "$own" "$port"
  properties="$properties -Dpicklift.test.url=jdbc:mysql://127.0.0.1:$port/ -Dpicklift.test.username=test -Dpicklift.test.password=test"
fi
status=0
# shellcheck disable=SC2086
mvn -B -ntp -q -pl batch/app -am test -Dtest=KilledTwoWayTest -Dsurefire.failIfNoSpecifiedTests=false $properties || status=1
[ -f "$log" ] && tail -100 "$log"
exit $status
