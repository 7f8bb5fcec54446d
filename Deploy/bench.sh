#!/usr/bin/env bash
# Speed and memory, measured in one run; each figure beside the limit it is held against.
#
# llama.cpp is measured beside docket where one is named:
#   PEER_PYTHON    a python that has llama-cpp-python; measures the file and its requantisation
#   LLAMA_BENCH    a llama-bench
#   LLAMA_SERVER   a llama-server
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Deploy/rehearsal.sh
source Deploy/rehearsal.sh

model=$1
second_model=$2
documents=${BENCH_DOCUMENTS:-20000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# engine MODEL NAME [WORKLOAD]: rates, documents a minute where there is a workload, and peers.
engine() {
    local file=$1 name=$2 workload=${3:-} peers=() sequences
    local ours=$work/$name.jsonl
    echo "== engine, $name: tokens a second, and the machine's own limits" >&2
    .build/release/docket models bench "$file" | tee "$ours"
    if [[ -n $workload ]]; then
        echo "== engine, $name: 20 documents of 700 tokens, 96 tokens each" >&2
        for sequences in 8 16; do
            .build/release/docket models bench "$file" --documents "$workload/documents.jsonl" \
                --system "$(<"$workload/system.txt")" --max-tokens 96 --ignore-eos \
                --sequences "$sequences" | tee --append "$ours"
        done
    fi
    if [[ -n ${PEER_PYTHON:-} ]]; then
        peer "$PEER_PYTHON" library "$file" ${workload:+"$workload"}
        peer "$PEER_PYTHON" library "$file" ${workload:+"$workload"} --requantise
    fi
    if [[ -n ${LLAMA_BENCH:-} ]]; then peer python3 bench "$LLAMA_BENCH" "$file"; fi
    if [[ -n ${LLAMA_SERVER:-} && -n $workload ]]; then
        peer python3 server "$LLAMA_SERVER" "$file" "$workload"
    fi
    if ((${#peers[@]})); then
        echo "== $name: docket beside llama.cpp" >&2
        python3 Deploy/peer.py compare "$ours" "${peers[@]}"
    fi
}

# peer PYTHON WORD...: runs the peer's measurements, to be compared by the caller.
peer() {
    local python=$1 file=$work/peer.${#peers[@]}.jsonl
    shift
    echo "== $name: llama.cpp, $1" >&2
    "$python" Deploy/peer.py "$@" | tee "$file"
    peers+=("$file")
}

mkdir "$work/workload"
python3 Deploy/workload.py "$work/workload"
engine "$model" SmolLM2 "$work/workload"
# A base model: it completes texts, and knows no conversation about a document.
engine "$second_model" Gemma
rm -rf "$work"

swift build -c release --build-tests >/dev/null
export DOCKET_BENCH=1 DOCKET_TEST_MODEL=$model
echo "== store alone" >&2
alone=$(swift test -c release --skip-build --no-parallel --filter 'StoreBenchmarks' 2>&1)
grep --extended-regexp '^(created|unchanged|no-op)' <<<"$alone"

echo "== ingest of $documents mails of 4 kB from the sandbox, no enrichment" >&2
mkdir -p "$(state_parent)"
rehearse "$(mktemp -d "$(state_parent)/docket-bench.XXXXXX")" "recipes: []
include: [connectors.d/*.yaml]" \
    --messages "$documents" --page-size 500 --body-bytes 4096
connect_mail false "{requests_per_second: 1000}"
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
