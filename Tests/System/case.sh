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
    "$@" >/dev/null || fail "expected: $sentence"
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

# Puts the target, its hooks, the scenarios and the people of Tests/System/content in place.
give_content() {
    machine push "$DRILLD_CASES/content/hooks" /etc/drilld/scenarios/hooks
    local scenario
    for scenario in quick lasting brief; do
        machine push "$DRILLD_CASES/content/$scenario.scenario" "/etc/drilld/scenarios/$scenario.scenario"
    done
    machine push "$DRILLD_CASES/content/people.calendar" /etc/drilld/calendars/people.calendar
    on_sh 'chown -R root:root /etc/drilld && chmod 755 /etc/drilld/scenarios/hooks/* &&
        mkdir -p /srv/target && echo staging >/srv/target/environment'
}

calendar() { # FILE SCENARIO daemon|timer ON-CALENDAR...: plans one drill, named after the file
    local file=$1 scenario=$2 fired_by=$3
    shift 3
    {
        printf '[Calendar]\nDescription=System test\nFiredBy=%s\n\n[Drill %s]\n' "$fired_by" "$file"
        printf 'OnCalendar=%s\n' "$@"
        printf 'Kind=rollback\nTier=service\nScenario=%s\nTarget=target\nChannel=pager\n' "$scenario"
        printf 'Commander=lead-1\nObservers=observer-1\nOnCall=primary:sre-1 secondary:sre-2\n'
        printf 'Lanes=injection:observer-1 response:sre-1 verification:sre-2 comms:sre-2\n'
        printf 'DurationSec=30min\n'
    } | on_sh "cat >/etc/drilld/calendars/$file.calendar"
}

in_seconds() { date -u -d "+$1 seconds" '+%F %T UTC'; }

# Starts drilld with one armed target and a drill that is not due by itself.
start_drilld() { # SCENARIO
    needs drilld drillctl drill-agent
    give_content
    calendar probe "$1" daemon '2099-01-01 00:00'
    on systemctl enable --quiet --now drilld 2>/dev/null || fail "drilld does not start"
    eventually "drilld is active" 10 systemctl is-active --quiet drilld
    on drillctl arm target >&2 || fail "the target cannot be armed"
}

# Starts the drill `probe` and waits until its fault is in place.
live_fault() {
    on systemd-run --quiet --collect drillctl run probe
    eventually "the fault is injected" 20 test -s /srv/target/fault-sign
}
fault_gone() { # SECONDS
    eventually "the fault is gone" "$1" test ! -e /srv/target/fault-sign
    eventually "nothing is armed" "$1" sh -c '! ls /var/lib/drilld/armed/*.json 2>/dev/null | grep -q .'
}
no_open_run() { # SECONDS
    eventually "no run is open" "$1" \
        sh -c 'drillctl status --json | tr -d " \n" | grep -q "\"openRuns\":\[\]"'
}
# No run is open, and this one ended in that way.
closed_as() { # RUN OUTCOME SECONDS
    no_open_run "$3"
    local end
    end=$(on_sh "drillctl timeline $1 | grep -o 'closed: .*'" || true)
    case $end in "closed: $2"*) ;; *) fail "$1 ended with '$end', not as $2" ;; esac
}
# Neither hold unit nor second clock nor hook is left.
nothing_holds() {
    local units="systemctl list-units --all --no-legend --plain drill-fault-* drill-revert@*.timer drill-hook-*"
    machine wait-for 10 sh -fc "! $units | grep -q ." 2>/dev/null || fail "left: $(on_sh "set -f; $units")"
}
# The MESSAGE_ID of the catalog page with that subject.
message_id() { on_sh "grep -B1 '^Subject: $1' /usr/lib/systemd/catalog/drilld.catalog" | sed -n 's/^-- //p'; }
ledger_is_whole() { on drillctl ledger verify >&2 || fail "the ledger's chain is broken"; }
