#!/bin/sh
# README's operator chapter, walked line by line on the package in a bare Debian that systemd-nspawn boots: install, first index
# by the timer, nights good and bad with their mail, cron, backup and restore, upgrade, remove, purge. By hand, as root; needs
# systemd-container and debootstrap, and a network for Debian's packages. Five minutes.
# usage: walk.sh PACKAGE.deb
# shellcheck disable=SC2016
set -eu
checkout=$(cd "$(dirname "$0")/../.." && pwd)
package=$(readlink -f "$1")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dateline-walk.tar
work=$(mktemp -d)
root=$work/root
mkdir -m 755 "$root"
nspawn=''

cleanup() {
  if [ -n "$nspawn" ]; then
    kill -TERM "$nspawn" 2>/dev/null || true
    wait "$nspawn" 2>/dev/null || true
  fi
  rm -rf --one-file-system "$work"
}
trap cleanup EXIT

# The bare Debian, kept for the next walk.
if [ ! -f "$cache" ]; then
  mirror=$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | grep -E '^(URIs:|deb )' | grep -oE '(https?|file)://[^ ]*' | head -n 1)
  debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,cron,zsh,bash-completion,man-db,adduser,sudo bookworm "$root" "$mirror" >"$work/log" 2>&1 ||
    { tail "$work/log" >&2; exit 1; }
  mkdir -p "$(dirname "$cache")"
  tar -C "$root" -cf "$cache" .
else
  tar -C "$root" -xf "$cache"
fi
rm -f "$root/etc/machine-id"
cp /etc/apt/apt.conf.d/* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true

# Two versions of the package, an archive, and a sendmail that keeps what it gets.
mkdir "$root/walk"
cp "$package" "$root/walk/dateline.deb"
dpkg-deb -R "$package" "$work/newer"
sed -i 's/^Version: .*/Version: 99.0-1/' "$work/newer/DEBIAN/control"
dpkg-deb --root-owner-group -b "$work/newer" "$root/walk/newer.deb" >/dev/null
cp -r "$checkout/data/sample" "$root/walk/sample"
rm -f "$root/walk/sample/README.md"
cp -r "$checkout/tests/data/index_schema_4" "$root/walk/schema_4"
printf '#!/bin/sh\ncat >>/var/mail/walk\n' >"$root/usr/sbin/sendmail"
chmod 755 "$root/usr/sbin/sendmail"
chmod 1777 "$root/var/mail"  # cron sends mail as the user of its line

