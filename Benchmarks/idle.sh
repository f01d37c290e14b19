#!/bin/sh
# What drilld and its agent cost while nothing is due: wake-ups a minute, CPU, memory.
# Usage: Benchmarks/idle.sh [SECONDS]
set -eu
cd "$(dirname "$0")/.."
. Benchmarks/common
programs drilld drill-agent
exec python3 Benchmarks/idle.py "$bin" "${1:-60}"
