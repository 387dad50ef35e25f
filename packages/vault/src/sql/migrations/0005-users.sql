-- Named people and their sign-ins. Tokens are 256 random bits, so their plain hash cannot be guessed.

CREATE TABLE users (
  organisation_id text COLLATE "C" NOT NULL,
  name            text COLLATE "C" NOT NULL,
  display_name    text COLLATE "C" NOT NULL,
  role            text COLLATE "C" NOT NULL CHECK (role IN ('administrator', 'clerk', 'researcher', 'auditor')),
  password_hash   text COLLATE "C" NOT NULL,
  disabled        boolean NOT NULL,
  created_time    timestamptz NOT NULL,
  failures        int NOT NULL,
  locked_until    timestamptz,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, name)
);

CREATE TABLE user_tokens (
  organisation_id text COLLATE "C" NOT NULL,
  token_hash      bytea NOT NULL,
  name            text COLLATE "C" NOT NULL,
  created_time    timestamptz NOT NULL,
  expires_time    timestamptz NOT NULL,
  row_seal        bytea NOT NULL,
  PRIMARY KEY (organisation_id, token_hash)
);
