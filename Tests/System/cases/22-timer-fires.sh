# a drill that a timer fires runs as drill@.service, whose result is the drill's

start_drilld quick
calendar due quick timer "$(in_seconds 8)"
on systemctl daemon-reload
on systemctl reload drilld
expect "list-timers shows it" on_sh 'systemctl list-timers --all | grep -q drill@due.timer'
on systemctl start drill@due.timer
eventually "the drill has ended" 90 sh -c 'drillctl timeline due-1 | grep -q closed'
eventually "its unit has ended" 10 sh -c '[ "$(systemctl show -P ActiveState drill@due)" != activating ]'
expect_equal "the unit's result" "$(on systemctl show -P Result drill@due)" success
fault_gone 5
expect "it has a scorecard" on_sh 'drillctl scorecard due-1 | grep -q .'
ledger_is_whole
pass "exit status $(on systemctl show -P ExecMainStatus drill@due)"
