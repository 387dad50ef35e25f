-- Records (heads), their sealed versions, the wrapped data keys in a table of their own, and the search rows.

CREATE SEQUENCE record_numbers INCREMENT BY 4096;

-- What besides the record itself goes into a commitment.
CREATE TABLE commitment_contexts (
  organisation_id    text COLLATE "C" NOT NULL,
  context            int NOT NULL,
  genesis_hash       bytea NOT NULL,
  standards_set_hash bytea NOT NULL,
  row_seal           bytea NOT NULL,
  PRIMARY KEY (organisation_id, context),
  UNIQUE (organisation_id, genesis_hash, standards_set_hash)
);

CREATE TABLE records (
  organisation_id text COLLATE "C" NOT NULL,
  record          bigint NOT NULL,
  type            text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  handle          bytea NOT NULL,
  patient_id      text COLLATE "C",
  source          text COLLATE "C" NOT NULL,
  head            int NOT NULL,
  head_commitment bytea NOT NULL,
  -- Keyed digest of the head's resource text: tells unchanged content. Null once erased.
  content_digest  bytea,
  message_time    timestamptz,
  deleted         boolean NOT NULL,
  -- Keyed digest of the row: tells an altered row, and that the head was not moved since it was read.
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, record),
  UNIQUE (organisation_id, type, id)
) WITH (fillfactor = 80);
CREATE INDEX records_by_type ON records (organisation_id, type, record);
CREATE INDEX records_by_patient ON records (organisation_id, patient_id, record) WHERE patient_id IS NOT NULL;

CREATE TABLE record_versions (
  organisation_id text COLLATE "C" NOT NULL,
  record          bigint NOT NULL,
  version         int NOT NULL,
  sequence        bigint NOT NULL,
  context         int NOT NULL,
  operation       text COLLATE "C" NOT NULL,
  commitment      bytea NOT NULL,
  previous        bytea,
  leaf_count      int NOT NULL,
  patient_id      text COLLATE "C",
  source          text COLLATE "C" NOT NULL,
  capture_method  text COLLATE "C" NOT NULL,
  care_stage      text COLLATE "C" NOT NULL,
  delivery_id     uuid,
  clinical_time   timestamptz,
  message_time    timestamptz,
  received_time   timestamptz NOT NULL,
  stored_time     timestamptz NOT NULL,
  -- Null once erased.
  sealed          bytea,
  erased_time     timestamptz,
  PRIMARY KEY (organisation_id, record, version)
) WITH (toast_tuple_target = 8160);
-- Ciphertext does not compress: no attempt is made, and up to a page it stays in its row.
ALTER TABLE record_versions ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE record_keys (
  organisation_id text COLLATE "C" NOT NULL,
  record          bigint NOT NULL,
  version         int NOT NULL,
  wrapped         bytea NOT NULL,
  PRIMARY KEY (organisation_id, record, version)
);

-- Codes and references of the heads in clear; identifiers as keyed blind index (`value` is then base64url).
CREATE TABLE search_values (
  organisation_id text COLLATE "C" NOT NULL,
  type            text COLLATE "C" NOT NULL,
  param           text COLLATE "C" NOT NULL,
  value           text COLLATE "C" NOT NULL,
  record          bigint NOT NULL,
  system          text
);
CREATE INDEX search_values_by_value ON search_values (organisation_id, type, param, value, record);
CREATE INDEX search_values_by_record ON search_values (organisation_id, record);

CREATE TABLE search_dates (
  organisation_id text COLLATE "C" NOT NULL,
  type            text COLLATE "C" NOT NULL,
  param           text COLLATE "C" NOT NULL,
  from_time       timestamptz NOT NULL,
  to_time         timestamptz NOT NULL,
  record          bigint NOT NULL
);
CREATE INDEX search_dates_by_time ON search_dates (organisation_id, type, param, from_time, record);
CREATE INDEX search_dates_by_record ON search_dates (organisation_id, record);
