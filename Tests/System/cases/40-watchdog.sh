# a daemon that stands still is restarted by the watchdog, its fault reverted and its run closed

start_drilld lasting
on_sh 'mkdir -p /etc/systemd/system/drilld.service.d &&
    printf "[Service]\nWatchdogSec=3s\n" >/etc/systemd/system/drilld.service.d/test.conf &&
    systemctl daemon-reload && systemctl restart drilld'
live_fault
restarts=$(on systemctl show -P NRestarts drilld)
on systemctl kill --kill-whom=main --signal=STOP drilld
stopped=$(now_ms)
fault_gone 20
took=$(($(now_ms) - stopped))
eventually "the watchdog restarted it" 10 sh -c "[ \$(systemctl show -P NRestarts drilld) -gt $restarts ]"
expect "it was the watchdog" on_sh 'journalctl -q -u drilld | grep -qi "watchdog timeout"'
eventually "it is active again" 15 systemctl is-active --quiet drilld
closed_as probe-1 aborted 20
ledger_is_whole
pass "gone after ${took}ms, with WatchdogSec=3s"
