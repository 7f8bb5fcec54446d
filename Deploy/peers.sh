#!/usr/bin/env bash
<<<<<<< HEAD
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
=======
# Installs the clients of others that tests hold the sandbox against.
#
#   peers.sh FOLDER    a Python environment with what Tests/Peers/requirements.txt lists
set -euo pipefail

folder=${1:?a folder is missing}
requirements=$(dirname "$0")/../Tests/Peers/requirements.txt

# The mark is the last step, so that an installation that broke off is done again.
if cmp --silent "$requirements" "$folder/installed"; then
    exit 0
fi
echo "installing the peers of the tests to $folder" >&2
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
    --requirement "$requirements"
cp "$requirements" "$folder/installed"
>>>>>>> salesforce
