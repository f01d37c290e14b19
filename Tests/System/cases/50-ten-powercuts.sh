# ten power cuts at random moments around an injection leave no fault and no broken ledger
# DRILLD_SEED repeats the moments. Odd cuts count from the start of the run, even ones from the fault.

seed=${DRILLD_SEED:-$RANDOM}
RANDOM=$seed
start_drilld lasting
live=0 moments=
for cut in 1 2 3 4 5 6 7 8 9 10; do
    milliseconds=$((RANDOM * 1500 / 32768))
    on systemd-run --quiet --collect drillctl run probe
    if ((cut % 2 == 0)); then
        eventually "the fault begins before cut $cut" 20 test -e /srv/target/fault-sign
    fi
    sleep "$(awk -v ms=$milliseconds 'BEGIN { print ms / 1000 }')"
    at=idle
    if on test -s /srv/target/fault-sign; then live=$((live + 1)) at=live; fi
    moments+=" $milliseconds/$at"
    machine powercut >/dev/null
    expect "no fault is left by cut $cut ($milliseconds ms, seed $seed)" on test ! -e /srv/target/fault-sign
    fault_gone 1
    eventually "drilld is active after cut $cut" 20 systemctl is-active --quiet drilld
    no_open_run 20
    ledger_is_whole
done
[ "$live" -ge 5 ] || fail "only $live cuts met a live fault (seed $seed)"
pass "$live of 10 met a live fault, seed $seed, at$moments (ms)"
