# the installed programs run with nothing but what the system has

needs drilld drillctl drill-agent
for program in /usr/bin/drilld /usr/bin/drillctl /usr/lib/drilld/drill-agent; do
    expect "$program finds its libraries" on_sh "! ldd $program | grep 'not found'"
done
expect "drillctl answers without a daemon" on drillctl calendar --iterations=1 daily
pass
