#!/bin/sh
# Durable events per second: group commit beside one commit per event, same disk, same settings.
# Usage: Benchmarks/ledger.sh [FOLDER]   (the ledgers are written to FOLDER and removed)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
swift build --configuration release --product bench-ledger
folder=${1:-$root/.build}
"$(swift build --configuration release --show-bin-path)/bench-ledger" "$folder"
