#!/bin/sh
# Runs after the .deb's files are gone, also in the middle of an upgrade: then everything stays. The till's data is never touched.
case "$1" in upgrade | failed-upgrade | abort-*) exit 0 ;; esac
rm -f '/usr/bin/${executable}'
if [ -f '/etc/apparmor.d/${executable}' ]; then
  command -v apparmor_parser >/dev/null && apparmor_parser -R '/etc/apparmor.d/${executable}' 2>/dev/null
  rm -f '/etc/apparmor.d/${executable}'
fi
command -v udevadm >/dev/null && udevadm control --reload 2>/dev/null
exit 0
