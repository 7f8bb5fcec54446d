-- A changed scope or definition has to lead to a new reading, and to one only.

ALTER TABLE docket.streams
    -- SHA-256 of all that decides what the stream shows, in its present epoch. NULL, as in streams
    -- that are older than this column: the next pass notes it down and reads nothing anew.
    ADD COLUMN fingerprint bytea CHECK (octet_length(fingerprint) = 32);