systemd-nspawn --quiet --directory="$root" --boot --register=no --keep-unit --machine=datelinewalk --resolv-conf=copy-host </dev/null >"$work/boot.log" 2>&1 &
nspawn=$!
tries=0
until leader=$(ps -o pid= --ppid "$nspawn" | tr -d ' ') && [ -n "$leader" ] && [ -e "/proc/$leader/root/run/dbus/system_bus_socket" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || { tail "$work/boot.log" >&2; echo 'walk: the container does not boot here' >&2; exit 1; }
  sleep 1
done

inside() {
  nsenter -t "$leader" -m -u -i -n -p -r -w env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive sh -c "$1"
}
# check WHAT COMMAND: COMMAND ends well inside.
check() {
  if inside "$2" >"$work/out" 2>&1; then echo "ok      $1"; else
    { echo "FAILED  $1: $2"; tail -n 20 "$work/out"; } | tee -a "$work/failures"
  fi
}
# says WHAT COMMAND WORDS: COMMAND, however it ends, prints WORDS.
says() {
  inside "$2" >"$work/out" 2>&1 || true
  if grep -qF -e "$3" "$work/out"; then echo "ok      $1"; else
    { echo "FAILED  $1: not \"$3\" from $2"; tail -n 20 "$work/out"; } | tee -a "$work/failures"
  fi
}
conf() { printf '%s\n' "$@" >"$root/etc/dateline/nightly.conf"; }
articles() { echo "dateline-index --db $1 --stats --json | grep -q '\"articles\": *$2[,}]'"; }
default_db=/var/lib/dateline/news.db

inside 'echo 127.0.1.1 $(hostname) >>/etc/hosts'
echo '== install'
check 'the system is up' 'systemctl is-system-running --wait || systemctl is-system-running | grep -q degraded'
check 'apt installs the package' 'apt-get update -q && apt-get install -qy --no-install-recommends /walk/dateline.deb'
check 'user and folder' '[ "$(stat -c "%U %G %a" /var/lib/dateline)" = "dateline dateline 755" ]'
check 'the timer is off' '! systemctl is-enabled -q dateline-index.timer && ! systemctl is-active -q dateline-index.timer'
check 'systemd has nothing to say against the units' '[ -z "$(systemd-analyze verify dateline-index.service dateline-index.timer 2>&1 | grep dateline)" ]'
check 'exposure below 3' 'systemd-analyze security --threshold=29 dateline-index.service'
check 'manual pages' 'for page in dateline-index dateline-query dateline-query-language; do man -w $page || exit 1; done'
check 'bash completes' 'bash -ic ". /usr/share/bash-completion/bash_completion; __load_completion dateline-index; complete -p dateline-index"'
check 'zsh completes' 'zsh -c "autoload -Uz compinit; compinit -u; print \$_comps[dateline-index] \$_comps[dateline-query]" | grep -q "_dateline-index _dateline-query"'

echo '== the first index'
says 'no archive yet: the unit fails and says which' 'systemctl start dateline-index; systemctl is-failed dateline-index; journalctl -u dateline-index' '/srv/archive'
check 'it is a failure' 'systemctl is-failed -q dateline-index'
check 'an archive' 'cp -r /walk/sample /srv/archive'
check 'the timer starts the run' 'mkdir -p /etc/systemd/system/dateline-index.timer.d
  printf "[Timer]\nOnCalendar=\nOnActiveSec=1s\nAccuracySec=1s\nRandomizedDelaySec=0\n" >/etc/systemd/system/dateline-index.timer.d/walk.conf
  systemctl daemon-reload; systemctl enable --now dateline-index.timer
  for i in $(seq 60); do [ -e /var/lib/dateline/news.db/XAPIANDB ] && break; sleep 1; done
  while [ "$(systemctl is-active dateline-index)" = activating ]; do sleep 1; done; ! systemctl is-failed -q dateline-index
  rm /etc/systemd/system/dateline-index.timer.d/walk.conf; systemctl daemon-reload; systemctl restart dateline-index.timer'
check 'all 83 articles are in it' "$(articles $default_db 83)"
check 'somebody else searches it' "sudo -u nobody dateline-query --db $default_db --count treaty || sudo -u nobody dateline-query --db $default_db treaty"
check 'the summary' 'grep -q "\"documents\": *83" /var/lib/dateline/last-run.json'
says 'the journal' 'journalctl -u dateline-index' 'Finished'

echo '== a second night'
check 'an article more, one less' 'cp "$(find /srv/archive -name "*.txt" | head -n 1)" /srv/archive/new.txt && systemctl start dateline-index'
check '84 articles' "$(articles $default_db 84)"

echo '== nights that fail, and their mail'
check 'the mail unit as README says' 'cp /usr/share/doc/dateline/examples/dateline-mail@.service /etc/systemd/system/
  mkdir -p /etc/systemd/system/dateline-index.service.d
  printf "[Unit]\nOnFailure=dateline-mail@%%n.service\n" >/etc/systemd/system/dateline-index.service.d/override.conf; systemctl daemon-reload'
check 'a missing conf is a failure' 'mv /etc/dateline/nightly.conf /walk/; ! systemctl start dateline-index'
says 'and is mailed' 'sleep 2; cat /var/mail/walk' '/etc/dateline/nightly.conf: no such file'
says 'with a subject' 'cat /var/mail/walk' 'Subject: dateline-index.service failed'
check 'an incomplete conf likewise' 'rm -f /var/mail/walk; echo DATELINE_DB=/srv/x >/etc/dateline/nightly.conf; ! systemctl start dateline-index'
says 'and is mailed' 'sleep 2; cat /var/mail/walk' 'DATELINE_ARCHIVE names no folder'
check 'the archive is not mounted' 'rm -f /var/mail/walk; mv /walk/nightly.conf /etc/dateline/; mv /srv/archive /srv/away; ! systemctl start dateline-index'
says 'and is mailed' 'sleep 2; cat /var/mail/walk' '/srv/archive'
check 'nothing is lost' "mv /srv/away /srv/archive; rm -f /var/mail/walk; systemctl start dateline-index; [ ! -e /var/mail/walk ] && $(articles $default_db 84)"

for place in /home/ann /srv/news; do
  echo "== archive and database below $place"
  check 'folders' "mkdir -p $place && cp -r /walk/sample '$place/my archive' && install -d -o dateline -g dateline $place/db"
  conf "DATELINE_ARCHIVE=\"$place/my archive\"" "DATELINE_DB=$place/db/news.db"
  check 'a night' 'systemctl start dateline-index'
  check 'all articles' "$(articles $place/db/news.db 83)"
  check 'somebody else searches it' "sudo -u nobody dateline-query --db $place/db/news.db treaty"
  check 'who may read: a group, inherited' "addgroup --quiet readers 2>/dev/null; adduser --quiet dateline readers; chgrp readers $place/db/news.db && chmod 2750 $place/db/news.db &&
    echo 'DATELINE_OPTIONS=--rebuild' >>/etc/dateline/nightly.conf && systemctl start dateline-index && ! sudo -u nobody dateline-query --db $place/db/news.db treaty"
  check 'a member of the group searches it' "sudo -u nobody -g readers dateline-query --db $place/db/news.db treaty"
done
conf 'DATELINE_ARCHIVE=/srv/archive' "DATELINE_DB=$default_db" 'DATELINE_OPTIONS='

echo '== cron in place of systemd'
check 'timer off, the cron line' 'systemctl disable -q --now dateline-index.timer; rm -f /var/mail/walk /var/lib/dateline/last-run.json
  sed "s/^0 3/* */" /usr/share/doc/dateline/examples/dateline.cron >/etc/cron.d/dateline; cp /srv/archive/new.txt /srv/archive/newer.txt; systemctl restart cron'
check 'cron runs it' "for i in \$(seq 100); do $(articles $default_db 85) && [ -e /var/lib/dateline/last-run.json ] && break; sleep 1; done; $(articles $default_db 85)"
check 'and mails nothing' 'sleep 3; [ ! -e /var/mail/walk ]'
check 'a bad conf' 'echo DATELINE_ARCHVIE=x >>/etc/dateline/nightly.conf; for i in $(seq 100); do [ -e /var/mail/walk ] && break; sleep 1; done'
says 'is mailed' 'cat /var/mail/walk' 'DATELINE_ARCHVIE=x'
check 'cron off' 'rm /etc/cron.d/dateline; sed -i /ARCHVIE/d /etc/dateline/nightly.conf; systemctl enable -q --now dateline-index.timer'

echo '== backup and restore, rebuild'
check 'backup' "sudo -u dateline dateline-index --db $default_db --backup /var/lib/dateline/copy.db"
check 'restore' "systemctl stop dateline-index.timer; mv $default_db /walk/damaged; mv /var/lib/dateline/copy.db $default_db; systemctl start dateline-index && systemctl start dateline-index.timer && $(articles $default_db 85)"
check 'rebuild' "sudo -u dateline dateline-index --db $default_db --rebuild /srv/archive && $(articles $default_db 85)"
check 'check' "sudo -u dateline dateline-index --db $default_db --check"
check 'audit' "dateline-index --db $default_db --audit 2023-03 >/walk/audit; [ -s /walk/audit ]"

echo '== monitors'
says 'all is well' "sudo -u nobody dateline-index --health --db $default_db" 'OK: 85 articles, last good run'
check 'as plugins of Nagios say it' "dateline-index --health --db $default_db && { dateline-index --health --db /nowhere; [ \$? -eq 3 ]; }"
check 'metrics' "dateline-index --health --prometheus --db $default_db | grep -q '^dateline_articles.* 85\$'"
check 'the files that fail' "dateline-index --db $default_db --stats --failed"
check 'a line for every run' "grep -q '\"action\":\"backup\"' $default_db/runs.jsonl || grep -q '\"action\": *\"rebuild\"' $default_db/runs.jsonl"

echo '== a lost stub, and root by hand'
check 'without its stub a night fails' "mv $default_db/XAPIANDB /walk/stub; ! systemctl start dateline-index"
says 'a search says what to do' "dateline-query --db $default_db treaty" '--adopt'
check 'adopted' "sudo -u dateline dateline-index --db $default_db --adopt && systemctl start dateline-index && $(articles $default_db 85)"
check 'root rebuilds and compacts once' "dateline-index --db $default_db --rebuild /srv/archive && dateline-index --db $default_db --compact"
check 'all is still the user'"'"'s' "[ -z \"\$(find $default_db ! -user dateline)\" ] && touch /srv/archive/new.txt && systemctl start dateline-index && $(articles $default_db 85)"

echo '== removal on demand, an archive that moves'
check 'an excluded article is gone with the next night' "echo /srv/archive/newer.txt >/etc/dateline/excluded; sed -i 's|^DATELINE_OPTIONS=.*|DATELINE_OPTIONS=--exclude-list /etc/dateline/excluded|' /etc/dateline/nightly.conf
  systemctl start dateline-index && $(articles $default_db 84)"
check 'and from a backup made after' "sudo -u dateline dateline-index --db $default_db --backup /var/lib/dateline/without.db && $(articles /var/lib/dateline/without.db 84)"
check 'an empty list lets it in again' ": >/etc/dateline/excluded; systemctl start dateline-index && $(articles $default_db 85)"
says 'a moved archive' "mv /srv/archive /srv/moved; sudo -u dateline dateline-index --db $default_db --forget /srv/archive /srv/moved" 'moved 85'
check 'and back, by hand' "mv /srv/moved /srv/archive; sudo -u dateline dateline-index --db $default_db --forget /srv/moved /srv/archive; systemctl start dateline-index && $(articles $default_db 85)"

echo '== upgrade'
check 'an edited conf' 'echo "# mine" >>/etc/dateline/nightly.conf'
check 'apt installs a higher version' 'apt-get install -qy --no-install-recommends /walk/newer.deb && dpkg-query -W dateline | grep -q 99.0-1'
check 'the conf stays' 'tail -n 1 /etc/dateline/nightly.conf | grep -q "# mine"'
check 'the timer stays on' 'systemctl is-enabled -q dateline-index.timer && systemctl is-active -q dateline-index.timer'
check 'and the night goes on' 'systemctl start dateline-index'
check 'installed a second time' 'dpkg -i /walk/newer.deb'
check 'an index of an older schema' "cp -r /walk/schema_4 /srv/schema_4.db && chown -R dateline: /srv/schema_4.db && cp /etc/dateline/nightly.conf /walk/ &&
  sed -i 's|^DATELINE_DB=.*|DATELINE_DB=/srv/schema_4.db|; s|^DATELINE_ARCHIVE=.*|DATELINE_ARCHIVE=\"/home/ann/my archive\"|' /etc/dateline/nightly.conf"
says 'is searched before' 'dateline-query --db /srv/schema_4.db ferry' 'lake-ferry.txt'
check 'and rebuilt by the night, with all that it held' "systemctl start dateline-index; mv /walk/nightly.conf /etc/dateline/
  $(articles /srv/schema_4.db 87) && grep -q '\"rebuilt\": *true' /var/lib/dateline/last-run.json"

echo '== remove and purge'
check 'remove' 'apt-get remove -qy dateline'
check 'the timer is off' '! systemctl is-active -q dateline-index.timer; [ ! -e /etc/systemd/system/timers.target.wants/dateline-index.timer ]'
check 'conf and index stay' "[ -e /etc/dateline/nightly.conf ] && [ -e $default_db/XAPIANDB ]"
check 'installed again, index and conf as they were' "dpkg -i /walk/dateline.deb && systemctl start dateline-index && $(articles $default_db 85)"
says 'purge says what stays' 'apt-get purge -qy dateline' '/var/lib/dateline (indexes) and the user dateline stay'
check 'the conf is gone, index and user stay' "[ ! -e /etc/dateline/nightly.conf ] && [ -e $default_db/XAPIANDB ] && getent passwd dateline"
check 'no file of the package is left' '[ -z "$(find /usr /lib/systemd -name "*dateline*" 2>/dev/null)" ]'
check 'purge twice' 'dpkg -P dateline'

if [ -f "$checkout/build/package/cmake_install.cmake" ]; then
  echo '== without the package: cmake --install to /usr/local'
  inside 'deluser --quiet --system dateline; rm -r /var/lib/dateline' >/dev/null 2>&1
  DESTDIR=$root cmake --install "$checkout/build/package" --prefix /usr/local >/dev/null
  check 'the user and its folder' 'adduser --system --group --home /var/lib/dateline dateline && [ "$(stat -c "%U %G" /var/lib/dateline)" = "dateline dateline" ]'
  check 'a night by systemd' "systemctl daemon-reload && systemctl start dateline-index && $(articles $default_db 85)"
  check 'the timer' 'systemctl enable -q --now dateline-index.timer'
  check 'somebody else searches it' "sudo -u nobody dateline-query --db $default_db treaty"
  check 'the line of cron' "rm -r $default_db; $(printf %s 'sh -c "$(sed -n "s/^0 3.* dateline nice/sudo -u dateline nice/p" /usr/local/share/doc/dateline/examples/dateline.cron)"') && $(articles $default_db 85)"
  check 'manual page, completion' 'man -w dateline-index && zsh -c "autoload -Uz compinit; compinit -u; print \$_comps[dateline-index]" | grep -q _dateline-index'
fi

[ ! -s "$work/failures" ] || { echo 'walk: some lines are not true' >&2; exit 1; }
echo 'walk: every line is true'
