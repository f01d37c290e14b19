# a drill that a timer fires runs as drill@.service, whose result is the drill's

start_drilld quick
calendar due quick timer "$(in_seconds 8)"
on systemctl daemon-reload
on systemctl reload drilld
on systemctl start timers.target
expect "list-timers shows it" on_sh 'systemctl list-timers | grep -q drill@due.timer'
eventually "the run has begun" 20 sh -c 'drillctl timeline due-1 | grep -q opened'
expect_equal "what runs it" "$(on systemctl show -P ActiveState drill@due)" activating
closed_as due-1 completed 60
eventually "its unit has ended" 10 sh -c '[ "$(systemctl show -P ActiveState drill@due)" != activating ]'
wanted=$(on_sh 'drillctl scorecard due-1 >/dev/null; echo $?')
expect_equal "the unit's exit status" "$(on systemctl show -P ExecMainStatus drill@due)" "$wanted"
expect_equal "the unit's result" "$(on systemctl show -P Result drill@due)" success
fault_gone 5
ledger_is_whole

on_sh 'drillctl halt --reason "system test"' >&2
on systemctl start drill@due >&2 && fail "the unit of a refused drill has not failed"
expect_equal "its exit status then" "$(on systemctl show -P ExecMainStatus drill@due)" 3
pass
