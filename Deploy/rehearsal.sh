# shellcheck shell=bash
# Sourced by demo and bench: a sandbox tenant, and a configuration that reads it.
#
# Sets `home`, the directory of both; the tenant ends with the shell that sources this.

# PostgreSQL refuses to run as root, and its own user must reach the directory.
state_parent() {
    if [[ $(id -u) -eq 0 ]]; then echo /var/lib; else echo "${XDG_STATE_HOME:-$HOME/.local/state}"; fi
}

# rehearse HOME MAIN_YAML LIMITS [SANDBOX_OPTION...]: starts the tenant and writes the files.
rehearse() {
    home=$1
    local main=$2 limits=$3 i
    shift 3
    mkdir -p "$home/connectors.d"
    chmod 755 "$home"
    (umask 077 && echo rehearsal >"$home/secret")
    .build/release/docket-sandbox --exit-with-parent --client-secret rehearsal \
        --ready-file "$home/sandbox" "$@" >"$home/sandbox.log" &
    sandbox=$!
    trap 'kill "$sandbox" 2>/dev/null || true' EXIT
    for ((i = 0; i < 100; i++)); do
        [[ -s $home/sandbox ]] && break
        kill -0 "$sandbox"
        sleep 0.1
    done
    printf 'state_dir: %s\n%s\n' "$home" "$main" >"$home/docket.yaml"
    cat >"$home/connectors.d/mail.yaml" <<YAML
name: mail
connector: outlook
schedule: 5m
connection:
  base_url: $(announced base_url)
  token_url: $(announced token_url)
  tenant: $(announced tenant)
  client_id: $(announced client_id)
  client_secret: \${file:$home/secret}
scope:
  mailboxes: $(announced mailboxes)
limits: $limits
YAML
    export DOCKET_CONFIG=$home/docket.yaml
}

# What the tenant said of itself when it was ready.
announced() { sed -n "s/^$1: //p" "$home/sandbox"; }
