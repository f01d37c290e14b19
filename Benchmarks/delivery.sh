#!/bin/sh
# Pages per second to a local sink, and how long one takes, beside curl with the same bytes: a loop of one
# curl per page as a hook would run it, and one curl that keeps its connection for many pages.
# Usage: Benchmarks/delivery.sh [COUNT]
set -eu
cd "$(dirname "$0")/.."
. Benchmarks/common
programs bench-delivery
count=${1:-2000}
folder=$(mktemp -d)
sink=
trap '[ -z "$sink" ] || kill "$sink"; rm -rf "$folder"' EXIT

mkfifo "$folder/address"
"$bin/bench-delivery" sink "$folder/body" >"$folder/address" &
sink=$!
read -r url <"$folder/address"
# The first page leaves its body behind for curl.
"$bin/bench-delivery" one 1 "$url" >/dev/null

post='-s -o /dev/null -H Content-Type:application/json'
now() { date +%s%N; }

# curl_loop COUNT: RATE P50 P99, one process per page, in microseconds of the whole process.
curl_loop() {
    number=0
    while [ "$number" -lt "$1" ]; do
        begin=$(now)
        # shellcheck disable=SC2086 # several words
        curl $post --data-binary "@$folder/body" "$url"
        echo $((($(now) - begin) / 1000))
        number=$((number + 1))
    done >"$folder/times"
    summary 1000000
}

# curl_kept COUNT: the same for one process and one connection; curl measures each transfer itself.
curl_kept() {
    awk -v count="$1" -v url="$url" -v body="$folder/body" 'BEGIN {
        for (i = 0; i < count; i++) printf "%surl=%s\ndata-binary=@%s\nsilent\noutput=/dev/null\n" \
            "header=Content-Type:application/json\nwrite-out=%%{time_total}\\n\n", i ? "next\n" : "", url, body
    }' >"$folder/config"
    begin=$(now)
    curl -K "$folder/config" >"$folder/seconds"
    took=$((($(now) - begin) / 1000))
    awk '{ print int($1 * 1000000) }' "$folder/seconds" >"$folder/times"
    summary 1000000 "$took"
}

# summary UNIT [TOTAL]: from the times of single pages; without a total, of pages one after the other.
summary() {
    sort -n "$folder/times" | awk -v unit="$1" -v total="${2:-0}" '
        { time[NR] = $1; sum += $1 }
        END { print int(NR * unit / (total ? total : sum)), time[int(NR / 2) + 1], time[int(NR * 99 / 100) + 1] }'
}

show() { # NAME RATE P50 P99
    printf '  %-34s %7d pages/s   p50 %6d us   p99 %6d us\n' "$1" "$2" "$3" "$4"
}

: >"$folder/rounds"
for round in 1 2 3; do
    echo "round $round of 3, $count pages each:"
    # shellcheck disable=SC2046 # three numbers
    {
        one=$("$bin/bench-delivery" one "$count" "$url")
        show 'drilld, one after the other' $one
        storm=$("$bin/bench-delivery" storm "$count" "$url")
        show 'drilld, 32 at a time' $storm
        loop=$(curl_loop $((count / 10)))
        show 'curl, one process per page' $loop
        kept=$(curl_kept "$count")
        show 'curl, one connection for all' $kept
    }
    echo "$one $storm $loop $kept" >>"$folder/rounds"
done
awk '
    function median(column,   i, j, list, swap) {
        for (i = 1; i <= NR; i++) list[i] = row[i, column]
        for (i = 1; i <= NR; i++) for (j = i + 1; j <= NR; j++)
            if (list[j] < list[i]) { swap = list[i]; list[i] = list[j]; list[j] = swap }
        return list[int((NR + 1) / 2)]
    }
    { for (i = 1; i <= NF; i++) row[NR, i] = $i }
    END {
        printf "ratio (medians of 3 rounds): %.1f x the pages of a curl loop, %.2f x those of one kept connection, ", \
            median(1) / median(7), median(1) / median(10)
        printf "%.2f x with 32 at a time\n", median(4) / median(10)
        printf "latency p50: %.2f x a curl loop, %.2f x one kept connection\n", median(2) / median(8), median(2) / median(11)
    }' "$folder/rounds"
