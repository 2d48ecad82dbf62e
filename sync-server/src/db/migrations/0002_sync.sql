CREATE TABLE sync_devices (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  last_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, id) REFERENCES devices (organization_id, id)
);

CREATE TABLE applied_batches (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  device_id uuid NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  rejected jsonb NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, device_id) REFERENCES devices (organization_id, id)
);

-- What a later pull reads; xid lets a reader stop before transactions that are still open.
CREATE TABLE change_log (
  organization_id uuid NOT NULL REFERENCES organizations (id),
  seq bigint GENERATED ALWAYS AS IDENTITY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  kind varchar(40) NOT NULL,
  id uuid NOT NULL,
  op varchar(10) NOT NULL,
  PRIMARY KEY (organization_id, seq)
);

CREATE TABLE tombstones (
  organization_id uuid NOT NULL REFERENCES organizations (id),
  kind varchar(40) NOT NULL,
  id uuid NOT NULL,
  deleted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, kind, id)
);

CREATE TABLE live_rooms (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  platform platform_enum NOT NULL,
  platform_room_id varchar(100) NOT NULL,
  room_name varchar(200) NOT NULL,
  room_url text,
  status room_status_enum NOT NULL DEFAULT 'inactive',
  config jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, platform, platform_room_id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
);

-- One closed session in counts. summary is the row as the device made it; the columns beside it are for finding it.
CREATE TABLE live_sessions (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  device_id uuid NOT NULL,
  room_id uuid NOT NULL,
  started_at timestamptz NOT NULL,
  stopped_at timestamptz NOT NULL,
  break_minutes double precision NOT NULL,
  summary jsonb NOT NULL,
  hlc varchar(30) NOT NULL,
  hlc_order varchar(30) NOT NULL,
  rev bigint NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id),
  FOREIGN KEY (organization_id, device_id) REFERENCES devices (organization_id, id),
  FOREIGN KEY (organization_id, room_id) REFERENCES live_rooms (organization_id, id)
);
CREATE INDEX live_sessions_time ON live_sessions (organization_id, started_at DESC, id DESC);
CREATE INDEX live_sessions_user ON live_sessions (organization_id, user_id, started_at DESC, id DESC);
