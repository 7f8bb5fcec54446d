#!/usr/bin/env bash
# Ingest of 4 kB mails from the sandbox into PostgreSQL without enrichment: rate, share of the
# store's own, memory over a million of them, and the same work done by dlt.
#
#   bench-ingest.sh STORE_RATE [PYTHON_WITH_DLT]
#
#   BENCH_DOCUMENTS    of the comparison (20000)
#   BENCH_MILLION      of the look at memory (1000000); 0 leaves it out
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Deploy/rehearsal.sh
source Deploy/rehearsal.sh

rate=$1
peer=${2:-}
documents=${BENCH_DOCUMENTS:-20000}
million=${BENCH_MILLION:-1000000}

# tenant COUNT: a tenant with so many mails in one folder, and a connector that reads them.
tenant() {
    rehearse "$(mktemp -d "$(state_parent)/docket-bench.XXXXXX")" "recipes: []
include: [connectors.d/*.yaml]" --messages "$1" --page-size 500 --body-bytes 4096 \
        --lenient-links
    connect_mail false "{requests_per_second: 1000}"
    trap 'kill "$sandbox"; rm -rf "$home"' EXIT
}

# ingest NAME: one pass over everything, and one over nothing new.
ingest() {
    python3 - "$1" "$rate" <<'PYTHON'
import json, resource, subprocess, sys, time
def run(*words):
    return subprocess.run([".build/release/docket", *words],
                          capture_output=True, text=True, check=True).stdout
run("migrate")
begun = time.monotonic()
rows = json.loads(run("sync", "--quiet", "--output", "json"))
seconds = time.monotonic() - begun
created = sum(row["created"] for row in rows)
print(json.dumps({"test": sys.argv[1], "documents": created, "seconds": round(seconds, 2),
                  "documents_per_second": round(created / seconds),
                  "share_of_store_alone": round(created / seconds / int(sys.argv[2]), 2),
                  "peak_memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}))
begun = time.monotonic()
run("sync", "--quiet", "--output", "json")
print(json.dumps({"test": "second pass, nothing new",
                  "seconds": round(time.monotonic() - begun, 2)}))
PYTHON
}

# A server of the peer's own, on a port that was free a moment ago.
peer_server() {
    local bin
    bin=$(pg_config --bindir)
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    as_server=()
    mkdir "$home/peer"
    if [[ $(id -u) -eq 0 ]]; then
        chown postgres "$home/peer"
        as_server=(runuser -u postgres --)
    fi
    "${as_server[@]}" "$bin/initdb" --auth=trust --username=peer --encoding=UTF8 --locale=C \
        --pgdata="$home/peer/data" >/dev/null
    "${as_server[@]}" "$bin/pg_ctl" --pgdata="$home/peer/data" --log="$home/peer/log" --wait \
        --options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=" start \
        >/dev/null
    trap '"${as_server[@]}" "$(pg_config --bindir)/pg_ctl" --pgdata="$home/peer/data" --mode=immediate stop >/dev/null; kill "$sandbox"; rm -rf "$home"' EXIT
}

tenant "$documents"
echo "== ingest of $documents mails of 4 kB" >&2
ingest ingest
if [[ -n $peer ]]; then
    echo "== the same by dlt" >&2
    peer_server
    "$peer" Deploy/ingest_peer.py "$(announced base_url)" "$(announced token_url)" \
        "$(announced client_id)" rehearsal sales@contoso.example \
        "postgresql://peer:peer@127.0.0.1:$port/postgres"
    "${as_server[@]}" "$(pg_config --bindir)/pg_ctl" --pgdata="$home/peer/data" --mode=fast stop \
        >/dev/null
fi
kill "$sandbox"
rm -rf "$home"
if ((million > 0)); then
    tenant "$million"
    echo "== memory over $million mails of 4 kB" >&2
    ingest "ingest of many"
    kill "$sandbox"
    rm -rf "$home"
fi
trap - EXIT
