#!/bin/sh
# Tests every hook of scenarios/hooks against a real shop on a free loopback port.
# usage: Tests/Hooks/run.sh [PATH-OF-staging-shop]     the last line is 'N passed, N failed'
set -u

here=$(cd "$(dirname "$0")" && pwd)
hooks=$here/../../scenarios/hooks
shop=${1:-$here/../../.build/debug/staging-shop}
work=$(mktemp -d)
passed=0
failed=0
server=
idle=

finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    [ -z "$idle" ] || kill "$idle" 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

ok() {
    passed=$((passed + 1))
    printf 'ok    %s\n' "$1"
}

no() {
    failed=$((failed + 1))
    printf 'FAIL  %s\n' "$1"
    [ ! -s "$work/output" ] || sed 's/^/      /' "$work/output"
}

# expect STATUS WHAT COMMAND…
expect() {
    wanted=$1
    what=$2
    shift 2
    "$@" >"$work/output" 2>&1
    got=$?
    if [ "$got" -eq "$wanted" ]; then ok "$what"; else no "$what: exit $got, not $wanted"; fi
}

# Where a hook is; the example of the manual was taken out of its page.
file_of() {
    case $1 in
        edge-cache-off) printf '%s\n' "$work/edge-cache-off" ;;
        *) printf '%s\n' "$hooks/$1" ;;
    esac
}

# hook NAME ARGUMENT… in the clean environment that drilld gives, plus $parameters.
hook() {
    hook_file=$(file_of "$1")
    shift
    # shellcheck disable=SC2086 # one word per parameter
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        DRILL_RUN=hooks-1 DRILL_FAULT="$fault" DRILL_TARGET=shop DRILL_TARGET_ROOT="$root" \
        DRILL_TARGET_URL="$url" DRILL_STATE_DIR="$state" DRILL_DEADLINE=1790000000000000 \
        $parameters "$hook_file" "$@"
}

# The same in a session of its own, killed whole after that many seconds.
hook_killed_after() {
    hook_file=$(file_of "$2")
    # shellcheck disable=SC2086 # one word per parameter
    setsid env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        DRILL_RUN=hooks-1 DRILL_FAULT="$fault" DRILL_TARGET=shop DRILL_TARGET_ROOT="$root" \
        DRILL_TARGET_URL="$url" DRILL_STATE_DIR="$state" $parameters "$hook_file" inject \
        >"$work/killed" 2>&1 &
    group=$!
    sleep "$1"
    kill -9 -- "-$group" 2>/dev/null
    wait "$group" 2>/dev/null
    return 0
}

# A list of every file and link of the target, but for what the shop itself writes.
tree() {
    (cd "$root" && find . ! -path './traces/*' \( -type f -exec cksum {} + -o -type l -printf '%p %l\n' \)) |
        sort
}

fingerprint_is() {
    hook "$1" check >"$work/check.now" 2>"$work/output" && cmp -s "$work/check.now" "$work/check.before"
}

fresh_state() {
    rm -rf "$state"
    mkdir "$state"
}

# The whole contract of one fault hook with its parameters.
fault_contract() {
    name=$1
    parameters=$2
    fault=hooks-1.$name
    fresh_state
    tree >"$work/tree.before"
    expect 0 "$name: describe" hook "$name" describe
    expect 0 "$name: check" hook "$name" check
    hook "$name" check >"$work/check.before" 2>/dev/null
    expect 0 "$name: check is stable" fingerprint_is "$name"
    expect 64 "$name: no verb" hook "$name"

    expect 0 "$name: revert without inject" hook "$name" revert
    expect 0 "$name: nothing changed by it" fingerprint_is "$name"

    expect 0 "$name: inject" hook "$name" inject
    expect 1 "$name: check differs while it is live" fingerprint_is "$name"
    hook "$name" check >"$work/check.live" 2>/dev/null
    expect 0 "$name: inject again" hook "$name" inject
    hook "$name" check >"$work/check.again" 2>/dev/null
    expect 0 "$name: the second inject changed nothing" cmp "$work/check.live" "$work/check.again"
    refuses_foreign_state "$name"
    expect 0 "$name: revert" hook "$name" revert
    expect 0 "$name: revert again" hook "$name" revert
    expect 0 "$name: check as before" fingerprint_is "$name"
    tree >"$work/tree.after"
    expect 0 "$name: no trace left on the target" diff "$work/tree.before" "$work/tree.after"
    survives_kills "$name"
    needs_staging "$name"
}

