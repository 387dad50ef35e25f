-- Data quality: runs of a rule set, their counts by department, source and month, and the records that failed (ids of ours alone).

CREATE TABLE quality_runs (
  organisation_id    text COLLATE "C" NOT NULL,
  run                bigint GENERATED ALWAYS AS IDENTITY,
  rules_id           text COLLATE "C" NOT NULL,
  rules_hash         text COLLATE "C" NOT NULL,
  standards_set_hash text COLLATE "C" NOT NULL,
  scope              jsonb NOT NULL,
  started_time       timestamptz NOT NULL,
  finished_time      timestamptz NOT NULL,
  persons            int NOT NULL,
  records            int NOT NULL,
  -- What is measured besides the checks: capture methods, anchor lag, frequent edits.
  measures           jsonb NOT NULL,
  PRIMARY KEY (organisation_id, run)
);

CREATE TABLE quality_cells (
  organisation_id text COLLATE "C" NOT NULL,
  run             bigint NOT NULL,
  check_id        text COLLATE "C" NOT NULL,
  department      text COLLATE "C" NOT NULL,
  source          text COLLATE "C" NOT NULL,
  period          text COLLATE "C" NOT NULL,
  failed          int NOT NULL,
  counted         int NOT NULL,
  PRIMARY KEY (organisation_id, run, check_id, department, source, period)
);

CREATE TABLE quality_failures (
  organisation_id text COLLATE "C" NOT NULL,
  run             bigint NOT NULL,
  check_id        text COLLATE "C" NOT NULL,
  number          int NOT NULL,
  type            text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  department      text COLLATE "C" NOT NULL,
  PRIMARY KEY (organisation_id, run, check_id, number)
);

CREATE TABLE quality_thresholds (
  organisation_id text COLLATE "C" NOT NULL,
  check_id        text COLLATE "C" NOT NULL,
  percent         float8 NOT NULL,
  set_by          text COLLATE "C" NOT NULL,
  set_time        timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, check_id)
);
