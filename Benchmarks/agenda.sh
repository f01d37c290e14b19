#!/bin/sh
# A calendar of 10,000 drills: parse, verify, first agenda, next due drill; time and peak memory.
set -eu
cd "$(dirname "$0")/.."
. Benchmarks/common
programs bench-agenda
exec "$bin/bench-agenda"
