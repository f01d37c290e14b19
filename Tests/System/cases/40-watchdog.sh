# a daemon that stands still is restarted by the watchdog, and its fault is reverted

start_drilld lasting
on_sh 'mkdir -p /etc/systemd/system/drilld.service.d &&
    printf "[Service]\nWatchdogSec=3s\n" >/etc/systemd/system/drilld.service.d/test.conf &&
    systemctl daemon-reload && systemctl restart drilld'
live_fault
restarts=$(on systemctl show -P NRestarts drilld)
on systemctl kill --signal=STOP drilld
eventually "the watchdog restarts it" 20 sh -c "[ \$(systemctl show -P NRestarts drilld) -gt $restarts ]"
fault_gone 15
eventually "it is active again" 15 systemctl is-active --quiet drilld
ledger_is_whole
pass
