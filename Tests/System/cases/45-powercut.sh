# a power cut with a live fault: it is reverted before basic.target of the next boot

start_drilld lasting
live_fault
machine powercut >/dev/null
fault_gone 10
expect "the boot recovered it" on_sh 'journalctl -b -q -u drilld-recover | grep -q .'
eventually "drilld is active" 15 systemctl is-active --quiet drilld
ledger_is_whole
pass
