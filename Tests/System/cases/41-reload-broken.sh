# a reload with a broken calendar keeps the old one, and says so

start_drilld quick
on_sh 'cp /etc/drilld/calendars/probe.calendar /root/good &&
    printf "[Drill probe\nOnCalendar=never\n" >/etc/drilld/calendars/probe.calendar'
on systemctl reload drilld || true
id=$(on_sh 'grep -B1 "^Subject: A calendar has errors" /usr/lib/systemd/catalog/drilld.catalog' | sed -n 's/^-- //p')
eventually "the journal tells of it" 10 sh -c "journalctl -q MESSAGE_ID=$id | grep -q ."
expect "it is still active" on systemctl is-active --quiet drilld
expect "the old drill is still planned" on_sh 'drillctl list | grep -q probe'
expect "verify exits 78" on_sh 'drillctl verify >/dev/null 2>&1; [ $? = 78 ]'
on_sh 'sed s/2099/2098/ /root/good >/etc/drilld/calendars/probe.calendar'
on systemctl reload drilld
eventually "the repaired calendar is in force" 10 sh -c 'drillctl list | grep -q 2098'
pass
