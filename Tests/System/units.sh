#!/bin/bash
# Checks the unit set without booting anything: systemd-analyze verify, and the exposure of the services.
set -uo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
make -s -C "$project" install-units DESTDIR="$stage" PREFIX=/usr || exit 1
mkdir -p "$stage/usr/bin" "$stage/usr/lib/drilld" "$stage/bin"
for program in bin/drilld bin/drillctl lib/drilld/drill-agent; do
    install -m 0755 /bin/true "$stage/usr/$program"
done
install -m 0755 /bin/true "$stage/bin/kill"
# The targets that our units refer to.
cp -an /usr/lib/systemd/system/*.target /usr/lib/systemd/system/*.slice "$stage/usr/lib/systemd/system/"
failed=0

check() { # WHAT COMMAND...
    local what=$1 output
    shift
    if output=$("$@" 2>&1) && [ -z "$output" ]; then echo "ok      $what"; return; fi
    echo "not ok  $what"
    printf '%s\n' "$output" | sed 's/^/        /'
    failed=1
}

verify() { systemd-analyze verify --root="$stage" --man=no --recursive-errors=no "$1" 2>&1 >/dev/null; }

exposure() { # SERVICE HIGHEST-IN-TENTHS
    local line
    line=$(systemd-analyze security --offline=true --no-pager --threshold="$2" \
        "$stage/usr/lib/systemd/system/$1" 2>&1) && return
    printf '%s\n' "$line" | tail -n 1
    return 1
}

for unit in drilld.service drilld.socket drilld-console.socket drill-agent.service drill-agent.socket \
    drilld-recover.service drill-revert@fault.service drill@name.service; do
    check "verify $unit" verify "$unit"
done
check "exposure of drilld.service at most 1.5" exposure drilld.service 15
check "exposure of drill-agent.service at most 2.0" exposure drill-agent.service 20
check "exposure of drill@.service at most 1.5" exposure drill@.service 15
check "the console is off unless somebody enables it" sh -c \
    "! grep -rhE '^(Also|Wants|Requires|Sockets)=.*drilld-console' '$stage/usr/lib/systemd/system'"
exit $failed