# A second fault finds the state of the first and leaves it alone. Plugins stand side by side.
refuses_foreign_state() {
    [ "$1" = plugin-break ] && return
    own_state=$state
    fault=other-2.$1
    state=$work/other
    mkdir -p "$state"
    expect 1 "$1: refuses foreign state" hook "$1" inject
    hook "$1" check >"$work/check.again" 2>/dev/null
    expect 0 "$1: and left it alone" cmp "$work/check.live" "$work/check.again"
    rm -rf "$state"
    state=$own_state
    fault=hooks-1.$1
}

survives_kills() {
    for delay in 0.001 0.003 0.005 0.007 0.009 0.011 0.013 0.015 0.018 0.022 0.026 0.03; do
        fresh_state
        hook_killed_after "$delay" "$1"
        hook "$1" revert >"$work/output" 2>&1 || no "$1: revert after a kill at ${delay}s"
        tree >"$work/tree.after"
        if fingerprint_is "$1" && cmp -s "$work/tree.before" "$work/tree.after"; then
            ok "$1: killed after ${delay}s, reverted"
        else
            diff "$work/tree.before" "$work/tree.after" >"$work/output"
            no "$1: killed after ${delay}s, not reverted"
        fi
    done
}

needs_staging() {
    fresh_state
    printf 'production\n' >"$root/environment"
    expect 1 "$1: refuses a target that is not staging" hook "$1" inject
    printf 'staging\n' >"$root/environment"
}

# Waits until a probe answers as wished; at most ten seconds.
eventually() {
    wanted=$1
    what=$2
    shift 2
    tries=0
    while [ $tries -lt 50 ]; do
        "$@" >"$work/output" 2>&1
        [ $? -eq "$wanted" ] && { ok "$what"; return; }
        tries=$((tries + 1))
        sleep 0.2
    done
    no "$what: not within ten seconds"
}

