-- The quarantine: one row a refused delivery. Findings are sealed under the delivery's key.

CREATE TABLE quarantine_items (
  organisation_id text COLLATE "C" NOT NULL,
  delivery_id     uuid NOT NULL,
  number          bigint GENERATED ALWAYS AS IDENTITY,
  state           text COLLATE "C" NOT NULL,
  room            text COLLATE "C" NOT NULL,
  code            text COLLATE "C" NOT NULL,
  source          text COLLATE "C" NOT NULL,
  attempts        int NOT NULL,
  refused_time    timestamptz NOT NULL,
  changed_by      text COLLATE "C",
  sealed          bytea,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, delivery_id)
);
CREATE INDEX quarantine_by_reason ON quarantine_items (organisation_id, state, room, code, number);
CREATE INDEX quarantine_by_number ON quarantine_items (organisation_id, state, number);

-- Blind index of the persons a refused delivery is about, so that an erasure finds it.
CREATE TABLE quarantine_subjects (
  organisation_id text COLLATE "C" NOT NULL,
  subject         bytea NOT NULL,
  delivery_id     uuid NOT NULL,
  PRIMARY KEY (organisation_id, subject, delivery_id)
);
