# with daemon and agent frozen and systemd reloading without a pause, a fault still goes at its deadline

start_drilld brief
live_fault
eventually "the injection is over" 10 sh -c 'drillctl timeline probe-1 | grep -q "fault sign injected"'
began=$(now_ms)
on systemctl kill --signal=STOP drilld drill-agent
storm
fault_gone 15
took=$(($(now_ms) - began))
calm
on systemctl kill --signal=CONT drilld drill-agent || true
[ "$took" -lt 9000 ] || fail "a fault of 6s was there for ${took}ms"
eventually "drilld is active" 15 systemctl is-active --quiet drilld
ledger_is_whole
pass "gone after ${took}ms of at most 6000ms and its revert"
