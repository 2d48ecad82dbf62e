-- Enumerations of the design document.
CREATE TYPE user_role_enum AS ENUM ('super_admin', 'agency_admin', 'streamer', 'assistant');
CREATE TYPE subscription_plan_enum AS ENUM ('basic', 'professional', 'enterprise', 'custom');
CREATE TYPE platform_enum AS ENUM ('douyin', 'kuaishou', 'bilibili', 'xiaohongshu', 'taobao');
CREATE TYPE room_status_enum AS ENUM ('active', 'inactive', 'monitoring', 'error');
CREATE TYPE consent_kind_enum AS ENUM ('session_summary', 'wellbeing_summary', 'danmaku_excerpts');

-- Not of a tenant: what the server must know before it knows the tenant.
CREATE TABLE server_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch text NOT NULL,
  cluster text NOT NULL
);
CREATE TABLE setup_links (
  token_hash bytea PRIMARY KEY,
  for_organization uuid,
  role user_role_enum NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);

CREATE TABLE organizations (
  id uuid PRIMARY KEY,
  slug varchar(40) NOT NULL UNIQUE,
  name varchar(100) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
  organization_id uuid NOT NULL REFERENCES organizations (id),
  id uuid NOT NULL,
  username varchar(50) NOT NULL,
  email varchar(100),
  phone varchar(20),
  password_hash text,
  role user_role_enum NOT NULL,
  subscription_plan subscription_plan_enum,
  subscription_expires_at timestamptz,
  profile jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX users_username ON users (organization_id, lower(username)) WHERE deleted_at IS NULL;

CREATE TABLE devices (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  name varchar(100) NOT NULL,
  os varchar(40) NOT NULL,
  app_version varchar(40) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
);
CREATE INDEX devices_user ON devices (organization_id, user_id);

CREATE TABLE refresh_families (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  device_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  revoke_reason varchar(40),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id),
  FOREIGN KEY (organization_id, device_id) REFERENCES devices (organization_id, id)
);
CREATE INDEX refresh_families_user ON refresh_families (organization_id, user_id) WHERE revoked_at IS NULL;

CREATE TABLE refresh_tokens (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  family_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, token_hash),
  FOREIGN KEY (organization_id, family_id) REFERENCES refresh_families (organization_id, id)
);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (organization_id, expires_at);

CREATE TABLE invites (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  code_hash bytea NOT NULL,
  role user_role_enum NOT NULL,
  username varchar(50) NOT NULL,
  user_id uuid,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, code_hash),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id),
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id)
);

CREATE TABLE consents (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  device_id uuid NOT NULL,
  kind consent_kind_enum NOT NULL,
  granted boolean NOT NULL,
  notice_version integer NOT NULL,
  version integer NOT NULL,
  region varchar(10) NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, user_id, kind, version),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id),
  FOREIGN KEY (organization_id, device_id) REFERENCES devices (organization_id, id)
);

CREATE TABLE access_log (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  reader_id uuid NOT NULL,
  what varchar(20) NOT NULL,
  session_id uuid,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, subject_id) REFERENCES users (organization_id, id),
  FOREIGN KEY (organization_id, reader_id) REFERENCES users (organization_id, id)
);
CREATE INDEX access_log_subject ON access_log (organization_id, subject_id, id DESC);

-- Append-only; each row holds the hash of the one before it in the same organization.
CREATE TABLE audit_log (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  actor_id uuid,
  action varchar(60) NOT NULL,
  target_id uuid,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, seq),
  FOREIGN KEY (organization_id) REFERENCES organizations (id)
);
