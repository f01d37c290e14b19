#!/bin/sh
# Durable events per second: group commit beside one commit per event, same disk, same settings.
# Usage: Benchmarks/ledger.sh [FOLDER]   (the ledgers are written to FOLDER and removed)
set -eu
cd "$(dirname "$0")/.."
. Benchmarks/common
programs bench-ledger
mkdir -p build
exec "$bin/bench-ledger" "${1:-build}"
