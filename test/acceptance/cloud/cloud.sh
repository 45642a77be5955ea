#!/usr/bin/env bash
# A real Keystone and Manila on loopback, for as long as standard input stays open:
#   cloud.sh              Keystone, a second Keystone on the same data whose tokens live 4 s, and Manila
#   cloud.sh --keystone   only the two Keystones
# Prints one line of JSON (see contents.py) once all of it can be used, and progress on stderr. All data is in a
# temporary folder that goes with it. Whatever ends this script, a kill included, ends the servers.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

say() { printf 'acceptance cloud: %s\n' "$*" >&2; }
random() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

fail_with_log() { # what happened, log
  say "$1. The end of its log:"
  tail -n 40 "$2" >&2
  exit 1
}

start() { # name command...
  local name=$1
  shift
  # --pdeathsig ties it to this script, even where that is killed and cleans up nothing.
  setpriv --pdeathsig KILL -- "$@" >>"$name.log" 2>&1 </dev/null &
  servers[$name]=$!
}

wait_for() { # name seconds command...: until the command succeeds
  local name=$1 end=$((SECONDS + $2))
  shift 2
  until "$@"; do
    kill -0 "${servers[$name]}" 2>/dev/null || fail_with_log "$name has ended" "$name.log"
    ((SECONDS < end)) || fail_with_log "$name does not get ready" "$name.log"
    sleep 0.05
  done
}

run() { # name command...: to its end
  local name=$1
  shift
  "$@" >>"$name.log" 2>&1 </dev/null || fail_with_log "$name has failed" "$name.log"
}

mariadb() {
  local root=$software/mariadb libraries
  libraries=$(printf '%s:' "$root"/{usr/,}lib/*-linux-gnu)
  LD_LIBRARY_PATH=$libraries exec setpriv --pdeathsig KILL -- "$root/usr/sbin/mariadbd" \
    --defaults-file="$here/mariadb.cnf" --user="$(id -un)" --basedir="$root/usr" \
    --lc-messages-dir="$root/usr/share/mysql" --character-sets-dir="$root/usr/share/mysql/charsets" \
    --plugin-dir="$root/usr/lib/mysql/plugin" --datadir="$state/database" --socket="$state/database.sock" "$@"
}

# What mariadb-install-db does, in an installation that is not the system's.
create_databases() {
  local scripts=$software/mariadb/usr/share/mysql
  mkdir database
  {
    printf 'create database mysql;\nuse mysql;\nset @auth_root_socket = NULL;\nset @skip_auth_anonymous = 1;\n'
    cat "$scripts/mysql_system_tables.sql" "$scripts/mysql_system_tables_data.sql"
    printf 'create database keystone character set utf8;\ncreate database manila character set utf8;\n'
  } | (mariadb --bootstrap) >>database.log 2>&1 || fail_with_log 'creating the databases has failed' database.log
}

start_database() {
  create_databases
  mariadb >>database.log 2>&1 </dev/null &
  servers[database]=$!
  wait_for database 30 grep -q 'ready for connections' database.log
}

create_tables() {
  run keystone-setup "$python" "$here/keystone_setup.py" --config-file "$here/keystone.conf" &
  local keystone=$!
  if $with_manila; then run manila-setup "$python" -m manila.cmd.manage --config-file "$here/manila.conf" db sync; fi
  wait "$keystone"
}

start_keystones() {
  local server=$here/keystone_server.py config=$here/keystone.conf
  start keystone "$python" "$server" keystone.url "$config"
  start keystone-short-lived "$python" "$server" keystone-short-lived.url "$config" "$here/short_lived_tokens.conf"
  wait_for keystone 60 test -s keystone.url
  wait_for keystone-short-lived 60 test -s keystone-short-lived.url
}

# What is different in each run; the rest is in manila.conf.
write_manila_settings() {
  cat >manila-run.conf <<CONF
[DEFAULT]
state_path = $state
api_paste_config = $software/python/etc/manila/api-paste.ini
[keystone_authtoken]
www_authenticate_uri = $(cat keystone.url)
auth_url = $(cat keystone.url)
[api_auth]
auth_url = $(cat keystone.url)
password = $SERVICE_PASSWORD
CONF
}

start_manila() {
  write_manila_settings
  start manila "$python" "$here/manila_server.py" manila.url "$here/manila.conf" manila-run.conf
  wait_for manila 60 test -s manila.url
}

fill() {
  local arguments=(--keystone "$(cat keystone.url)" --short-lived-keystone "$(cat keystone-short-lived.url)")
  if $with_manila; then arguments+=(--manila "$(cat manila.url)"); fi
  "$python" "$here/contents.py" "${arguments[@]}" >contents.json 2>contents.log ||
    fail_with_log 'filling the cloud has failed' contents.log
}

# Until standard input ends; a server that ends before is an error.
stay() {
  local name
  cat <&3 >/dev/null &
  wait -n || true
  for name in "${!servers[@]}"; do
    kill -0 "${servers[$name]}" 2>/dev/null || fail_with_log "$name has ended" "$name.log"
  done
}

stop() {
  trap - EXIT
  # shellcheck disable=SC2046 # one word a process
  kill -KILL $(jobs -p) 2>/dev/null || true
  # Bash would tell of every one that was killed.
  wait 2>/dev/null
  cd / && rm -rf "$state"
}

# A user's settings for other programs; without bytecode, it would take half a minute more.
unset PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE
software=$("$here/install.sh" </dev/null)
python=$software/python/bin/python
with_manila=true
[[ ${1:-} != --keystone ]] || with_manila=false
declare -A servers=()
umask 077
state=$(mktemp -d -t manila-cloud-XXXXXX)
trap stop EXIT
# A background command would get /dev/null as its standard input.
exec 3<&0
cd "$state"
ADMIN_PASSWORD=$(random)
SERVICE_PASSWORD=$(random)
export ADMIN_PASSWORD SERVICE_PASSWORD

say "starting in $state: 10 to 30 s on 2 cores."
start_database
create_tables
start_keystones
if $with_manila; then start_manila; fi
fill
cat contents.json
say "ready after $SECONDS s."
stay
