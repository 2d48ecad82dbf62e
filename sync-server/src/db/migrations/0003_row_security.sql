-- Every tenant table: nobody, the owner included, sees a row of another organization than app.org.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['users', 'devices', 'refresh_families', 'refresh_tokens', 'invites', 'consents',
    'access_log', 'audit_log', 'sync_devices', 'applied_batches', 'change_log', 'tombstones', 'live_rooms', 'live_sessions']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = nullif(current_setting(''app.org'', true), '''')::uuid)', name);
  END LOOP;
END $$;
ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON organizations USING (id = nullif(current_setting('app.org', true), '')::uuid);

-- The owner has no login. It may look across tenants only for the functions below.
CREATE POLICY lookup ON organizations FOR SELECT TO timao_migrator USING (true);
CREATE POLICY lookup ON invites FOR SELECT TO timao_migrator USING (true);
CREATE POLICY prune ON refresh_tokens TO timao_migrator USING (true);
CREATE POLICY prune ON applied_batches TO timao_migrator USING (true);
CREATE POLICY prune ON tombstones TO timao_migrator USING (true);

-- The organization of a sign-in: by its slug, or the only one there is. "several" tells that a slug is needed.
CREATE FUNCTION organization_for_login(wanted text, OUT id uuid, OUT several boolean) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN wanted IS NOT NULL THEN (SELECT o.id FROM public.organizations o WHERE o.slug = wanted)
              WHEN (SELECT count(*) FROM (SELECT 1 FROM public.organizations LIMIT 2) two) = 1 THEN (SELECT o.id FROM public.organizations o) END,
         (SELECT count(*) FROM (SELECT 1 FROM public.organizations LIMIT 2) two) > 1
$$;
CREATE FUNCTION any_organization() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$ SELECT EXISTS (SELECT 1 FROM public.organizations) $$;
CREATE FUNCTION organization_of_invite(wanted bytea) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.id FROM public.organizations o JOIN public.invites i ON i.organization_id = o.id AND i.code_hash = wanted LIMIT 1
$$;
CREATE FUNCTION prune_expired() RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  WITH t AS (DELETE FROM public.refresh_tokens WHERE expires_at < now() - interval '1 day' RETURNING 1),
       b AS (DELETE FROM public.applied_batches WHERE applied_at < now() - interval '30 days' RETURNING 1),
       s AS (DELETE FROM public.tombstones WHERE deleted_at < now() - interval '90 days' RETURNING 1),
       l AS (DELETE FROM public.setup_links WHERE expires_at < now() - interval '30 days' RETURNING 1)
  SELECT (SELECT count(*) FROM t) + (SELECT count(*) FROM b) + (SELECT count(*) FROM s) + (SELECT count(*) FROM l)
$$;
REVOKE ALL ON FUNCTION organization_for_login(text), any_organization(), organization_of_invite(bytea), prune_expired() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION organization_for_login(text), any_organization(), organization_of_invite(bytea), prune_expired() TO timao_app;

GRANT USAGE ON SCHEMA public TO timao_app;
GRANT SELECT ON schema_migrations TO timao_app;
GRANT SELECT, INSERT, UPDATE ON server_state, setup_links, organizations, users, devices, refresh_families, refresh_tokens,
  invites, sync_devices, live_rooms TO timao_app;
GRANT SELECT, INSERT ON consents, access_log, audit_log, change_log, applied_batches TO timao_app;
GRANT DELETE ON setup_links, invites TO timao_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON live_sessions TO timao_app;
GRANT SELECT, INSERT ON tombstones TO timao_app;
