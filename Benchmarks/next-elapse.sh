#!/bin/sh
# Compares how many elapses per second drilld, croniter, cronsim and systemd-analyze find.
# Needs python3 with venv, and systemd-analyze; the venv goes under build/.
set -eu
cd "$(dirname "$0")/.."
venv=build/bench-venv
if ! [ -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
fi
"$venv/bin/python" -c 'import croniter, cronsim' 2>/dev/null ||
    "$venv/bin/pip" --quiet install croniter==7.0.0 cronsim==2.8
if [ -z "${BENCH_CALENDAR-}" ]; then
    swift build --quiet -c release --product bench-calendar
    BENCH_CALENDAR="$(swift build -c release --show-bin-path)/bench-calendar"
fi
exec "$venv/bin/python" Benchmarks/next-elapse.py "$BENCH_CALENDAR"
