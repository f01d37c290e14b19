#!/bin/sh
# Compares full pair coverage of the model 6·4·4·4·4·4·5 with PyPI allpairspy: cycles, changes
# from the parent (for allpairspy: from the row before), and time for a cycle.
# Usage: Benchmarks/mutation.sh [SEEDS]
set -eu
cd "$(dirname "$0")/.."
. Benchmarks/common
peers allpairspy==2.5.1
programs bench-mutation
ours=$("$bin/bench-mutation" "${1:-15}")
peer=$("$venv/bin/python" - <<'PYTHON'
import time
from allpairspy import AllPairs

sizes = [6, 4, 4, 4, 4, 4, 5]
begin = time.perf_counter()
rows = list(AllPairs([list(range(size)) for size in sizes]))
elapsed = time.perf_counter() - begin
changes = [sum(a != b for a, b in zip(*pair)) for pair in zip(rows, rows[1:])]
print(len(rows), max(changes), "%.2f" % (sum(changes) / len(changes)),
      round(elapsed / len(rows) * 1e6))
PYTHON
)

printf '%s\n' "$ours" | awk -v peer="$peer" '
    { n++; cycles[n] = $2; sum += $2; if ($3 > most) most = $3; mean += $4; time += $5
      if (n == 1 || $2 < low) low = $2; if ($2 > high) high = $2 }
    END {
        split(peer, p, " ")
        printf "%-12s %12s %12s %13s %9s\n", "", "cycles", "max changes", "mean changes", "us/cycle"
        printf "%-12s %12s %12d %13.2f %9d\n", "drilld", \
            sprintf("%d-%d (%.1f)", low, high, sum / n), most, mean / n, time / n
        printf "%-12s %12d %12d %13.2f %9d\n", "allpairspy", p[1], p[2], p[3], p[4]
        printf "%-12s %12.2f %12.2f %13.2f %9.2f\n", "ratio", \
            sum / n / p[1], most / p[2], mean / n / p[3], time / n / p[4]
        if (high > 37 || most > 4) {
            print "missed: at most 37 cycles with at most 4 changes" >"/dev/stderr"
            exit 1
        }
    }'
