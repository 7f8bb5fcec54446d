#!/usr/bin/env bash
# Installs servers and clients of others, to hold docket and its sandbox against.
#
#   peers.sh FOLDER LIST    a Python environment with what Tests/Peers/LIST.txt lists
set -euo pipefail

folder=${1:?a folder is missing}
requirements=$(dirname "$0")/../Tests/Peers/${2:?a list is missing}.txt

# The mark is the last step, so that an installation that broke off is done again.
if cmp --silent "$requirements" "$folder/installed"; then
    exit 0
fi
echo "installing the peers of $2 to $folder" >&2
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
    --requirement "$requirements"
cp "$requirements" "$folder/installed"
