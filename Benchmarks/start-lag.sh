#!/bin/sh
# Start lag of 100 drills due in the same second, beside 100 systemd timers with AccuracySec=1us.
# Both run in one systemd-nspawn machine; where none can be booted, drilld is measured alone.
# Usage: Benchmarks/start-lag.sh [ROUNDS]
set -eu
cd "$(dirname "$0")/.."
. Benchmarks/common
programs drilld drill-agent
export DRILLD_MACHINE=bench
machine=Tests/System/machine
trap '"$machine" down >/dev/null 2>&1 || true' EXIT
trap 'exit 1' HUP INT TERM
if why=$("$machine" host) && "$machine" bare && "$machine" up >/dev/null; then
    python3 Benchmarks/start-lag.py "$bin" "${1:-3}" "$machine" "build/system/machine-$DRILLD_MACHINE/root"
else
    echo "no systemd to compare with: $(echo "$why" | tr '\n' ';')"
    python3 Benchmarks/start-lag.py "$bin" "${1:-3}"
fi
