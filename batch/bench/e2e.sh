#!/usr/bin/env bash
# End to end: Picklift's jobs on a MySQL of their own, beside what else could be done with the same rows. Prints the tables of README.md.
#
#   batch/bench/e2e.sh [--saves N] [--small N] [--memory N] [--rounds N] [--no-build]
#
# --saves: of 1 MB (240); --small: of half a KB (100000); --memory: of 60 KB, within -Xmx512m (20000, and 1000 beside them); 0 leaves a
# part out. Everything is made under .picklift/e2e.
# A line is wall seconds, CPU seconds of the client, CPU seconds of the server, the client's largest resident size, exit status.
# The saves of 1 MB need a CPython 3.11 ($PYTHON311), the peers a Python 3 with PyMySQL ($PYTHON): without, they are skipped, IN CAPITALS.
set -uo pipefail
cd "$(dirname "$0")/../.."
project=$PWD saves=240 small=100000 memory=20000 rounds=1 build=1 port=${PICKLIFT_E2E_PORT:-13398}
while [ $# -gt 0 ]; do
  case $1 in
    --saves) saves=$2; shift 2 ;;
    --small) small=$2; shift 2 ;;
    --memory) memory=$2; shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    --no-build) build=0; shift ;;
    *) sed -n '2,11p' "$0" >&2; exit 2 ;;
  esac
done
work=$project/.picklift/e2e server=$project/.picklift/e2e/mysql
mkdir -p "$work"
[ $build = 0 ] || mvn -q -B -ntp -pl batch/app -am -DskipTests package || exit 1
picklift=$project/batch/app/target/picklift
jar=$project/batch/app/target/picklift.jar
peers=$project/batch/bench/src/main/python mappings=$project/batch/bench/src/main/e2e

python=
for p in ${PYTHON:-} $(type -ap python3) ~/.pyenv/versions/*/bin/python3; do
  if "$p" -c 'import sys, pymysql; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then python=$p; break; fi
done
python311=
for p in ${PYTHON311:-} $(type -ap python3.11) ~/.pyenv/versions/3.11*/bin/python3.11; do
  if "$p" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then python311=$p; break; fi
done

# No flush per commit and no log for replicas: what is compared is work, not a disk.
export MYSQL_OPTS="--innodb-buffer-pool-size=3G --innodb-redo-log-capacity=2G --local-infile=ON --secure-file-priv="
.ci/mysql-server.sh install "$server" >/dev/null && .ci/mysql-server.sh start "$server" "$port" >/dev/null || exit 1
trap '.ci/mysql-server.sh stop "$server" >/dev/null' EXIT
trap 'exit 130' INT TERM
sql() { .ci/mysql-server.sh client "$server" "$@"; }
server_pid=$(cat "$server/run/mysqld.pid")
ticks=$(getconf CLK_TCK)

family() { # PID: it and all that it started, of which one is Java where a script starts it
  local child
  echo "$1"
  for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do family "$child"; done
}

line() { # WHAT COMMAND ARGS...: runs it, and prints what it took
  local what=$1 before after status peak=0 now pid p times
  shift
  before=$(awk '{ print $14 + $15 }' "/proc/$server_pid/stat")
  TIMEFORMAT='%R %U %S'
  { time { "$@" >"$work/last.out" 2>"$work/last.err" & pid=$!
      while kill -0 $pid 2>/dev/null; do
        for p in $(family $pid); do
          now=$(awk '/VmHWM/ { print $2 }' "/proc/$p/status" 2>/dev/null)
          [ "${now:-0}" -le "$peak" ] || peak=$now
        done
        sleep 0.2
      done
      wait $pid; echo $? >"$work/last.status"; echo "$peak" >"$work/last.peak"; } ; } 2>"$work/last.time"
  after=$(awk '{ print $14 + $15 }' "/proc/$server_pid/stat")
  status=$(cat "$work/last.status")
  times=$(tail -1 "$work/last.time")
  printf '%-62s %s\n' "$what" "$(echo "$times $before $after $ticks $(cat "$work/last.peak") $status" |
    awk '{ printf "%8.2f s %8.2f s %8.2f s %6d MB  %s", $1, $2 + $3, ($5 - $4) / $6, $7 / 1024, $8 }')"
  [ "$status" -le 1 ] || { head -3 "$work/last.err" | cut -c1-200 >&2; }
}
head_() { printf '\n%-62s %10s %10s %10s %9s  %s\n' "$1" wall client server memory status; }

