#!/usr/bin/env bash
# Speed and memory, measured in one run; each figure beside the limit it is held against.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

model=$1
documents=${BENCH_DOCUMENTS:-20000}

swift build -c release --build-tests >/dev/null
export DOCKET_BENCH=1 DOCKET_TEST_MODEL=$model
echo "== engine and store, alone" >&2
swift test -c release --skip-build --no-parallel --filter 'Benchmark' 2>&1 |
    grep --extended-regexp 'per_second|tokens/s|rows/s|jobs/s|documents/s|share|failed' || true

echo "== ingest of $documents mails of 4 kB from the sandbox, no enrichment" >&2
# As in the demo: PostgreSQL does not run as root, and its user must reach the directory.
parent=$([[ $(id -u) -eq 0 ]] && echo /var/lib || echo "$HOME")
home=$(mktemp -d "$parent/docket-bench.XXXXXX")
chmod 755 "$home"
sandbox=
finish() {
    [[ -n $sandbox ]] && kill "$sandbox" 2>/dev/null
    rm -rf "$home"
}
trap finish EXIT
.build/release/docket-sandbox --exit-with-parent --client-secret bench --messages "$documents" \
    --page-size 200 --body-bytes 4096 --ready-file "$home/sandbox" >/dev/null &
sandbox=$!
for _ in {1..100}; do [[ -s $home/sandbox ]] && break; sleep 0.1; done
of_sandbox() { sed -n "s/^$1: //p" "$home/sandbox"; }
mkdir "$home/connectors.d"
(umask 077 && echo bench >"$home/secret")
printf 'state_dir: %s\nrecipes: []\n' "$home" >"$home/docket.yaml"
cat >"$home/connectors.d/mail.yaml" <<YAML
name: mail
connector: outlook
connection:
  base_url: $(of_sandbox base_url)
  token_url: $(of_sandbox token_url)
  tenant: $(of_sandbox tenant)
  client_id: $(of_sandbox client_id)
  client_secret: \${file:$home/secret}
scope:
  mailboxes: $(of_sandbox mailboxes)
limits: {requests_per_second: 1000}
YAML
python3 - "$home/docket.yaml" <<'PYTHON'
import json, resource, subprocess, sys, time
def run(*words):
    return subprocess.run([".build/release/docket", *words, "--config", sys.argv[1]],
                          capture_output=True, text=True, check=True).stdout
run("migrate")
begun = time.monotonic()
rows = json.loads(run("run", "--once", "--quiet", "--output", "json"))
seconds = time.monotonic() - begun
created = sum(row["created"] for row in rows)
print(json.dumps({"test": "ingest", "documents": created, "seconds": round(seconds, 2),
                  "documents_per_second": round(created / seconds),
                  "peak_memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}))
begun = time.monotonic()
run("run", "--once", "--quiet", "--output", "json")
print(json.dumps({"test": "second pass, nothing new",
                  "seconds": round(time.monotonic() - begun, 2)}))
PYTHON
