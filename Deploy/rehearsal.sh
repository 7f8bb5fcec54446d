# shellcheck shell=bash
# Sourced by demo and bench: a sandbox tenant, and a configuration that reads it.
#
# Sets `home`, the directory of both; the tenant ends with the shell that sources this.

# PostgreSQL refuses to run as root, and its own user must reach the directory.
state_parent() {
    if [[ $(id -u) -eq 0 ]]; then echo /var/lib; else echo "${XDG_STATE_HOME:-$HOME/.local/state}"; fi
}

# rehearse HOME MAIN_YAML [SANDBOX_OPTION...]: starts the tenant and writes the main file.
rehearse() {
    home=$1
    local main=$2 i
    shift 2
    mkdir -p "$home/connectors.d" "$home/idocs"
    chmod 755 "$home"
    .build/release/docket-sandbox --exit-with-parent --client-secret rehearsal \
        --ready-file "$home/sandbox" --idoc-directory "$home/idocs" "$@" >"$home/sandbox.log" &
    sandbox=$!
    trap 'kill "$sandbox" 2>/dev/null || true' EXIT
    for ((i = 0; i < 100; i++)); do
        [[ -s $home/sandbox ]] && break
        kill -0 "$sandbox"
        sleep 0.1
    done
    secret graph rehearsal
    secret crm "$(announced crm_client_secret)"
    secret erp "$(announced erp_password)"
    printf 'state_dir: %s\n%s\n' "$home" "$main" >"$home/docket.yaml"
    export DOCKET_CONFIG=$home/docket.yaml
}

# What the tenant said of itself when it was ready.
announced() { sed -n "s/^$1: //p" "$home/sandbox"; }

secret() { (umask 077 && printf %s "$2" >"$home/$1.secret"); }

# connect NAME DEFINITION: a connector's file, connection and scope on standard input.
connect() {
    printf 'name: %s\nconnector: %s\nschedule: 5m\n%s\n' "$1" "$2" "$(cat)" \
        >"$home/connectors.d/$1.yaml"
}

# How one signs in to Microsoft Graph, as lines of `connection`.
graph() {
    cat <<YAML
connection:
  base_url: $(announced base_url)
  token_url: $(announced token_url)
  tenant: $(announced tenant)
  client_id: $(announced client_id)
  client_secret: \${file:$home/graph.secret}
YAML
}

connect_mail() {
    connect mail outlook <<YAML
$(graph)
scope:
  mailboxes: $(announced mailboxes)
  attachments: $1
limits: $2
YAML
}

connect_files() {
    connect files onedrive <<YAML
$(graph)
scope:
  drives:
    - users/sales@contoso.example
    - users/support@contoso.example
    - sites/contoso.sharepoint.example:/sites/engineering
    - sites/contoso.sharepoint.example:/sites/quality
  permissions: true
YAML
}

connect_crm() {
    connect crm salesforce <<YAML
connection:
  login_url: $(announced crm_login_url)
  client_id: $(announced crm_client_id)
  client_secret: \${file:$home/crm.secret}
  api_version: "$(announced crm_api_version)"
scope:
  objects: [Case, EmailMessage, Knowledge__kav]
  files: true
YAML
}

connect_erp() {
    connect erp sap-odata <<YAML
connection:
  base_url: $(announced erp_base_url)/sap/opu/odata/sap
  client: "$(announced erp_client)"
  user: $(announced erp_user)
  password: \${file:$home/erp.secret}
scope:
  services:
    - path: API_PRODUCT_SRV
      entity_sets: [A_Product]
YAML
}

connect_idocs() {
    connect idocs sap-idoc <<YAML
connection:
  base_url: $(announced idoc_base_url)/
YAML
}
