# A small ground for tests against the real programs: a target made of files, hooks in sh, one drill.
# Read with '.', never run. It sets $work, $state, $etc and $target, and keeps the counts.

set -u

programs=${DRILL_PROGRAMS:-$(cd "$(dirname "$0")/../.." && pwd)/.build/debug}
work=$(mktemp -d /tmp/drill-ground.XXXXXX)
chmod 755 "$work"
etc=$work/etc
target=$work/target
state=$work/state
passed=0
failed=0
skipped=0
agent=
daemon=
followers=

ok() {
    passed=$((passed + 1))
    printf 'ok    %s\n' "$1"
}

no() {
    failed=$((failed + 1))
    printf 'FAIL  %s: %s\n' "$1" "$2"
    [ -z "${KEEP:-}" ] || cp -r "$work" "$KEEP/failed-$failed"
}

# The last line, which 'make test' adds up.
closing() {
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ]
}

need_programs() {
    for program in "$@"; do
        [ -x "$programs/$program" ] || {
            printf 'there is no %s/%s; build it, or name its folder with DRILL_PROGRAMS\n' \
                "$programs" "$program" >&2
            exit 1
        }
    done
}

# Ends every process that this test started, and removes the folder.
clear_ground() {
    for process in $followers $daemon; do kill -9 "$process" 2>/dev/null; done
    stop_agents
    for process in $(tagged); do kill -9 "$process" 2>/dev/null; done
    leave_small_disk
    rm -rf "$work"
}
trap clear_ground EXIT

# The state folder on a disk of its own with a few megabytes; fails where none can be mounted.
enter_small_disk() {
    mkdir "$work/outside" && cp -a "$state/." "$work/outside/"
    mount -t tmpfs -o size=24m,mode=755 drill "$state" && cp -a "$work/outside/." "$state/"
}

leave_small_disk() {
    # Where nothing is mounted there is nothing to leave.
    [ ! -d "$work/outside" ] || umount -l "$state" 2>/dev/null
    rm -rf "$work/outside"
}
trap 'exit 1' HUP INT TERM

# Milliseconds of the clock that never steps.
milliseconds() {
    read -r up _ </proc/uptime
    printf '%s\n' "${up%.*}${up#*.}0"
}

# within MILLISECONDS COMMAND…: asks again until it succeeds.
within() {
    until_then=$(($(milliseconds) + $1))
    shift
    while ! "$@"; do
        [ "$(milliseconds)" -lt "$until_then" ] || return 1
        sleep 0.01
    done
}

hook() {
    cat >"$etc/scenarios/hooks/$1"
    chmod 755 "$etc/scenarios/hooks/$1"
}

# A hook that breaks a file of the target and knows what it was.
flag_hook() {
    hook "$1" <<'HOOK'
#!/bin/sh
flag=$DRILL_TARGET_ROOT/flag
saved=$DRILL_STATE_DIR/flag
case $1 in
    describe) echo 'the flag is broken' ;;
    check) cat "$flag"; ls "$DRILL_TARGET_ROOT" ;;
    inject)
        [ -e "$saved" ] || { cp "$flag" "$saved.half" && mv "$saved.half" "$saved"; }
        : >"$DRILL_TARGET_ROOT/half"
        echo half
        rm -f "$DRILL_TARGET_ROOT/half"
        echo broken >"$flag"
        echo injected ;;
    revert)
        rm -f "$DRILL_TARGET_ROOT/half"
        [ ! -e "$saved" ] || { cp "$saved" "$flag.half" && mv "$flag.half" "$flag"; } ;;
esac
HOOK
}

# Everything a drill needs; what is special comes in files of its own.
make_ground() {
    mkdir -p "$etc/calendars" "$etc/scenarios/hooks" "$target" "$state"
    chmod 755 "$etc" "$etc/calendars" "$etc/scenarios" "$etc/scenarios/hooks"
    echo staging >"$work/marker"
    echo whole >"$target/flag"
    flag_hook flag
    hook healthy <<'HOOK'
#!/bin/sh
grep -q whole "$DRILL_TARGET_ROOT/flag"
HOOK
    hook never <<'HOOK'
#!/bin/sh
exit 1
HOOK
    hook repair <<'HOOK'
#!/bin/sh
grep -q broken "$DRILL_TARGET_ROOT/flag" || exit 0
echo 'whole again' >"$DRILL_TARGET_ROOT/flag"
HOOK
    hook page <<'HOOK'
#!/bin/sh
echo "$DRILL_PAGE_ID $DRILL_PAGE_TO" >>"${DRILL_TARGET_ROOT%/*}/pages"
HOOK
    cat >"$etc/calendars/ground.calendar" <<CALENDAR
[Calendar]
Description=The ground of the tests
TimeZone=UTC

[Person lead-1]
[Person observer-1]
[Person sre-1]
[Person sre-2]

[Channel pager]
Command=hooks/page

[Target ground]
Environment=staging
Root=$target
Allow=path:$target
Steady=hooks/healthy
Marker=$work/marker
CALENDAR
    scenario quick
    drill quick
}

