#!/usr/bin/env bash
# Servers and clients of others, to hold docket and its sandbox against.
#
#   peers.sh FOLDER    install what Tests/Peers/requirements.txt names into FOLDER
set -euo pipefail

folder=${1:?a folder is missing}
requirements=$(dirname "${BASH_SOURCE[0]}")/../Tests/Peers/requirements.txt

# The mark is the last step, so that an installation that broke off is done again.
if ! cmp --quiet "$requirements" "$folder/installed"; then
    echo "installing the peers of tests to $folder" >&2
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
        --requirement "$requirements"
    cp "$requirements" "$folder/installed"
fi
