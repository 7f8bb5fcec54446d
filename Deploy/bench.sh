#!/usr/bin/env bash
# Speed and memory, measured in one run; each figure beside the limit it is held against.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Deploy/rehearsal.sh
source Deploy/rehearsal.sh

model=$1
documents=${BENCH_DOCUMENTS:-20000}

swift build -c release --build-tests >/dev/null
export DOCKET_BENCH=1 DOCKET_TEST_MODEL=$model
echo "== engine (tokens a second) and store alone" >&2
alone=$(swift test -c release --skip-build --no-parallel --filter 'Bench' 2>&1)
grep --extended-regexp '^(documents|[0-9]+\+|created|unchanged|no-op)' <<<"$alone"

echo "== ingest of $documents mails of 4 kB from the sandbox, no enrichment" >&2
mkdir -p "$(state_parent)"
rehearse "$(mktemp -d "$(state_parent)/docket-bench.XXXXXX")" "recipes: []" \
    "{requests_per_second: 1000}" --messages "$documents" --page-size 200 --body-bytes 4096
trap 'kill "$sandbox"; rm -rf "$home"' EXIT
# The limit ingest is held against: the same transactions without HTTP and JSON.
limit=$(sed -nE 's/^created, pages of 100, .*: ([0-9]+) a second.*/\1/p' <<<"$alone")
python3 - "$limit" <<'PYTHON'
import json, resource, subprocess, sys, time
def run(*words):
    return subprocess.run([".build/release/docket", *words],
                          capture_output=True, text=True, check=True).stdout
run("migrate")
begun = time.monotonic()
rows = json.loads(run("run", "--once", "--quiet", "--output", "json"))
seconds = time.monotonic() - begun
created = sum(row["created"] for row in rows)
print(json.dumps({"test": "ingest", "documents": created, "seconds": round(seconds, 2),
                  "documents_per_second": round(created / seconds),
                  "share_of_store_alone": round(created / seconds / int(sys.argv[1]), 2),
                  "peak_memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}))
begun = time.monotonic()
run("run", "--once", "--quiet", "--output", "json")
print(json.dumps({"test": "second pass, nothing new",
                  "seconds": round(time.monotonic() - begun, 2)}))
PYTHON
