# a fault that three reverts cannot take back: a person is paged once, over a restart too

start_drilld lasting
on_sh 'cat >/etc/drilld/scenarios/hooks/nod' <<'HOOK'
#!/bin/sh
[ -z "${DRILL_PAGE_TEXT:-}" ] || echo "$DRILL_PAGE_TO: $DRILL_PAGE_TEXT" >>/srv/target/pages
HOOK
live_fault
on touch /srv/target/stuck
on drillctl abort probe-1 --reason "system test" >&2 || fail "the run cannot be aborted"
eventually "a person is paged" 30 grep -q '^sre-1: \[LEAKED probe-1.sign\] SEV-1 ' /srv/target/pages
closed_as probe-1 leaked 30
expect "the fault is LEAKED, exit 5" on_sh 'drillctl faults | grep -q LEAKED; drillctl faults >/dev/null; [ $? = 5 ]'
expect "the target is barred" on_sh 'drillctl run probe 2>/dev/null; [ $? = 3 ]'
on systemctl restart drilld
# The start makes another attempt, which fails like those before.
eventually "drilld is active again" 15 systemctl is-active --quiet drilld
on_sh 'drillctl revert probe-1.sign 2>/dev/null; [ $? = 1 ]' || fail "the revert does not fail"
on rm /srv/target/stuck
on drillctl revert probe-1.sign >&2 || fail "the fault cannot be taken back"
fault_gone 10
nothing_holds
expect_equal "pages about the fault" "$(on grep -c LEAKED /srv/target/pages)" 1
ledger_is_whole
pass