# A fault that a probe sees, and that a response cures before the revert:
# probe_sees FAULT PARAMETERS PROBE [RESPONSE…]
probe_sees() {
    name=$1
    parameters=$2
    probe=$3
    shift 3
    fault=hooks-1.$name
    fresh_state
    eventually 0 "$name: $probe passes before" hook "$probe"
    expect 0 "$name $parameters: inject" hook "$name" inject
    eventually 1 "$name: $probe sees it" hook "$probe"
    if [ $# -gt 0 ]; then
        expect 0 "$name: $1 responds" hook "$@"
        eventually 0 "$name: $probe passes after the response" hook "$probe"
    fi
    expect 0 "$name: revert after it was seen" hook "$name" revert
    eventually 0 "$name: $probe passes after the revert" hook "$probe"
}

[ -x "$shop" ] || { printf 'no staging-shop at %s\n0 passed, 1 failed\n' "$shop"; exit 1; }
root=$work/shop
state=$work/state
fault=none
parameters=
"$shop" init --root "$root" || exit 1
"$shop" serve --root "$root" --port 0 --payments-port 0 --traffic 40 --window 1 >"$work/log" 2>&1 &
server=$!
tries=0
until [ -s "$root/ports" ] || [ $tries -ge 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
url=http://127.0.0.1:$(sed -n 's/^front=//p' "$root/ports")
fresh_state

"$shop" init --root "$work/idle" || exit 1
"$shop" serve --root "$work/idle" --port 0 --payments-port 0 --traffic 0 >>"$work/log" 2>&1 &
idle=$!
tries=0
until [ -s "$work/idle/ports" ] || [ $tries -ge 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
busy_url=$url
url=http://127.0.0.1:$(sed -n 's/^front=//p' "$work/idle/ports")
expect 1 "shop-healthy: no requests are no evidence of health" hook shop-healthy
expect 75 "shop-errors-above: cannot tell without requests" hook shop-errors-above 50
kill "$idle"
wait "$idle"
idle=
url=$busy_url

fault_contract dependency-latency 'DRILL_PARAM_DEPENDENCY=payments DRILL_PARAM_ADD=900ms'
fault_contract queue-stall 'DRILL_PARAM_RATE=1'
fault_contract content-stale 'DRILL_PARAM_LAG=2'
fault_contract metrics-blackout ''
fault_contract flag-flip 'DRILL_PARAM_FLAG=new-checkout DRILL_PARAM_VALUE=on'
fault_contract plugin-break 'DRILL_PARAM_API=9'
fault_contract bad-release 'DRILL_PARAM_FROM=1.5.0 DRILL_PARAM_SET=edge.default:allow'

sed -n '/^```sh$/,/^```$/p' "$here/../../docs/hooks.md" | sed '/^```/d' >"$work/edge-cache-off"
chmod 755 "$work/edge-cache-off"
fault_contract edge-cache-off ''

parameters='DRILL_PARAM_DEPENDENCY=mail'
expect 77 "dependency-latency: skips a dependency that is not there" hook dependency-latency inject
parameters='DRILL_PARAM_ADD=soon'
expect 1 "dependency-latency: refuses a wrong length of time" hook dependency-latency inject
parameters='DRILL_PARAM_SET=no.such.key:1'
expect 1 "bad-release: refuses a key that is not there" hook bad-release inject
expect 0 "bad-release: and its revert cleans up" hook bad-release revert
parameters='DRILL_PARAM_FROM=../../etc DRILL_PARAM_SET=edge.default:allow'
expect 1 "bad-release: refuses a path for a version" hook bad-release inject

probe_sees dependency-latency 'DRILL_PARAM_DEPENDENCY=sink DRILL_PARAM_ADD=1s' shop-healthy \
    shop-mitigate sink
probe_sees queue-stall 'DRILL_PARAM_RATE=1' shop-healthy shop-mitigate worker
probe_sees content-stale 'DRILL_PARAM_LAG=1' shop-healthy shop-mitigate content
probe_sees plugin-break 'DRILL_PARAM_API=9' shop-healthy shop-mitigate plugins
probe_sees metrics-blackout '' shop-metrics-flow shop-mitigate metrics
for change in payments.timeout-ms:3,payments.breaker:off auth.accepts:2027-a \
    billing.rounding:drop-cents edge.default:allow refund.schema:refund-request-2; do
    probe_sees bad-release "DRILL_PARAM_FROM=1.5.0 DRILL_PARAM_SET=$change" shop-healthy shop-rollback
done

fault=hooks-1.storm
parameters='DRILL_PARAM_FROM=1.5.0 DRILL_PARAM_SET=payments.breaker:off'
fresh_state
expect 0 "storm: the release without a breaker" hook bad-release inject
eventually 0 "storm: healthy while payments is fast" hook shop-healthy
parameters='DRILL_PARAM_DEPENDENCY=payments DRILL_PARAM_ADD=900ms'
expect 0 "storm: payments slows down" hook dependency-latency inject
eventually 1 "storm: the probe sees it" hook shop-healthy
expect 0 "storm: rollback" hook shop-rollback
eventually 0 "storm: the breaker of the old release holds" hook shop-healthy
expect 0 "storm: latency reverted" hook dependency-latency revert
parameters='DRILL_PARAM_FROM=1.5.0 DRILL_PARAM_SET=payments.breaker:off'
expect 0 "storm: release reverted" hook bad-release revert

parameters=
expect 0 "shop-roll-forward" hook shop-roll-forward
expect 0 "the next release is live" test "$(readlink "$root/current")" = releases/1.5.0
eventually 0 "the next release is healthy" hook shop-healthy
expect 0 "shop-revision" hook shop-revision
expect 0 "shop-rollback" hook shop-rollback
expect 1 "shop-rollback to a release that is not there" hook shop-rollback 9.9.9
expect 64 "shop-healthy: wrong limit" hook shop-healthy no-such-figure=1
expect 1 "shop-healthy: a limit of its own" hook shop-healthy requests=0
expect 1 "shop-errors-above: the condition does not hold" hook shop-errors-above 50%
expect 64 "shop-errors-above: no limit" hook shop-errors-above
expect 0 "shop-open-trace" hook shop-open-trace refund-unit-regression
expect 1 "shop-open-trace: no such trace" hook shop-open-trace nothing
expect 0 "shop-open-trace: what the shop caught itself" hook shop-open-trace captured
expect 0 "shop-replay: reproduces as recorded" hook shop-replay refund-unit-regression
expect 0 "shop-replay: not the model" hook shop-replay refund-unit-regression model=triage-2
expect 3 "shop-replay: the schema cures it" hook shop-replay refund-unit-regression \
    schema=refund-request-1
expect 1 "shop-replay: unknown part" hook shop-replay refund-unit-regression colour=red
expect 0 "post-status" hook post-status "rolling back & watching"
expect 0 "the status page has it" sh -c "curl -fsS '$url/status' | grep -q 'DRILL hooks-1. rolling back & watching'"
parameters="DRILL_STATUS_TEXT=typed"
expect 0 "post-status: what a person typed goes first" hook post-status "as planned"
expect 0 "the status page has what was typed" sh -c "curl -fsS '$url/status' | grep -q 'DRILL hooks-1. typed'"
parameters=
expect 64 "post-status: nothing to post" hook post-status
parameters="DRILL_PAGE_ID=p1 DRILL_PAGE_TO=sre-1 DRILL_PAGE_SUMMARY=late DRILL_PAGE_SEVERITY=SEV-2"
expect 1 "page: no mailbox named" hook page
parameters="$parameters DRILL_PARAM_MAILBOX=$work/mail"
expect 0 "page" hook page
expect 0 "the page is in the mailbox" grep -q 'DRILL hooks-1' "$work/mail/hooks-1.p1.sre-1.page"
printf '#!/bin/sh\nprintf "%%s\\n" "$*" >"%s/acked"\n' "$work" >"$work/ctl"
chmod 755 "$work/ctl"
parameters="DRILL_PAGE_ID=p1 DRILL_PERSON=sre-1 DRILL_CTL=$work/ctl"
expect 0 "respond-ack" hook respond-ack
expect 0 "respond-ack says who acks what" grep -qx 'ack hooks-1 p1 --as sre-1' "$work/acked"

# The agent's umask must not keep the shop from reading what a hook writes.
parameters='DRILL_PARAM_RATE=1'
fault=hooks-1.queue-stall
fresh_state
chmod 640 "$root/settings/worker.conf"
(umask 077 && hook queue-stall inject) >"$work/output" 2>&1
expect 0 "queue-stall: readable while it is live" test "$(stat -c %a "$root/settings/worker.conf")" = 644
expect 0 "queue-stall: revert" hook queue-stall revert
expect 0 "queue-stall: the mode is as before" test "$(stat -c %a "$root/settings/worker.conf")" = 640

fresh_state
tree >"$work/tree.before"
expect 0 "queue-stall: inject before the shop goes down" hook queue-stall inject
kill "$server"
wait "$server"
server=
expect 75 "shop-errors-above: cannot tell, the shop is down" hook shop-errors-above 50%
expect 1 "shop-healthy: the shop is down" hook shop-healthy
expect 75 "queue-stall: cannot be checked, the shop is down" hook queue-stall check
expect 0 "queue-stall: reverts without the shop" hook queue-stall revert
tree >"$work/tree.after"
expect 0 "queue-stall: the files are as before" diff "$work/tree.before" "$work/tree.after"

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
