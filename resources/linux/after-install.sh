#!/bin/sh
# Runs after the .deb has put its files in place. Everything here may fail without harm to the installation.
program='/opt/${sanitizedProductName}/${executable}'
folder='/opt/${sanitizedProductName}'

ln -sf "$program" '/usr/bin/${executable}'

# Chromium's sandbox wants user namespaces; where the system has none, its helper runs as root instead.
if unshare --user true 2>/dev/null; then mode=0755; else mode=4755; fi
chmod "$mode" "$folder/chrome-sandbox" || true

# Where AppArmor guards user namespaces, this profile hands them to Kassa alone.
profile="$folder/resources/apparmor-profile"
if command -v apparmor_parser >/dev/null && apparmor_parser -QK "$profile" 2>/dev/null; then
  cp "$profile" '/etc/apparmor.d/${executable}'
  apparmor_parser -r '/etc/apparmor.d/${executable}' 2>/dev/null || true
fi

# A scanner that is plugged in already gets its rule now.
if command -v udevadm >/dev/null; then
  udevadm control --reload 2>/dev/null || true
  udevadm trigger --subsystem-match=hidraw 2>/dev/null || true
fi
command -v update-desktop-database >/dev/null && update-desktop-database -q /usr/share/applications || true
exit 0
