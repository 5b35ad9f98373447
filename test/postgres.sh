#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own, by DATABASE_URL, and takes it away when the command ends:
#   test/postgres.sh npm test
# It is in a temporary folder and listens on a socket there alone. 1 where there is no PostgreSQL to start.
set -euo pipefail

bin=$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1 || true)")
if [ ! -x "$bin/initdb" ]; then
  echo "no PostgreSQL is installed: on Debian, apt-get install postgresql" >&2
  exit 1
fi

# PostgreSQL refuses to run as root.
as_owner=()
if [ "$(id -u)" = 0 ]; then as_owner=(runuser -u postgres --); fi

folder=$("${as_owner[@]}" mktemp -d /tmp/chat-postgres-XXXXXX)
server() { (cd "$folder" && "${as_owner[@]}" "$bin/pg_ctl" --pgdata "$folder/data" --silent "$@"); }
trap 'server stop --mode immediate || true; rm -rf "$folder"' EXIT

(cd "$folder" && "${as_owner[@]}" "$bin/initdb" --pgdata data --username postgres --auth trust \
  --encoding UTF8 --locale C.UTF-8 --no-sync >initdb.log) || { cat "$folder/initdb.log" >&2; exit 1; }
# Nothing in it outlives a crash.
server start --wait --log "$folder/server.log" \
  --options "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c full_page_writes=off" ||
  { cat "$folder/server.log" >&2; exit 1; }

export DATABASE_URL="postgres://postgres@localhost/postgres?host=$folder"
status=0
"$@" || status=$?
exit "$status"
