#!/bin/sh
# Builds what is measured and prints the whole table: see README.md. Options: --quick, --rounds N, --jython, --schema.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -pl batch/bench -am -DskipTests package
exec java -jar batch/bench/target/picklift-bench.jar "$@"
