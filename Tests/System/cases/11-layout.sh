# make install lays everything out, and boot makes the user, the groups and the folders

for path in lib/systemd/system/drilld.service lib/systemd/system/drill-revert@.service \
    lib/systemd/catalog/drilld.catalog lib/sysusers.d/drilld.conf lib/tmpfiles.d/drilld.conf; do
    expect "/usr/$path is installed" on test -f "/usr/$path"
done
expect "no placeholder is left" on_sh '! grep -rq "@PREFIX@" /usr/lib/systemd/system/drill*'
expect "the user exists" on id drilld
expect "the user is in the operators' group" on_sh 'id -nG drilld | grep -qw drill'
expect_equal "the runtime folder" "$(on stat -c '%U:%G %a' /run/drilld)" "root:root 755"
expect_equal "the state folder" "$(on stat -c '%U:%G %a' /var/lib/drilld)" "drilld:drilld 750"
on journalctl --update-catalog
id=$(on sed -n 's/^-- \([0-9a-f]\{32\}\)$/\1/p' /usr/lib/systemd/catalog/drilld.catalog | head -n 1)
expect "the catalog is understood" on_sh "journalctl --dump-catalog $id | grep -q 'Defined-By: drilld'"
pass
