COMMENT ON COLUMN docket_v1.enrichments.model_sha256 IS
    'SHA-256 that tells the model from others: of its file; with an adapter, of both files'' hashes; of a remote model, of its address and name';
