# SIGKILL of drilld with a live fault: the fault goes, the daemon comes back and closes its run

start_drilld lasting
live_fault
on systemctl kill --signal=KILL drilld
killed=$(now_ms)
fault_gone 15
took=$(($(now_ms) - killed))
eventually "drilld is back" 15 systemctl is-active --quiet drilld
closed_as probe-1 aborted 20
eventually "it owes nothing" 15 drillctl faults
nothing_holds
ledger_is_whole
pass "gone after ${took}ms"
