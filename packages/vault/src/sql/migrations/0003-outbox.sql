-- The outbox: one row a version in the order of storing; a batch is a run of it.

CREATE TABLE outbox (
  organisation_id text COLLATE "C" NOT NULL,
  sequence        bigint NOT NULL,
  record          bigint NOT NULL,
  version         int NOT NULL,
  context         int NOT NULL,
  commitment      bytea NOT NULL,
  stored_time     timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, sequence)
);
CREATE SEQUENCE outbox_sequence;

CREATE TABLE batches (
  organisation_id text COLLATE "C" NOT NULL,
  batch_id        bytea NOT NULL,
  number          bigint GENERATED ALWAYS AS IDENTITY,
  first_sequence  bigint NOT NULL,
  last_sequence   bigint NOT NULL,
  context         int NOT NULL,
  day             date NOT NULL,
  opened_time     timestamptz NOT NULL,
  count           int NOT NULL,
  size            int NOT NULL,
  -- The leaves in order, 32 bytes each: commitments, then random padding.
  leaves          bytea NOT NULL,
  root            bytea NOT NULL,
  state           text COLLATE "C" NOT NULL,
  final_statement bytea,
  final_height    bigint,
  final_time      bigint,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, batch_id)
);
ALTER TABLE batches ALTER COLUMN leaves SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX batches_by_sequence ON batches (organisation_id, last_sequence);
CREATE INDEX batches_unfinished ON batches (organisation_id, number) WHERE state <> 'final';

CREATE TABLE batch_statements (
  organisation_id text COLLATE "C" NOT NULL,
  batch_id        bytea NOT NULL,
  attempt         int NOT NULL,
  statement_id    bytea NOT NULL,
  bytes           bytea NOT NULL,
  expiry          bigint NOT NULL,
  signed_time     timestamptz NOT NULL,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, batch_id, attempt)
);

CREATE TABLE recorded_days (
  organisation_id text COLLATE "C" NOT NULL,
  day             date NOT NULL,
  statement_id    bytea NOT NULL,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, day)
);
