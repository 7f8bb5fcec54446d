#!/usr/bin/env bash
# Installs the Debian packages docket is built with, where this user may; else says which.
set -euo pipefail

packages=(
    e2fsprogs libcld2-dev libcurl4-openssl-dev libexttextcat-dev libmicrohttpd-dev
    libopenblas-dev libpq-dev libssl-dev libxml2-dev libyaml-dev mount openssh-client
    openssh-server openssl pkg-config postgresql python3-pip python3-venv shellcheck
)

if ! command -v swift >/dev/null; then
    echo "docket needs Swift 6.2 or newer on PATH: https://www.swift.org/install/linux/" >&2
    exit 1
fi

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

if [[ $(id -u) -eq 0 ]]; then
    as_root=(env)
elif sudo --non-interactive true 2>/dev/null; then
    as_root=(sudo --non-interactive env)
else
    echo "docket needs Debian packages that are not installed; please run:" >&2
    echo "    sudo apt-get install --yes ${missing[*]}" >&2
    exit 1
fi

echo "installing ${missing[*]}" >&2
install=("${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet
    --no-install-recommends)
"${install[@]}" "${missing[@]}" >/dev/null || {
    # The package lists may be missing or old.
    "${as_root[@]}" apt-get update --quiet >/dev/null
    "${install[@]}" "${missing[@]}" >/dev/null
}
