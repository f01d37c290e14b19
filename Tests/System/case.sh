# What each case has at hand. A case ends with `pass`; `fail` and `skip` end it at once.
# shellcheck shell=bash

on() { machine exec "$@"; }
on_sh() { machine exec sh -c "$1"; }

pass() { echo "${1:-}"; exit 0; }
skip() { echo "$1"; exit 77; }
fail() {
    echo "$1"
    machine journal -n 40 --output=short-monotonic >&2 || true
    exit 1
}

expect() { # SENTENCE COMMAND...
    local sentence=$1
    shift
    "$@" || fail "expected: $sentence"
}

expect_equal() { # SENTENCE ACTUAL WANTED
    [ "$2" = "$3" ] || fail "$1: got '$2', wanted '$3'"
}

eventually() { # SENTENCE SECONDS COMMAND...
    local sentence=$1 seconds=$2
    shift 2
    machine wait-for "$seconds" "$@" 2>/dev/null || fail "not within ${seconds}s: $sentence"
}

# Ends the case as skipped where the programs have not been built and installed.
needs() {
    local program
    for program; do
        on test -x "/usr/bin/$program" || on test -x "/usr/sbin/$program" ||
            on test -x "/usr/lib/drilld/$program" || skip "$program is not installed"
    done
}

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# daemon-reload without a pause until `calm` is called.
storm() {
    on sh -c 'while [ ! -e /run/calm ]; do systemctl daemon-reload; done' >/dev/null 2>&1 &
    storm_pid=$!
}
calm() {
    on touch /run/calm
    wait "$storm_pid" || true
    on rm -f /run/calm
}
