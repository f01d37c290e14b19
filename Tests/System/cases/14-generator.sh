# the generator plans timers at boot and at daemon-reload, and a broken calendar takes no other with it

on test -x /usr/lib/systemd/system-generators/drilld-generator || skip "drilld-generator is not installed"
give_content
calendar night quick timer 'Tue *-*-01..07 14:00 Europe/Berlin'
calendar daemon-drill quick daemon daily
machine reboot >/dev/null
expect "the timer waits" on systemctl is-active --quiet drill@night.timer
expect "the daemon's drill has none" on_sh '! systemctl is-active --quiet drill@daemon-drill.timer'
next=$(on systemctl show -P NextElapseUSecRealtime drill@night.timer)
wanted=$(on systemd-analyze calendar --iterations=1 'Tue *-*-01..07 14:00 Europe/Berlin' |
    sed -n 's/.*(in UTC): //p; s/.*Next elapse: //p' | tail -n 1)
expect_equal "the next elapse" "$next" "$wanted"
verified=$(on systemd-analyze verify --man=no /run/systemd/generator/drill@night.timer 2>&1 | grep -v 'not executable' || true)
expect_equal "the timer verifies" "$verified" ""

on_sh 'printf "[Drill broken\n" >/etc/drilld/calendars/broken.calendar'
calendar noon quick timer 'Mon 12:00'
on systemctl daemon-reload
expect "a new timer is planned" on test -e /run/systemd/generator/drill@noon.timer
expect "the old one stays" on systemctl is-active --quiet drill@night.timer
on rm /etc/drilld/calendars/night.calendar
on systemctl daemon-reload
expect "a removed drill has no timer file" on test ! -e /run/systemd/generator/drill@night.timer

micros=$(on_sh 's=$(date +%s%N); for i in 1 2 3 4 5; do mkdir -p /run/g;
    /usr/lib/systemd/system-generators/drilld-generator /run/g /run/g /run/g 2>/dev/null; done;
    echo $((($(date +%s%N) - s) / 5000))')
pass "$((micros / 1000))ms a run"
