# SIGKILL of the agent with a live fault: the next agent takes it over and reverts it when asked

start_drilld lasting
live_fault
on systemctl kill --signal=KILL drill-agent
on drillctl halt --reason "system test" >&2 || true
fault_gone 20
expect "the agent is back" on_sh 'systemctl is-active -q drill-agent || systemctl is-active -q drill-agent.socket'
eventually "it owes nothing" 15 drillctl faults
ledger_is_whole
pass
