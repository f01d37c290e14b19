# ten power cuts at random moments around an injection leave no fault and no broken ledger

seed=${DRILLD_SEED:-$RANDOM}
RANDOM=$seed
start_drilld lasting
live=0
for cut in 1 2 3 4 5 6 7 8 9 10; do
    eventually "drilld is active before cut $cut" 20 systemctl is-active --quiet drilld
    on drillctl arm target >&2 || fail "the target cannot be armed before cut $cut"
    on systemd-run --quiet --collect drillctl run --wait probe
    sleep "$(awk -v r=$RANDOM 'BEGIN { printf "%.3f", r / 32768 * 1.5 }')"
    on test ! -e /srv/target/fault-sign || live=$((live + 1))
    machine powercut >/dev/null
    fault_gone 15
    eventually "drilld is active after cut $cut" 20 systemctl is-active --quiet drilld
    ledger_is_whole
done
[ "$live" -gt 0 ] || fail "no cut met a live fault (seed $seed)"
pass "$live of 10 cuts met a live fault, seed $seed"
