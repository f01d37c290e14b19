# What the demonstrations share: a place of their own, processes that are ended, the shop, drilld.
# Sourced by calendars/demo/run, calendars/storm/run and Tests/Browser/stage, which set `project` and `home` before.
# shellcheck shell=bash
export DRILL_SOCKET=$home/state/api.sock DRILL_STATE=$home/state DRILL_PATH=$home/etc
pids=()

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }
die() {
    printf '%s: %s\n' "${0#"$project/"}" "$*" >&2
    exit 1
}

# The last that was started goes first; drilld aborts what runs and has it taken back before it ends.
finish() {
    local status=$? pid index
    trap - EXIT
    trap '' HUP INT TERM
    for ((index = ${#pids[@]} - 1; index >= 0; index--)); do
        pid=${pids[index]}
        kill -TERM "$pid" 2>/dev/null || continue
        for _ in {1..300}; do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "$pid" 2>/dev/null || true
    done
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

await() { # WHAT LOG COMMAND…: until the command succeeds
    local what=$1 log=$2
    shift 2
    for _ in {1..150}; do
        "$@" >/dev/null 2>&1 && return
        kill -0 "${pids[-1]}" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 20 "$log" >&2
    die "$what does not answer; see $log"
}

build() {
    say "Building (the first time takes about eight minutes on two cores)"
    local program started=$SECONDS
    for program in drilld drillctl drill-agent staging-shop; do
        swift build --package-path "$project" --quiet --product "$program"
    done
    bin=$(swift build --package-path "$project" --show-bin-path)
    echo "built in $((SECONDS - started))s"
}

is_free() { ! (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# As many loopback ports in a row as are asked for, that nobody listens on; sets `port` to the first.
# Two that look at the same time find the same: each sets `first_port` to look elsewhere.
find_ports() { # COUNT
    local count=$1 first=${first_port:-18080} offset
    for ((port = first; port < first + 200; port += count)); do
        for ((offset = 0; offset < count; offset++)); do
            is_free "$((port + offset))" || continue 2
        done
        return
    done
    die "no $count free loopback ports between $first and $((first + 200))"
}

# Where this shop is, laid over what the calendar says.
shop_target() {
    cat <<END

[Target shop-staging]
Root=$home/shop
Url=http://127.0.0.1:$port
Allow=
Allow=unit:shop-*.service port:tcp/$port path:$home/shop
Marker=$home/shop/environment
END
}

# Hooks must belong to root or to whoever runs the drill, and be written by nobody else.
lay_out() { # CALENDAR
    local other=''
    other=$(find "$home" -maxdepth 0 ! -user "$(id -un)" 2>/dev/null) || true
    [ -z "$other" ] || die "$home belongs to somebody else; remove it"
    umask 022
    rm -rf "$home/etc"
    mkdir -p "$home/etc/calendars/${1##*/}.d" "$home/state"
    cp "$1" "$home/etc/calendars/"
    cp -R "$project/scenarios" "$home/etc/scenarios"
    chmod -R u=rwX,go=rX "$home/etc"
}

# Presses a storm together `speed` times: every span of the keys that make the storm; the limits of the people stay.
press_together() { # FILE
    awk -v speed="$speed" '
        /^(AfterSec|RepeatEverySec|ResolveSec|AckSec|GroupWaitSec|GroupIntervalSec|StartSec|HoldSec|FaultTiming|OwnerAvailability|Comms|Exclude)=/ {
            pressed = ""
            while (match($0, /[0-9]+(min|s)/)) {
                span = substr($0, RSTART, RLENGTH)
                unit = span ~ /min/ ? 60000 : 1000
                pressed = pressed substr($0, 1, RSTART - 1) int(span * unit / speed) "ms"
                $0 = substr($0, RSTART + RLENGTH)
            }
            $0 = pressed $0
        }
        { print }' "$1" >"$1.pressed"
    mv "$1.pressed" "$1"
}

start_shop() {
    "$bin/staging-shop" init --root "$home/shop"
    "$bin/staging-shop" serve --root "$home/shop" --port "$port" \
        --payments-port "$((port + 1))" --traffic 20 \
        >"$home/shop.log" 2>&1 &
    pids+=($!)
    # Healthy by the hook that drills ask, which wants to have seen some traffic first.
    await "the shop" "$home/shop.log" env DRILL_RUN=demo DRILL_TARGET=shop-staging \
        DRILL_TARGET_ROOT="$home/shop" DRILL_TARGET_URL="http://127.0.0.1:$port" \
        "$home/etc/scenarios/hooks/shop-healthy"
}

start_drilld() { # MORE ARGUMENTS…
    "$bin/drilld" --foreground --state "$home/state" --folder "$home/etc" --socket "$DRILL_SOCKET" \
        "$@" >"$home/drilld.log" 2>&1 &
    pids+=($!)
    await drilld "$home/drilld.log" "$bin/drillctl" status
}

# A real Alertmanager with $home/alertmanager.yml, which clusters with nobody.
start_alertmanager() { # PORT
    command -v prometheus-alertmanager >/dev/null ||
        die "there is no prometheus-alertmanager; install it with apt"
    rm -rf "$home/alertmanager"
    prometheus-alertmanager --config.file="$home/alertmanager.yml" --storage.path="$home/alertmanager" \
        --web.listen-address="127.0.0.1:$1" --cluster.listen-address= --log.level=warn \
        >"$home/alertmanager.log" 2>&1 &
    pids+=($!)
    await Alertmanager "$home/alertmanager.log" curl -fsS "http://127.0.0.1:$1/-/ready"
}

# What follows needs `run`, a run that is open, and `follower`, the process that follows it.
as() { # PERSON VERB…: what a person does, shown as they would type it
    local person=$1
    shift
    printf '%s$ drillctl %s\n' "$person" "$*"
    "$bin/drillctl" "$@" --as "$person" || echo "($person was told no)"
}

has() { "$bin/drillctl" timeline "$run" 2>/dev/null | grep -q -- "$1"; }

await_event() { # WORDS SECONDS
    local left=$(($2 * 5))
    until has "$1"; do
        [ $((left -= 1)) -gt 0 ] || die "run $run never said '$1'; see $home/drilld.log"
        kill -0 "$follower" 2>/dev/null || die "run $run ended before it said '$1'"
        sleep 0.2
    done
}

# The commander declares all clear, and is told no as long as a probe has not held or a page is not acknowledged.
declare_clear() { # SECONDS REASON
    local left=$(($1 * 2)) said=''
    until said=$("$bin/drillctl" clear "$run" --reason "$2" --as lead-1 2>&1); do
        [ $((left -= 1)) -gt 0 ] || die "run $run was never clear: $said"
        kill -0 "$follower" 2>/dev/null || return 0
        sleep 0.5
    done
    printf 'lead-1$ drillctl clear %s --reason "%s"\n%s\n' "$run" "$2" "$said"
}
