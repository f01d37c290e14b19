# a power cut with a live fault: it is reverted before basic.target of the next boot

start_drilld lasting
live_fault
machine powercut >/dev/null
expect "the fault is gone after the boot" on test ! -e /srv/target/fault-sign
expect "the boot recovered it" on_sh 'journalctl -b -q -u drilld-recover | grep -q "probe-1.sign: reverted and verified"'
recovered=$(on systemctl show -P ExecMainExitTimestampMonotonic drilld-recover)
basic=$(on systemctl show -P ActiveEnterTimestampMonotonic basic.target)
[ "$recovered" -gt 0 ] && [ "$recovered" -lt "$basic" ] || fail "basic.target did not wait: $recovered, $basic"
fault_gone 1
eventually "drilld is active" 15 systemctl is-active --quiet drilld
closed_as probe-1 aborted 20
ledger_is_whole
began=$(on systemctl show -P ExecMainStartTimestampMonotonic drilld-recover)
pass "reverted and verified in $(((recovered - began) / 1000))ms of the boot"
