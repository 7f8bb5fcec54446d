#!/usr/bin/env bash
# The whole road on real parts: a rehearsal tenant, a private PostgreSQL, a real model.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

model=$1
docket=.build/release/docket
# PostgreSQL refuses to run as root, and its own user must reach the directory.
if [[ $(id -u) -eq 0 ]]; then
    home=/var/lib/docket-demo
else
    home=${XDG_STATE_HOME:-$HOME/.local/state}/docket-demo
fi
export DOCKET_CONFIG=$home/docket.yaml

sandbox=
finish() {
    if [[ -n $sandbox ]]; then
        kill "$sandbox" 2>/dev/null || true
        wait "$sandbox" 2>/dev/null || true
    fi
}
trap finish EXIT
trap 'exit 130' INT TERM

rm -rf "$home"
mkdir -p "$home/connectors.d"
echo "demo-secret" >"$home/secret"
chmod 600 "$home/secret"

.build/release/docket-sandbox --exit-with-parent --client-secret demo-secret \
    --ready-file "$home/sandbox" >"$home/sandbox.log" &
sandbox=$!
for _ in {1..100}; do
    [[ -s $home/sandbox ]] && break
    kill -0 "$sandbox"
    sleep 0.1
done
of_sandbox() { sed -n "s/^$1: //p" "$home/sandbox"; }

cat >"$DOCKET_CONFIG" <<YAML
state_dir: $home
models:
  - name: default
    file: $model
    languages: [en]
recipes: [summary, tags]
admin: {listen: "127.0.0.1:0"}
include: [connectors.d/*.yaml]
YAML
cat >"$home/connectors.d/mail.yaml" <<YAML
name: mail
connector: outlook
schedule: 5m
connection:
  base_url: $(of_sandbox base_url)
  token_url: $(of_sandbox token_url)
  tenant: $(of_sandbox tenant)
  client_id: $(of_sandbox client_id)
  client_secret: \${file:$home/secret}
scope:
  mailboxes: $(of_sandbox mailboxes)
YAML

echo "== docket check" >&2
"$docket" check
echo "== docket run --once: reads, files, summarises and tags" >&2
"$docket" run --once
echo >&2
echo "== docket documents list: what is filed now" >&2
COLUMNS=140 "$docket" documents list --limit 15
echo >&2
echo "== docket psql: some of it in full" >&2
"$docket" psql --quiet --pset=pager=off --expanded --command="
    SELECT d.title, d.language, t.tag, round(t.score::numeric, 2) AS score, s.method, s.summary
      FROM docket_v1.documents d
      JOIN docket_v1.tags t USING (document_id)
      JOIN docket_v1.summaries s USING (document_id)
     ORDER BY s.method DESC, d.created_at DESC
     LIMIT 5"
"$docket" psql --quiet --command="
    SELECT d.language, count(*) AS documents, count(s.summary) AS summaries,
           count(s.summary) FILTER (WHERE s.method = 'generated') AS generated,
           count(t.tag) AS tagged
      FROM docket_v1.documents d
      LEFT JOIN docket_v1.summaries s USING (document_id)
      LEFT JOIN docket_v1.tags t USING (document_id)
     GROUP BY ROLLUP (d.language) ORDER BY d.language"

cat >&2 <<TEXT
The model knows English; for documents in other languages the summary is extractive, made of
their own sentences. The database and the configuration stay in $home. To look further:

    export DOCKET_CONFIG=$DOCKET_CONFIG
    $PWD/$docket status
    $PWD/$docket documents list
    $PWD/$docket psql

and delete that directory when you are done.
TEXT
