#!/usr/bin/env bash
# Measures docket's answers on labelled texts, through a private docket that is deleted after.
#
#   quality.sh CORPORA MODEL SECOND_MODEL    see quality.py for what is there and what can be said
set -euo pipefail
corpora=$(realpath "${1:?a directory with labelled texts is missing; say CORPORA=DIR}")
model=$(realpath "$2")
second_model=$(realpath "$3")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Deploy/rehearsal.sh
source Deploy/rehearsal.sh
trap 'exit 130' INT TERM

work=$(mktemp -d "$(state_parent)/docket-quality.XXXXXX")
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
python3 Deploy/quality.py "$corpora" "$work" "$model" "$second_model"
