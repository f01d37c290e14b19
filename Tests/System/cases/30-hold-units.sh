# a hold unit and its second clock fire on time while systemd reloads without a pause
# The mechanics of docs/hooks.md, with plain systemd units and a revert that only writes the time down.

on_sh 'cat >/usr/local/bin/note-revert; chmod 755 /usr/local/bin/note-revert' <<'EOF'
#!/bin/sh
echo "$1 $(date +%s%3N)" >>/var/tmp/reverts
EOF
on_sh 'cat >/run/systemd/system/note-revert@.service; systemctl daemon-reload' <<'EOF'
[Unit]
StartLimitIntervalSec=0
[Service]
Type=oneshot
Restart=on-failure
RestartSec=100ms
ExecStart=/bin/sh -c 'echo try >>/var/tmp/tries-%i; test $(wc -l </var/tmp/tries-%i) -ge 4'
ExecStart=/usr/local/bin/note-revert %i
EOF

daemon() {
    on systemd-run --quiet --unit=stand-in --property=Restart=always --property=RestartSec=1ms sleep 3600
}
hold() { # ID SECONDS
    on systemd-run --quiet --unit="drill-fault-$1" --service-type=exec --collect \
        --property=RuntimeMaxSec="$2" --property=TimeoutStopSec=5 \
        --property=BindsTo=stand-in.service --property=After=stand-in.service \
        --property="ExecStopPost=/usr/local/bin/note-revert $1" sleep infinity
}
second_clock() { # ID MILLISECONDS-SINCE-EPOCH
    on systemd-run --quiet --unit="drill-clock-$1" --timer-property=AccuracySec=1us \
        --on-calendar="$(date -u -d "@$(($2 / 1000)).$(printf %03d $(($2 % 1000)))" \
            '+%F %T.%3N') UTC" --property=Type=oneshot systemctl start --no-block "note-revert@$1"
}
reverted_at() { on awk -v id="$1" '$1 == id { print $2; exit }' /var/tmp/reverts; }
reverted() { on grep -q "^$1 " /var/tmp/reverts; }

daemon

storm
armed=$(now_ms)
hold deadline 3
second_clock clock $((armed + 3000))
eventually "the hold unit reverts at its deadline" 10 grep -q '^deadline ' /var/tmp/reverts
eventually "the second clock reverts, at the fourth try" 20 grep -q '^clock ' /var/tmp/reverts
calm
late=$(($(reverted_at deadline) - armed - 3000))
[ "$late" -ge -50 ] && [ "$late" -lt 1500 ] || fail "the hold unit reverted ${late}ms after its deadline"
clock_late=$(($(reverted_at clock) - armed - 3000))
[ "$clock_late" -ge 0 ] && [ "$clock_late" -lt 6000 ] || fail "the second clock was ${clock_late}ms late"

hold killed 600
on systemctl kill --signal=KILL stand-in
eventually "a killed daemon takes its faults along" 5 grep -q '^killed ' /var/tmp/reverts
eventually "the daemon is back" 5 systemctl is-active --quiet stand-in

hold hold-killed 600
on systemctl kill --kill-whom=main --signal=KILL drill-fault-hold-killed
eventually "a killed hold unit reverts" 5 grep -q '^hold-killed ' /var/tmp/reverts

hold reboot 600
machine reboot >/dev/null
expect "an orderly reboot reverts" reverted reboot

on systemd-run --quiet --unit=stand-in sleep 3600
hold powercut 600
second_clock powercut-clock $(($(now_ms) + 600000))
machine powercut >/dev/null
! reverted powercut || fail "a power cut cannot have reverted"
left=$(on systemctl list-units --all --no-legend 'drill-fault-*' 'drill-clock-*')
expect_equal "transient units after a power cut" "$left" ""

pass "deadline ${late}ms late, second clock ${clock_late}ms with three failed tries"
