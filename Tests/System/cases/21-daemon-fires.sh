# a drill that comes due in the daemon's agenda runs and closes with a scorecard

start_drilld quick
calendar due quick daemon "$(in_seconds 6)"
on systemctl reload drilld
eventually "the fault is injected" 20 sh -c 'drillctl timeline due-1 | grep -q injected'
eventually "the run is closed" 90 sh -c 'drillctl timeline due-1 | grep -q closed'
fault_gone 5
expect "it has a scorecard" on_sh 'drillctl scorecard due-1 | grep -q .'
expect "its archive is there" on_sh 'ls /var/lib/drilld/archive/*/*/due-1/scorecard.txt'
ledger_is_whole
pass
