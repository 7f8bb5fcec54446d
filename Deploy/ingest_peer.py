"""The ingest of `make bench` done by dlt: the same mails of the same tenant into PostgreSQL.

    ingest_peer.py BASE_URL TOKEN_URL CLIENT_ID SECRET MAILBOX POSTGRES_URL

Prints one JSON row. dlt extracts into files, normalizes these, and loads them; all three count.
"""

import json
import os
import resource
import sys
import tempfile
import time

os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")
os.environ.setdefault("RUNTIME__LOG_LEVEL", "ERROR")

import dlt  # noqa: E402
from dlt.sources.helpers.rest_client.paginators import JSONLinkPaginator  # noqa: E402
from dlt.sources.rest_api import rest_api_source  # noqa: E402


class VerbatimLinkPaginator(JSONLinkPaginator):
    """Asks for a link as it came; dlt's own takes it apart and encodes it anew."""

    def update_request(self, request):
        request.url = self._next_reference
        request.params = None


base_url, token_url, client_id, secret, mailbox, postgres = sys.argv[1:]

source = rest_api_source(
    {
        "client": {
            "base_url": base_url,
            "headers": {"Prefer": 'IdType="ImmutableId", odata.maxpagesize=500'},
            "auth": {
                "type": "oauth2_client_credentials",
                "access_token_url": token_url,
                "client_id": client_id,
                "client_secret": secret,
                "access_token_request_data": {"scope": base_url + "/.default"},
            },
            "paginator": VerbatimLinkPaginator(next_url_path="['@odata.nextLink']"),
        },
        "resources": [
            {
                "name": "messages",
                "primary_key": "id",
                "write_disposition": "merge",
                # What docket files as one record each stays one here too.
                "max_table_nesting": 0,
                "endpoint": {
                    "path": f"users/{mailbox}/mailFolders/inbox/messages/delta",
                    "data_selector": "value",
                },
            }
        ],
    }
)

with tempfile.TemporaryDirectory() as work:
    pipeline = dlt.pipeline(
        pipeline_name="peer",
        pipelines_dir=work,
        destination=dlt.destinations.postgres(postgres),
        dataset_name="peer",
    )
    begun = time.monotonic()
    pipeline.run(source)
    seconds = time.monotonic() - begun
    counts = pipeline.last_trace.last_normalize_info.row_counts
    documents = counts["messages"]

print(
    json.dumps(
        {
            "test": "ingest by dlt",
            "documents": documents,
            "seconds": round(seconds, 2),
            "documents_per_second": round(documents / seconds),
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    )
)
