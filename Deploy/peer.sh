#!/usr/bin/env bash
# A server of others that speaks the OpenAI protocol, to hold remote models against.
#
#   peer.sh FOLDER                     install it (llama.cpp by llama-cpp-python, MIT) into FOLDER
#   peer.sh FOLDER MODEL COMMAND...    run COMMAND while it serves MODEL on loopback, with the
#                                      base URL in DOCKET_TEST_OPENAI
set -euo pipefail

folder=${1:?a folder is missing}
package='llama-cpp-python[server]==0.3.36'
python=$folder/bin/python

# The mark is the last step, so that an installation that broke off is done again.
if [[ ! -f $folder/installed || $(<"$folder/installed") != "$package" ]]; then
    echo "installing $package to $folder; compiling it takes some minutes" >&2
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$python" -m pip install --quiet --disable-pip-version-check "$package"
    echo "$package" >"$folder/installed"
fi
[[ $# -gt 1 ]] || exit 0

model=$2
shift 2
log=$(mktemp)
"$python" -m llama_cpp.server --model "$model" --host 127.0.0.1 --port 0 --n_ctx 2048 \
    >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -f "$log"' EXIT
for ((i = 0; i < 600; i++)); do
    url=$(sed -nE 's/.*running on (http:[^ ]+).*/\1/p' "$log")
    [[ -z $url ]] || break
    if ! kill -0 "$server" 2>/dev/null; then
        cat "$log" >&2
        exit 1
    fi
    sleep 0.1
done
export DOCKET_TEST_OPENAI=${url:?the server did not start within a minute}/v1
"$@"
