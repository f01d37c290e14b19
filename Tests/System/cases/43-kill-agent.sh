# SIGKILL of the agent with a live fault: the fault stays held, the next agent reverts it when asked

start_drilld lasting
live_fault
on systemctl kill --signal=KILL drill-agent
expect "the fault is still held" on systemctl is-active --quiet drill-fault-probe-1.sign
eventually "the agent is back" 10 systemctl is-active --quiet drill-agent
on drillctl halt --reason "system test" >&2 || fail "the lever cannot be pulled"
fault_gone 20
closed_as probe-1 '' 20
eventually "it owes nothing" 15 drillctl faults
nothing_holds
ledger_is_whole
pass
