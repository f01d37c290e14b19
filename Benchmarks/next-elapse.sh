#!/bin/sh
# Compares how many elapses per second drilld, croniter, cronsim and systemd-analyze find.
# Needs python3 with venv, and systemd-analyze; the venv goes under build/.
set -eu
cd "$(dirname "$0")/.."
. Benchmarks/common
peers croniter==7.0.0 cronsim==2.8
programs bench-calendar
exec "$venv/bin/python" Benchmarks/next-elapse.py "$bin/bench-calendar"
