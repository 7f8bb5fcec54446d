#!/usr/bin/env bash
# The whole road on real parts: a rehearsal tenant, a private PostgreSQL, a real model.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Deploy/rehearsal.sh
source Deploy/rehearsal.sh
trap 'exit 130' INT TERM

model=$1
docket=.build/release/docket

rm -rf "$(state_parent)/docket-demo"
rehearse "$(state_parent)/docket-demo" "\
models:
  - name: default
    file: $model
    languages: [en]
recipes: [summary, tags]
include: [connectors.d/*.yaml]
admin: {listen: \"127.0.0.1:0\"}"
connect_mail true "{concurrency: 4}"
connect_files
connect_crm
connect_erp
connect_idocs

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
    SELECT d.connector, d.language, count(*) AS documents, count(s.summary) AS summaries,
           count(s.summary) FILTER (WHERE s.method = 'generated') AS generated,
           count(t.tag) AS tagged
      FROM docket_v1.documents d
      LEFT JOIN docket_v1.summaries s USING (document_id)
      LEFT JOIN docket_v1.tags t USING (document_id)
     GROUP BY ROLLUP (d.connector, d.language) ORDER BY d.connector, d.language"

cat >&2 <<TEXT
The model knows English; for documents in other languages the summary is extractive, made of
their own sentences. The database and the configuration stay in $home. To look further:

    export DOCKET_CONFIG=$DOCKET_CONFIG
    $PWD/$docket status
    $PWD/$docket documents list
    $PWD/$docket psql

and delete that directory when you are done. The daemon, docket run, answers administrators at
the address that \`admin:\` names: /livez, /readyz, /metrics.
TEXT
