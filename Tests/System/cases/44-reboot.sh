# an orderly reboot with a live fault leaves none behind

start_drilld lasting
live_fault
machine reboot >/dev/null
fault_gone 1
eventually "drilld is active" 15 systemctl is-active --quiet drilld
closed_as probe-1 aborted 20
ledger_is_whole
pass