config() { # NAME SCHEMA KEY BLOB MAPPING
  cat >"$work/$1.yaml" <<YAML
source: {url: "jdbc:mysql://127.0.0.1:$port/$2?sslMode=DISABLED", username: test, password: test, table: saves, key: id, blob: $4}
target: {url: "jdbc:mysql://127.0.0.1:$port/$1?sslMode=DISABLED", username: test, password: test}
mapping: $5
YAML
  sql -e "DROP DATABASE IF EXISTS $1; CREATE DATABASE $1"
}

start_up() {
  head_ "start"
  "$picklift" --version >/dev/null 2>&1
  line "--version by java -jar" java -jar "$jar" --version
  line "--version by the launcher" "$picklift" --version
  first_job
}

# The first job of a new jar leaves its classes for the next start; all others are measured with them.
first_job() {
  [ -n "$python" ] && "$python" "$peers/e2e_small.py" "$port" make 10 || return
  config e2e_first sm id b "$mappings/small-mapping.yaml"
  line "migrate, 10 small saves, the first job of a new jar" "$picklift" migrate --config "$work/e2e_first.yaml"
  config e2e_first sm id b "$mappings/small-mapping.yaml"
  line "migrate, 10 small saves" "$picklift" migrate --config "$work/e2e_first.yaml"
}

# The commands over one table of saves, whose mapping and source are given.
commands() { # NAME SCHEMA BLOB MAPPING
  config "$1" "$2" id "$3" "$4"
  # Not just ahead of restore: ext4 is slow to make files where many were deleted less than half a minute ago.
  rm -rf "$work/restored"
  line "migrate --partitions 2" "$picklift" migrate --config "$work/$1.yaml" --partitions 2
  line "verify --partitions 2" "$picklift" verify --config "$work/$1.yaml" --report "$work/report" --partitions 2
  line "backfill, nothing changed" "$picklift" backfill --config "$work/$1.yaml"
  line "  SELECT id, SHA2($3, 256) by the client" sql "$2" -N -e "SELECT id, SHA2($3, 256) FROM saves"
  line "restore --out" "$picklift" restore --config "$work/$1.yaml" --out "$work/restored"
  sql "$2" -e "UPDATE saves SET $3 = (SELECT b FROM (SELECT $3 AS b FROM saves ORDER BY id DESC LIMIT 1) x) ORDER BY id LIMIT $(($5 / 100 + 1))"
  line "backfill, 1% changed" "$picklift" backfill --config "$work/$1.yaml"
  sed 's/\bTEXT\b/MEDIUMTEXT/' "$4" >"$work/$1-next.yaml"
  line "plan, texts of another type" "$picklift" plan --config "$work/$1.yaml" --mapping "$work/$1-next.yaml"
  line "evolve to it" "$picklift" evolve --config "$work/$1.yaml" --mapping "$work/$1-next.yaml"
  line "evolve --back" "$picklift" evolve --config "$work/$1.yaml" --back
  config "$1_insert" "$2" id "$3" "$4"
  sql -e "SET GLOBAL local_infile = OFF"
  line "migrate --partitions 2, without local_infile" "$picklift" migrate --config "$work/$1_insert.yaml" --partitions 2
  sql -e "SET GLOBAL local_infile = ON"
  line "  the tables are the same by both ways" same "$1" "$1_insert"
}

