// Who this device is to its server: tokens live in the system's safe store, the rest in the database.
import { routes } from '@app/shared/api-routes';
import { z } from 'zod';
import type { Store } from '../store/store.ts';
import { callServer, ServerFailure } from './server-call.ts';

/** Secrets by name; they never touch the database. */
export type Secrets = { get(name: string): string | null; set(name: string, value: string | null): void };

const paired = z.object({
  serverUrl: z.url(),
  deviceId: z.uuid(),
  organizationName: z.string(),
  epoch: z.string(),
  nextSeq: z.number().int().min(1),
});
export type Paired = z.infer<typeof paired>;

/** The text on session summaries that the streamer agrees to by pairing (docs/privacy.md). */
export const noticeVersion = 1;
const noteKey = 'pairing';
const lastAgencyKey = 'last-agency';
const refreshName = 'sync-refresh-token';

export type Pairing = {
  current(): Paired | null;
  save(next: Paired): void;
  redeem(
    input: { serverUrl: string; code: string; name: string },
    app: { os: string; version: string },
  ): Promise<Paired>;
  remove(): void;
  /** A token that is good now; refreshes it first where `fresh` asks or it is about to end. */
  token(fresh?: boolean): Promise<string>;
};

/** Makes the pairing over the store and the secrets; `now` in epoch ms. */
export function makePairing(store: Store, secrets: Secrets, now: () => number): Pairing {
  let access: { token: string; endsAt: number } | null = null;
  let refreshing: Promise<string> | null = null;
  const current = () => paired.safeParse(store.note(noteKey)).data ?? null;
  const keep = (reply: { access_token: string; refresh_token: string; expires_in: number }) => {
    access = { token: reply.access_token, endsAt: now() + reply.expires_in * 1000 };
    secrets.set(refreshName, reply.refresh_token);
    return reply.access_token;
  };
  const refresh = async () => {
    const server = current();
    const refreshToken = secrets.get(refreshName);
    if (!server || !refreshToken) throw new ServerFailure('SESSION_ENDED', 0);
    return keep(await callServer(server.serverUrl, routes['auth.refresh'], { body: { refresh_token: refreshToken } }));
  };
  return {
    current,
    save: (next) => store.setNote(noteKey, next),
    async redeem({ serverUrl, code, name }, app) {
      const body = {
        code,
        device_name: name,
        os: app.os,
        app_version: app.version,
        region: 'cn' as const,
        notice_version: noticeVersion,
      };
      const reply = await callServer(serverUrl, routes['devices.pair'], { body });
      keep(reply);
      // What waits was meant for the agency of then: another one must not get it.
      const agency = `${serverUrl} ${reply.organization.id}`;
      if (store.note(lastAgencyKey) === agency) store.outbox.forgetNumbers('waiting');
      else store.outbox.clear();
      store.setNote(lastAgencyKey, agency);
      const next = {
        serverUrl,
        deviceId: reply.device_id,
        organizationName: reply.organization.name,
        epoch: reply.sync.epoch,
        nextSeq: reply.sync.expected_seq,
      };
      store.setNote(noteKey, next);
      return next;
    },
    remove() {
      access = null;
      secrets.set(refreshName, null);
      store.setNote(noteKey, null);
    },
    async token(fresh = false) {
      if (access && !fresh && access.endsAt - now() > 60_000) return access.token;
      refreshing ??= refresh().finally(() => {
        refreshing = null;
      });
      return refreshing;
    },
  };
}
