-- Erasure by two persons, what forbids it, and the list of what was erased.

CREATE TABLE erase_requests (
  organisation_id text COLLATE "C" NOT NULL,
  request_id      uuid NOT NULL,
  number          bigint GENERATED ALWAYS AS IDENTITY,
  target          jsonb NOT NULL,
  reason          text COLLATE "C" NOT NULL,
  requested_by    text COLLATE "C" NOT NULL,
  requested_time  timestamptz NOT NULL,
  state           text COLLATE "C" NOT NULL,
  confirmed_by    text COLLATE "C",
  confirmed_time  timestamptz,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, request_id)
);

CREATE TABLE erasures (
  organisation_id text COLLATE "C" NOT NULL,
  request_id      uuid NOT NULL,
  number          bigint GENERATED ALWAYS AS IDENTITY,
  confirmed_time  timestamptz NOT NULL,
  entry           jsonb NOT NULL,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, request_id)
);

CREATE TABLE retention_rules (
  organisation_id text COLLATE "C" NOT NULL,
  type            text COLLATE "C" NOT NULL,
  minimum_days    int NOT NULL,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, type)
);

CREATE TABLE legal_holds (
  organisation_id text COLLATE "C" NOT NULL,
  hold_id         uuid NOT NULL,
  number          bigint GENERATED ALWAYS AS IDENTITY,
  target          jsonb NOT NULL,
  reason          text COLLATE "C" NOT NULL,
  placed_by       text COLLATE "C" NOT NULL,
  placed_time     timestamptz NOT NULL,
  lifted_by       text COLLATE "C",
  lifted_time     timestamptz,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, hold_id)
);
