-- Whose session it was, so that the page of this person can say that they took sessions back.
ALTER TABLE tombstones ADD COLUMN user_id uuid;
ALTER TABLE tombstones ADD FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id);
CREATE INDEX tombstones_user ON tombstones (organization_id, user_id, deleted_at DESC);
