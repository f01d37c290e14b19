# drilld.service becomes active, says so, restarts and stops in good order

start_drilld quick
expect_equal "its state" "$(on systemctl show -P SubState drilld)" running
expect "it has a STATUS line that names the next drill" \
    on_sh 'systemctl show -P StatusText drilld | grep -q "next: probe at .*2099-01-01"'
expect_equal "its user" "$(on_sh 'stat -c %U /proc/$(systemctl show -P MainPID drilld)')" drilld
expect "READY is in the journal" on_sh "journalctl -q -u drilld MESSAGE_ID=$(message_id 'drilld is ready') | grep -q ."
expect "drillctl reaches it" on drillctl status
expect "the drill is listed" on_sh 'drillctl list | grep -q probe'
expect "a stranger may not arm" on_sh 'useradd stranger && ! setpriv --reuid=stranger --clear-groups drillctl arm target 2>/dev/null'
expect "an operator may" on_sh 'useradd -U -G drill on-call && setpriv --reuid=on-call --regid=on-call --init-groups drillctl disarm target'
expect "it restarts" on systemctl restart drilld
expect "it stops" on systemctl stop drilld
expect_equal "its result" "$(on systemctl show -P Result drilld)" success
expect "a request starts it again" on drillctl status
ledger_is_whole
pass "$(on_sh 'awk "/^VmRSS/ { print int(\$2 / 1024) }" /proc/$(systemctl show -P MainPID drilld)/status') MB resident"
