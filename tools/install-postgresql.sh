#!/bin/sh
# Tests on PostgreSQL need its programs: on Debian as root they are installed when missing, without a
# cluster of the machine's own; elsewhere these tests skip. Each run makes a private cluster for itself.
command -v initdb >/dev/null 2>&1 && exit 0
for program in /usr/lib/postgresql/*/bin/initdb; do [ -x "$program" ] && exit 0; done
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0
echo "Installing PostgreSQL for the tests on it"
export DEBIAN_FRONTEND=noninteractive
settings=/etc/postgresql-common/createcluster.d
mkdir -p "$settings"
echo "create_main_cluster = false" > "$settings/headstamp-tests.conf"
apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends postgresql >/dev/null \
  || echo "PostgreSQL could not be installed: the tests on it will be skipped, with that reason."
rm -f "$settings/headstamp-tests.conf"
