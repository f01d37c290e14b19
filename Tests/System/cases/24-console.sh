# the console is off until its socket is enabled, and then a one-time link leads into it

start_drilld quick
expect "nobody listens before" on_sh '! curl -s http://127.0.0.1:8643/'
expect "drillctl console says how to turn it on" \
    on_sh '! drillctl console 2>/tmp/said && grep -q "drilld-console.socket" /tmp/said'
expect "the daemon stops" on systemctl stop drilld
expect "the socket is enabled" on systemctl enable --quiet --now drilld-console.socket
expect "the daemon starts with it" on systemctl start drilld
visit() { # PATH: the head of the answer
    on curl -sS -o /dev/null -D - "http://127.0.0.1:8643$1" | tr -d '\r'
}
expect "without a session the door is closed" grep -q '^HTTP/1.1 401' <(visit /now)
link=$(on drillctl console 2>/dev/null | tr -d '\r')
expect "the link is on loopback" grep -q '^http://127.0.0.1:8643/enter?token=' <<<"$link"
entered=$(visit "${link#http://127.0.0.1:8643}")
expect "it leads in" grep -q '^HTTP/1.1 303' <<<"$entered"
expect "with a cookie that scripts cannot read" grep -qi '^set-cookie: .*HttpOnly.*SameSite=Strict' <<<"$entered"
expect "once" grep -q '^HTTP/1.1 40[13]' <(visit "${link#http://127.0.0.1:8643}")
expect "the API is not there" grep -q '^HTTP/1.1 40[14]' <(visit /v1/status)
pass
