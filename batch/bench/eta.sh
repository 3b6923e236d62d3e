#!/usr/bin/env bash
# How right the time left is that `migrate` tells: a table with sizes that differ a thousandfold and string keys, and a terminal that is read.
#
#   eta.sh SERVER USER PASSWORD [ROWS]     SERVER like 127.0.0.1:3306; makes the schemas eta_source and eta_target and drops them
#
# Needs a Python 3 with PyMySQL ($PYTHON). PICKLIFT (default: the launcher beside the built jar) names the command line to run. Status 1 where the end is
# told more than 15% of the run off, from a tenth of the run on.
set -euo pipefail
cd "$(dirname "$0")"
read -ra picklift <<<"${PICKLIFT:-$PWD/../app/target/picklift}"
exec "${PYTHON:-python3}" src/main/python/eta.py "$1" "$2" "$3" "${4:-60000}" "${picklift[@]}"