# scenario NAME [LINE-OF-FAULT…]: rollback by script, over in a moment.
scenario() {
    name=$1
    shift
    cat >"$etc/scenarios/$name.scenario" <<SCENARIO
[Scenario]
Description=The flag breaks
Class=technical
Severity=SEV-2
Boundary=file -> reader
Signal=the flag is not whole

[Packet]
Hypothesis=The flag is repaired within 1s
Trigger=the flag is written
BlastRadius=one file, for at most 20s
Abort=hooks/${abort:-never}
ScoreOwner=observer-1
FollowUp=sre-1 2027-03-31 keep the flag whole

[Fault flag]
Hook=hooks/${fault:-flag}
DurationSec=${duration:-20s}
Touches=path:$target
$(for line in "$@"; do printf '%s\n' "$line"; done)

[Probe steady]
Command=hooks/${probe:-healthy}
EverySec=50ms
HoldSec=100ms
TimeoutSec=1s

[Page flag]
Summary=the flag is broken
To=primary

[Respond rollback]
Command=hooks/${repair:-repair}
TimeoutSec=10s

[Mutate]
DependencyClass=auth billing messaging
Stress=delayed-signal partial-owners conflicting-requests
SCENARIO
}

# drill NAME: a drill of that scenario that is not due before long.
drill() {
    cat >>"$etc/calendars/ground.calendar" <<DRILL

[Drill $1]
Kind=rollback
Tier=service
OnCalendar=Mon *-*-01..07 03:00
Scenario=$1
Target=ground
Channel=pager
AckSec=5s
Commander=lead-1
Observers=observer-1
OnCall=primary:sre-1 secondary:sre-2
Lanes=injection:observer-1 response:sre-1 verification:sre-2 comms:sre-2
DurationSec=30s
DRILL
}

# What a fault could have changed, as text.
fingerprint() {
    (cd "$target" && ls -A && cat flag)
}

# The processes that hooks of this ground left or run; they bear its folder in their environment.
tagged() {
    for file in /proc/[0-9]*/environ; do
        process=${file#/proc/}
        process=${process%/environ}
        if tr '\0' '\n' <"$file" 2>/dev/null | grep -q "^DRILL_TARGET_ROOT=$target\$"; then
            echo "$process"
        fi
    done 2>/dev/null
}

no_tagged() { [ -z "$(tagged)" ]; }

# start_agent [NAME=VALUE…]: the agent as a process of its own, with these variables.
start_agent() {
    rm -f "$state/agent.sock"
    env "$@" "$programs/drill-agent" serve --state "$state" --socket "$state/agent.sock" \
        --scenarios "$etc/scenarios" --exit-when-idle >>"$work/agent.log" 2>&1 &
    agent=$!
    within 10000 test -S "$state/agent.sock"
}

# start_daemon [NAME=VALUE…]: the daemon, without waiting for it.
start_daemon() {
    rm -f "$state/api.sock"
    env "$@" "$programs/drilld" --foreground --state "$state" --folder "$etc" \
        >"$work/journal" 2>&1 &
    daemon=$!
}

answers() { api status >/dev/null 2>&1; }

# api PATH [BODY]: GET, or POST of a JSON object; the answer's body, a failure if it was refused.
api() {
    path=$1
    shift
    curl -sS --fail-with-body --max-time 20 --unix-socket "$state/api.sock" ${1+-X POST -d "$1"} \
        "http://drilld/v1/$path"
}

# Whether a process of ours is still there; a zombie has ended.
lives() {
    [ -n "$1" ] && read -r line 2>/dev/null </proc/"$1"/stat || return 1
    line=${line##*) }
    case $line in Z* | X*) return 1 ;; *) return 0 ;; esac
}

has_ended() { ! lives "$1"; }

stopped_at() {
    read -r line 2>/dev/null </proc/"$1"/stat || return 1
    line=${line##*) }
    case $line in T*) return 0 ;; *) return 1 ;; esac
}

# Every agent that works on this state, also one that a daemon started.
agents() {
    for file in /proc/[0-9]*/cmdline; do
        process=${file#/proc/}
        process=${process%/cmdline}
        if tr '\0' ' ' <"$file" 2>/dev/null | grep -q "drill-agent serve --state $state "; then
            echo "$process"
        fi
    done 2>/dev/null
}

stop_agents() {
    for process in $(agents); do kill -9 "$process" 2>/dev/null; done
}

# Ends the daemon as a supervisor would, and the agent that it leaves.
stop_daemon() {
    [ -n "$daemon" ] || return 0
    kill -TERM "$daemon" 2>/dev/null
    within 20000 has_ended "$daemon" || kill -9 "$daemon"
    wait "$daemon" 2>/dev/null
    daemon=
}

armed_is_empty() { [ -z "$(ls "$state/armed" 2>/dev/null)" ]; }

# The number of open runs according to the API.
no_open_run() {
    case $(api status 2>/dev/null) in *'"openRuns":[]'*) return 0 ;; *) return 1 ;; esac
}
