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
echo "== engine and store, alone" >&2
swift test -c release --skip-build --no-parallel --filter 'Benchmark' 2>&1 |
    grep --extended-regexp 'per_second|tokens/s|rows/s|jobs/s|documents/s|share|failed' || true

echo "== ingest of $documents mails of 4 kB from the sandbox, no enrichment" >&2
mkdir -p "$(state_parent)"
rehearse "$(mktemp -d "$(state_parent)/docket-bench.XXXXXX")" "recipes: []" \
    "{requests_per_second: 1000}" --messages "$documents" --page-size 200 --body-bytes 4096
trap 'kill "$sandbox"; rm -rf "$home"' EXIT
python3 - <<'PYTHON'
import json, resource, subprocess, time
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
                  "peak_memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}))
begun = time.monotonic()
run("run", "--once", "--quiet", "--output", "json")
print(json.dumps({"test": "second pass, nothing new",
                  "seconds": round(time.monotonic() - begun, 2)}))
PYTHON
