-- Sealed bytes too large for a row lie in the blob store under the name in `blob`; `sealed` is then null.
ALTER TABLE deliveries ADD COLUMN blob bytea;
CREATE INDEX deliveries_in_blobs ON deliveries (organisation_id) WHERE blob IS NOT NULL;
ALTER TABLE record_versions ADD COLUMN blob bytea;
CREATE INDEX record_versions_in_blobs ON record_versions (organisation_id) WHERE blob IS NOT NULL;

-- Versions by the states that are rare, so that listing them walks only them.
CREATE INDEX record_versions_erased ON record_versions (organisation_id, sequence) WHERE erased_time IS NOT NULL;
CREATE INDEX record_versions_later ON record_versions (organisation_id, sequence) WHERE version > 1;
