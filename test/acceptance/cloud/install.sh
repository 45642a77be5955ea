#!/usr/bin/env bash
# Installs Keystone, Manila and MariaDB into the user's cache, once, and prints the folder they are in. Nothing of it
# is system-wide, and nothing needs root. The folder's name holds all that decides what is in it, so a new pin is a
# new folder; any of them can be deleted at any time.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

say() { printf 'acceptance cloud: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

require() { # command package
  command -v "$1" >/dev/null ||
    fail "there is no $1 (package $2). The cloud runs on Debian or Ubuntu, or in a container of them: install it there."
}

find_python() {
  local python
  for python in python3 python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
    then
      command -v "$python"
      return
    fi
  done
  fail 'there is no Python 3.11, 3.12 or 3.13 with venv on PATH: install one, such as the package python3-venv of Debian 12.'
}

folder_name() { # python
  local hash python system
  hash=$(cat "$here/install.sh" "$here/requirements.txt" | sha256sum | cut -c1-12)
  python=$("$1" -c 'import sysconfig; print(sysconfig.get_config_var("SOABI"))')
  # MariaDB is linked to the libraries of this system.
  # shellcheck source=/dev/null
  system=$(. /etc/os-release && printf '%s%s' "$ID" "${VERSION_ID:-}")
  printf '%s-%s-%s\n' "$system" "$python" "$hash"
}

install_services() { # python, folder
  "$1" -m venv "$2/python"
  "$2/python/bin/python" -m pip install --quiet --disable-pip-version-check \
    --no-compile --no-deps --only-binary :all: --requirement "$here/requirements.txt" >&2 ||
    fail 'Keystone and Manila could not be installed with pip: see above; it must reach PyPI or a mirror of it.'
}

install_mariadb() { # folder
  local apt=$1/apt packages package
  mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$1/mariadb"
  # Package lists of its own: the system's may be absent or stale, and only root can renew those.
  local options=(-qq -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt" -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update >&2 || say 'apt-get update had errors; trying with what it got.'
  # All that the system lacks, and the server itself in any case.
  packages=$(apt-get "${options[@]}" install --simulate --reinstall --no-install-recommends mariadb-server-core |
    awk '$1 == "Inst" { print $2 }') || fail 'apt-get knows no mariadb-server-core: see above, and check /etc/apt.'
  # shellcheck disable=SC2086 # one word a package
  (cd "$apt" && apt-get "${options[@]}" download $packages >&2) ||
    fail 'MariaDB could not be fetched with apt-get download: see above; it must reach the mirrors of /etc/apt.'
  for package in "$apt"/*.deb; do dpkg --extract "$package" "$1/mariadb"; done
  rm -rf "$apt"
}

install_all() ( # python, target
  # Of a run that was killed.
  rm -rf "$2".new-*
  new=$(mktemp -d "$2.new-XXXXXX")
  trap 'rm -rf "$new"' EXIT
  say 'installing Keystone, Manila and MariaDB, once: about a minute and 300 MB.'
  install_mariadb "$new"
  install_services "$1" "$new"
  # Only a whole one gets the name.
  mv -T "$new" "$2"
)

install_once() { # python, target; the lock on file descriptor 9 goes with the process that holds it
  flock --nonblock 9 || { say 'another run is installing the cloud; waiting for it.' && flock 9; }
  [[ -d $2 ]] || install_all "$1" "$2"
}

main() {
  local cache=$HOME/.cache python target
  # The XDG base directory specification has relative paths ignored.
  [[ ${XDG_CACHE_HOME:-} != /* ]] || cache=$XDG_CACHE_HOME
  require apt-get apt
  require dpkg dpkg
  require flock util-linux
  require setpriv util-linux
  python=$(find_python)
  target=$cache/pulumi-manila/acceptance-cloud/$(folder_name "$python")
  mkdir -p "$(dirname "$target")"
  [[ -d $target ]] || install_once "$python" "$target" 9>"$target.lock"
  printf '%s\n' "$target"
}

main
