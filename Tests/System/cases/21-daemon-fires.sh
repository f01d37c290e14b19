# a drill that comes due in the daemon's agenda runs and closes with a scorecard, told in the journal

start_drilld quick
calendar due quick daemon "$(in_seconds 6)"
on systemctl reload drilld
eventually "the fault is injected" 20 sh -c 'drillctl timeline due-1 | grep -q "fault sign injected"'
closed_as due-1 completed 60
fault_gone 5
expect "it has a scorecard" on_sh 'drillctl scorecard due-1 | grep -q .'
expect "its archive is there" on_sh 'ls /var/lib/drilld/archive/*/*/due-1/scorecard.txt'
on journalctl --update-catalog
told=$(on journalctl -q --catalog --no-pager DRILL_RUN=due-1)
for heading in 'Run due-1 of drill due has begun' 'Fault due-1.sign is in place on target' \
    'Fault due-1.sign is gone from target' 'Run due-1 of drill due has ended: completed'; do
    grep -q "Subject: $heading" <<<"$told" || fail "the journal does not say '$heading'"
done
ledger_is_whole
lag=$(on drillctl timeline due-1 --json | tr -d ' \n' | grep -o '"wall":[0-9]*' | head -n 1 | cut -d: -f2)
due=$(on_sh "date -u -d \"\$(sed -n 's/^OnCalendar=//p' /etc/drilld/calendars/due.calendar)\" +%s")
pass "opened $(((lag - due * 1000000) / 1000))ms after it was due"
