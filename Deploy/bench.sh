#!/usr/bin/env bash
# Speed and memory, measured in one run; each figure beside the limit it is held against.
#
# llama.cpp is measured beside docket where one is named:
#   PEER_PYTHON    a python that has llama-cpp-python; measures the file and its requantisation
#   LLAMA_BENCH    a llama-bench
#   LLAMA_SERVER   a llama-server
# dlt is measured beside docket's ingest where PEER_DLT names a python that has it.
# DOCKET_BENCH_IDLE: seconds for which jobs are worked on beside a transaction that stays open (60).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
model=$1
second_model=$2
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
alone=$work/store

swift build -c release --build-tests >/dev/null
export DOCKET_BENCH=1 DOCKET_TEST_MODEL=$model
echo "== store alone: pages, jobs, claims beside a transaction that stays open" >&2
if ! swift test -c release --skip-build --no-parallel --filter 'StoreBenchmarks' \
    >"$alone" 2>&1; then
    cat "$alone" >&2
    exit 1
fi
grep '^{' "$alone"

limit=$(sed -nE \
    's/^\{"test": "created, pages of 500, with records.*"documents_per_second": ([0-9]+),.*/\1/p' "$alone")
Deploy/bench-ingest.sh "$limit" "${PEER_DLT:-}"
