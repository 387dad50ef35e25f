-- The inbox. Rows are written once: what became of a delivery is a row elsewhere (waiting, answer, quarantine).

CREATE TABLE deliveries (
  organisation_id text COLLATE "C" NOT NULL,
  delivery_id     uuid NOT NULL,
  arrival         bigint GENERATED ALWAYS AS IDENTITY,
  source          text COLLATE "C" NOT NULL,
  -- Keyed digests (HMAC): a control id may be a person's number, and a bare hash of bytes can be guessed.
  control_digest  bytea NOT NULL,
  bytes_digest    bytea,
  conflict_with   uuid,
  form            text COLLATE "C" NOT NULL,
  received_time   timestamptz NOT NULL,
  -- Null once erased.
  sealed          bytea,
  erased_time     timestamptz,
  PRIMARY KEY (organisation_id, delivery_id)
) WITH (toast_tuple_target = 8160);
-- Ciphertext does not compress: no attempt is made, and up to a page it stays in its row.
ALTER TABLE deliveries ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX deliveries_first ON deliveries (organisation_id, source, control_digest)
  WHERE conflict_with IS NULL;
CREATE UNIQUE INDEX deliveries_conflicting ON deliveries (organisation_id, source, control_digest, bytes_digest)
  WHERE conflict_with IS NOT NULL;

CREATE TABLE delivery_keys (
  organisation_id text COLLATE "C" NOT NULL,
  delivery_id     uuid NOT NULL,
  wrapped         bytea NOT NULL,
  PRIMARY KEY (organisation_id, delivery_id)
);

CREATE TABLE waiting_deliveries (
  organisation_id text COLLATE "C" NOT NULL,
  arrival         bigint NOT NULL,
  delivery_id     uuid NOT NULL,
  PRIMARY KEY (organisation_id, arrival)
);
CREATE UNIQUE INDEX waiting_deliveries_by_id ON waiting_deliveries (organisation_id, delivery_id);

CREATE TABLE delivery_answers (
  organisation_id text COLLATE "C" NOT NULL,
  delivery_id     uuid NOT NULL,
  -- What became of its records (JSON, ids of ours; null until stored), and the answer given, sealed under its key.
  records         text COLLATE "C",
  answer          bytea,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, delivery_id)
);

CREATE TABLE mended_deliveries (
  organisation_id text COLLATE "C" NOT NULL,
  delivery_id     uuid NOT NULL,
  sealed          bytea NOT NULL,
  PRIMARY KEY (organisation_id, delivery_id)
);

-- Counts, appended and folded now and then, so that no two transactions meet at one row. `code` is '' for plain counts.
CREATE TABLE tallies (
  organisation_id text COLLATE "C" NOT NULL,
  day             date NOT NULL,
  dimension       text COLLATE "C" NOT NULL,
  code            text COLLATE "C" NOT NULL,
  amount          bigint NOT NULL
);
CREATE INDEX tallies_by_day ON tallies (organisation_id, day, dimension, code);
