# the sockets are there after the boot, each for those it is meant for

on systemctl enable --quiet --now drilld.socket drill-agent.socket
machine reboot >/dev/null
expect_equal "the API's socket" "$(on stat -c '%F %U:%G %a' /run/drilld/api.sock)" "socket root:drill 660"
expect_equal "the agent's socket" "$(on stat -c '%F %U:%G %a' /run/drilld/agent.sock)" "socket root:drilld 660"
on systemctl stop drilld.socket drill-agent.socket
expect "a stopped socket leaves no file" on_sh '! ls /run/drilld/*.sock 2>/dev/null'
pass
