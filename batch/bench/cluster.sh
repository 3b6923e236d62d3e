#!/usr/bin/env bash
# A coordinator and three workers as processes under faults that a seed picks, compared with what one process makes: see README.md.
#
#   batch/bench/cluster.sh --seed S --runs N  [--fast yes] [--port P] [--mysql DIR] [--given PORT]
#   batch/bench/cluster.sh --bench yes --runs ROWS  [--workers N] [--range-rows N] [...]    how much faster 2 and 4 workers are than one, or N alone
#
# --fast yes: sources of 80 to 200 rows, for many runs.
# --port: of the MySQL that it starts and kills (13397); --mysql: where .ci/mysql-server.sh installed one (.picklift/mysql, else
# it is installed); --given: the port of a server at 127.0.0.1 with the account test/test to use in its place, which is not killed.
# Needs the built batch/app and batch/bench; everything is made under .picklift/chaos. Status 1: a run failed; its folder stays.
set -euo pipefail
cd "$(dirname "$0")/../.."
mysql=.picklift/mysql given= main=Cluster
for ((i = 1; i < $#; i++)); do
  j=$((i + 1))
  case ${!i} in --mysql) mysql=${!j} ;; --given) given=1 ;; --bench) main=ClusterBench ;; esac
done
[ -e batch/app/target/picklift.jar ] && [ -d batch/bench/target/classes ] || {
  echo "cluster: build first: mvn -q -pl batch/app,batch/bench -am -DskipTests package" >&2
  exit 2
}
[ -n "$given" ] || .ci/mysql-server.sh install "$mysql" >/dev/null
exec java -Xmx256m -XX:+UseSerialGC -cp "batch/bench/target/classes:batch/bench/target/lib/*" "io.picklift.bench.chaos.$main" "$@"