same() { # SCHEMA SCHEMA: whether their mapped tables have the same rows; save_ids, which depend on who came first, aside
  local table columns sums
  for table in $(tables "$1"); do
    columns=$(sql -N -e "SET SESSION group_concat_max_len = 1000000;
      SELECT GROUP_CONCAT('COALESCE(HEX(\`', column_name, '\`), \'-\')' ORDER BY column_name SEPARATOR ', ')
      FROM information_schema.columns WHERE table_schema = '$1' AND table_name = '$table' AND column_name <> 'save_id'")
    sums=$(for schema in "$1" "$2"; do
      sql -N -e "SELECT COUNT(*), SUM(CAST(CONV(LEFT(SHA2(CONCAT_WS('|', $columns), 256), 12), 16, 10) AS UNSIGNED)) FROM $schema.\`$table\`"
    done | sort -u | wc -l)
    [ "$sums" = 1 ] || { echo "$table differs" >&2; return 3; }
  done
}
tables() {
  sql -N -e "SELECT table_name FROM information_schema.tables WHERE table_schema = '$1' AND table_type = 'BASE TABLE'
    AND lower(table_name) NOT LIKE 'picklift%' AND lower(table_name) <> 'save_sequence'"
}

large() {
  if [ -z "$python311" ]; then echo "NO CPYTHON 3.11: THE SAVES OF 1 MB ARE SKIPPED"; return; fi
  if [ -z "$python" ]; then echo "NO PYTHON WITH PyMySQL: THE SAVES OF 1 MB ARE SKIPPED"; return; fi
  if [ ! -e "$work/saves-$saves/done" ]; then
    rm -rf "$work/saves-$saves"
    "$python311" samples/baolife/generate.py saves --count "$saves" --size 1 --protocol 4 --seed 77 --out "$work/saves-$saves" >/dev/null &&
      touch "$work/saves-$saves/done" || return
  fi
  "$python" "$peers/e2e_peers.py" "$port" fill e2e "$work/saves-$saves" || return
  head_ "$saves saves of 1 MB"
  commands e2e_t e2e pickle_data "$mappings/baolife-mapping.yaml" "$saves"
  echo "rows in the mapped tables: $(for t in $(tables e2e_t); do sql -N -e "SELECT COUNT(*) FROM e2e_t.\`$t\`"; done | awk '{ n += $1 } END { print n }')"
  "$python" "$peers/e2e_peers.py" "$port" peers e2e "$work" "$project" $(tables e2e_t)
}

many() {
  if [ -z "$python" ]; then echo "NO PYTHON WITH PyMySQL: THE SMALL SAVES ARE SKIPPED"; return; fi
  "$python" "$peers/e2e_small.py" "$port" make "$small" || return
  head_ "$small saves of half a KB"
  commands sm_t sm b "$mappings/small-mapping.yaml" "$small"
  sed 's/^ledger: .*/foreign_keys: all/' "$mappings/small-mapping.yaml" >"$work/small-all.yaml"
  config sm_all sm id b "$work/small-all.yaml"
  line "migrate --partitions 2, foreign_keys: all" "$picklift" migrate --config "$work/sm_all.yaml" --partitions 2
  line "  the tables are the same with and without" same sm_t sm_all
  "$python" "$peers/e2e_small.py" "$port" script "$small"
}

within() { # SAVES: the largest resident size within 512 MB of heap
  "$python" "$peers/e2e_peers.py" "$port" fill mem "$work/saves-60k" "$1" || return
  head_ "$1 saves of 60 KB, -Xmx512m"
  config mem_t mem id pickle_data "$mappings/baolife-mapping.yaml"
  export JAVA_OPTS="${JAVA_OPTS:-} -Xmx512m"
  line "migrate --partitions 2" "$picklift" migrate --config "$work/mem_t.yaml" --partitions 2
  line "backfill --partitions 2" "$picklift" backfill --config "$work/mem_t.yaml" --partitions 2
  line "verify --partitions 2" "$picklift" verify --config "$work/mem_t.yaml" --report "$work/report" --partitions 2
  JAVA_OPTS=${JAVA_OPTS% -Xmx512m}
  sql -e "DROP DATABASE mem_t; DROP DATABASE mem"
}

heap() {
  if [ -z "$python311" ] || [ -z "$python" ]; then echo "NO CPYTHON 3.11, OR NO PYTHON WITH PyMySQL: MEMORY IS SKIPPED"; return; fi
  if [ ! -e "$work/saves-60k/done" ]; then
    rm -rf "$work/saves-60k"
    "$python311" samples/baolife/generate.py saves --count 100 --size 0.06 --protocol 4 --seed 78 --out "$work/saves-60k" >/dev/null &&
      touch "$work/saves-60k/done" || return
  fi
  within 1000
  [ "$memory" -le 1000 ] || within "$memory"
}

for ((round = 1; round <= rounds; round++)); do
  [ "$rounds" = 1 ] || echo "== round $round of $rounds"
  start_up
  [ "$saves" = 0 ] || large
  [ "$small" = 0 ] || many
  [ "$memory" = 0 ] || heap
done
