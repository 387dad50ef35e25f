-- What a source wrote and the code that it means: suggested, confirmed or rejected by a person. `sealed` holds text, code and decision;
-- `term` is a keyed digest of source, system and text.
CREATE TABLE code_choices (
  organisation_id text COLLATE "C" NOT NULL,
  term            bytea NOT NULL,
  number          bigint GENERATED ALWAYS AS IDENTITY,
  state           text COLLATE "C" NOT NULL,
  seen            int NOT NULL,
  sealed          bytea NOT NULL,
  PRIMARY KEY (organisation_id, term)
);
CREATE INDEX code_choices_by_state ON code_choices (organisation_id, state, number);
