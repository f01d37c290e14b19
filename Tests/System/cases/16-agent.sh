# the agent starts on demand in its sandbox, answers to drilld alone, and comes back when it is killed

needs drill-agent
on systemctl enable --quiet --now drill-agent.socket drilld-recover.service
on systemctl start drill-agent
expect_equal "its state" "$(on systemctl show -P SubState drill-agent)" running
first=$(on systemctl show -P MainPID drill-agent)
on systemctl kill --kill-whom=main --signal=KILL drill-agent
eventually "it is back" 5 sh -c "systemctl is-active -q drill-agent && [ \$(systemctl show -P MainPID drill-agent) != $first ]"
expect "it lists nothing" on_sh '[ -z "$(/usr/lib/drilld/drill-agent list)" ]'
expect "a revert of nothing is done" on systemctl start drill-revert@nothing-1.latency
expect "no network" on_sh 'test $(nsenter -n -t $(systemctl show -P MainPID drill-agent) ls /sys/class/net | wc -l) -le 1'
on_sh 'useradd stranger 2>/dev/null || true
    ! setpriv --reuid=stranger --clear-groups curl -s --unix-socket /run/drilld/agent.sock http://x' ||
    fail "a stranger may talk to the agent"

# A damaged record may stand for a fault, so it is never dropped and the boot keeps trying.
on_sh 'mkdir -p /var/lib/drilld/armed && echo "{" >/var/lib/drilld/armed/lost-1.latency.json'
machine reboot >/dev/null
eventually "the boot tried to revert it" 10 sh -c 'journalctl -b -q -u drilld-recover | grep -q lost-1.latency'
eventually "it is tried again" 10 sh -c '[ $(systemctl show -P NRestarts drilld-recover) -ge 1 ]'
expect "the record is still there" on test -e /var/lib/drilld/armed/lost-1.latency.json
expect "the boot went on" on systemctl is-active --quiet multi-user.target
pass
