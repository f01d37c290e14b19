#!/bin/sh
# The console with an open storm: change -> visible on 100 open consoles, requests per second of Now beside
# a file of the server's own, and memory with 100 consoles open.
# Usage: Benchmarks/console.sh [CONSOLES]
set -eu
cd "$(dirname "$0")/.."
. Benchmarks/common
programs bench-console
exec python3 Benchmarks/console.py "$bin" "${1:-100}"
