# a reload with a broken calendar keeps the old one, and says so

start_drilld quick
on_sh 'cp /etc/drilld/calendars/probe.calendar /root/good &&
    printf "[Drill probe\nOnCalendar=never\n" >/etc/drilld/calendars/probe.calendar'
on systemctl reload drilld || true
eventually "the journal tells of it" 10 \
    sh -c "journalctl -q MESSAGE_ID=$(message_id 'A calendar has errors') | grep -q ."
expect "it is still active" on systemctl is-active --quiet drilld
expect "the old drill is still planned" on_sh 'drillctl list | grep -q probe'
expect "verify exits 78" on_sh 'drillctl verify >/dev/null 2>&1; [ $? = 78 ]'
on_sh 'sed s/2099/2098/ /root/good >/etc/drilld/calendars/probe.calendar'
on systemctl reload drilld
eventually "the repaired calendar is in force" 10 sh -c 'drillctl list | grep -q 2098'
pass
