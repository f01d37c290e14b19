#!/bin/sh
# Compares one run of a drill with the same steps in sh and curl, and with PyPI chaostoolkit.
# Usage: Benchmarks/one-run.sh [ROUNDS]
set -eu
cd "$(dirname "$0")/.."
. Benchmarks/common
peers chaostoolkit==1.19.0
programs drilld drillctl drill-agent
exec "$venv/bin/python" Benchmarks/one-run.py "$bin" "$PWD/$venv/bin/chaos" "${1:-15}"
