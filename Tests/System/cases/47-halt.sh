# the HALT lever reverts all, and holds across a reboot until it is released

start_drilld lasting
live_fault
pulled=$(now_ms)
on drillctl halt --reason "system test" >&2 || fail "the lever cannot be pulled"
fault_gone 5
took=$(($(now_ms) - pulled))
closed_as probe-1 halted 20
nothing_holds
expect "a run is refused" on_sh 'drillctl run probe 2>/dev/null; [ $? = 3 ]'
machine reboot >/dev/null
eventually "drilld is active" 15 systemctl is-active --quiet drilld
expect "its STATUS says HALT" on_sh 'systemctl show -P StatusText drilld | grep -q HALT'
expect "a run is refused after a reboot" on_sh 'drillctl run probe 2>/dev/null; [ $? = 3 ]'
on drillctl release --reason "the test is over" >&2 || fail "the lever cannot be released"
live_fault
on drillctl abort probe-2 --reason "system test" >&2 || fail "the run cannot be aborted"
fault_gone 5
closed_as probe-2 aborted 20
ledger_is_whole
pass "gone after ${took}ms"
