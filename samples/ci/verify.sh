#!/bin/sh
# Verifies a target against its source and leaves the report in a folder. For any CI: the others in this folder call it.
#
#   PICKLIFT          the command; default: picklift. "java -jar picklift.jar" does as well
#   PICKLIFT_CONFIG   the configuration; default: picklift.yaml
#   PICKLIFT_REPORT   the report's folder; default: picklift-report
#   PICKLIFT_BASELINE the report.json of an earlier run, if there is one: the report then tells what is new, known or fixed
#
# Ends with the exit status of verify: 0 proven, 1 something to look at, 2 wrong configuration, 3 not finished.
set -eu
report=${PICKLIFT_REPORT:-picklift-report}
set -- --config "${PICKLIFT_CONFIG:-picklift.yaml}" --report "$report"
if [ -n "${PICKLIFT_BASELINE:-}" ] && [ -f "$PICKLIFT_BASELINE" ]; then
  set -- "$@" --baseline "$PICKLIFT_BASELINE"
fi
# Unquoted: the command may have words of its own.
exec ${PICKLIFT:-picklift} verify --progress lines "$@"
