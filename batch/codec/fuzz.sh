#!/bin/sh
# Fuzzes one target of the codec with Jazzer: fuzz.sh decode|roundTrip|json|diff|archive [MINUTES]. Each minute goes on with
# the inputs that the one before found (.cifuzz-corpus). A finding ends it and is kept under src/test/resources; write it
# as hexadecimal to src/test/resources/regressions, where a test runs it from then on.
set -eu
cd "$(dirname "$0")/../.."
minutes=${2:-1}
while [ "$minutes" -gt 0 ]; do
  JAZZER_FUZZ=1 mvn -q -pl batch/codec -am test -Dsurefire.failIfNoSpecifiedTests=false -Dpicklift.test.heap=1g \
    -Dtest="JazzerTest#$1"
  minutes=$((minutes - 1))
done
