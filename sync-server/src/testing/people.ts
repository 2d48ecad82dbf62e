// Organizations, people and summaries for tests, made through the API as a person would.
import { randomUUID } from 'node:crypto';
import type { PushRequest, SessionSummary, SyncChange } from '@app/shared/sync';
import { makeSetupLink } from '../modules/orgs/setup.ts';
import type { TestServer } from './test-server.ts';

export const password = 'correct horse 马';

export type Agency = { id: string; slug: string; admin: { id: string; token: string; refresh: string } };
export type Streamer = { id: string; token: string; refresh: string; deviceId: string; epoch: string };

/** An organization with its first admin, signed in. The first of a server has a super_admin. */
export async function makeAgency(server: TestServer, name: string): Promise<Agency> {
  const { link } = await makeSetupLink(server.deps, server.database.query, null);
  const slug = `${name}-${randomUUID().slice(0, 8)}`;
  const body = {
    token: link.split('#')[1],
    organization_name: name,
    organization: slug,
    username: `${name} boss`,
    password,
  };
  const made = await server.call('POST', '/v2/auth/setup', { body });
  if (made.status !== 201) throw new Error(made.text);
  return { id: made.body.organization.id, slug, admin: await signIn(server, slug, body.username) };
}

/** Signs in with the password of these tests. */
export async function signIn(server: TestServer, organization: string, username: string) {
  const reply = await server.call('POST', '/v2/auth/login', { body: { organization, username, password } });
  if (reply.status !== 200) throw new Error(reply.text);
  return {
    id: reply.body.user.id as string,
    token: reply.body.access_token as string,
    refresh: reply.body.refresh_token as string,
  };
}

/** The code of a fresh invite. */
export async function makeInvite(server: TestServer, agency: Agency, body: object): Promise<string> {
  const reply = await server.call('POST', '/v2/invites', { token: agency.admin.token, body });
  if (reply.status !== 201) throw new Error(reply.text);
  return reply.body.code;
}

export const pairBody = (code: string) => ({
  code,
  device_name: 'PC',
  os: 'windows',
  app_version: '0.1.0',
  region: 'cn',
  notice_version: 1,
});

/** A paired streamer. */
export async function pairStreamer(server: TestServer, agency: Agency, username: string): Promise<Streamer> {
  const code = await makeInvite(server, agency, { role: 'streamer', username });
  const { status, body, text } = await server.call('POST', '/v2/pair', { body: pairBody(code) });
  if (status !== 201) throw new Error(text);
  return {
    id: body.user.id,
    token: body.access_token,
    refresh: body.refresh_token,
    deviceId: body.device_id,
    epoch: body.sync.epoch,
  };
}

/** A person with a password in a role that is invited. */
export async function addPerson(
  server: TestServer,
  agency: Agency,
  role: 'agency_admin' | 'assistant',
  username: string,
) {
  const code = await makeInvite(server, agency, { role, username });
  const reply = await server.call('POST', '/v2/auth/accept-invite', { body: { code, password } });
  if (reply.status !== 201) throw new Error(reply.text);
  return signIn(server, agency.slug, username);
}

/** A summary of two hours on air. */
export function makeSummary(id: string, changes: Partial<SessionSummary> = {}): SessionSummary {
  return {
    schema: 1,
    session_id: id,
    room_id: '0193f0c2-a4b1-7000-8000-00000000aaaa',
    platform: 'bilibili',
    platform_room_id: '5440',
    room_name: '测试房间',
    started_at: '2026-11-24T10:00:00.000Z',
    stopped_at: '2026-11-24T12:00:00.000Z',
    hours_live: 2,
    breaks: [{ start_at: '2026-11-24T11:00:00.000Z', end_at: '2026-11-24T11:05:00.000Z' }],
    danmaku: {
      comment: 100,
      gift: 3,
      follow: 2,
      share: 1,
      like: 50,
      unanswered_questions: 4,
      abusive: 1,
      distinct_viewers: 40,
    },
    suggestions: [{ type: 'interaction', urgency: 'medium', shown: 6, used: 2 }],
    quality: {
      connector_uptime_share: 0.98,
      reconnects: 1,
      gaps: [{ part: 'danmaku', seconds: 12 }],
      device_troubles: { camera: 0, microphone: 1 },
      latency_ms: { p50: 80, p95: 210 },
    },
    ...changes,
  };
}

export const hlcAt = (ms: number, counter = 0) =>
  `${ms.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-9f2c11aa`;

/** A change that brings a summary. */
export function toChange(seq: number, summary: SessionSummary, clock = hlcAt(Date.UTC(2026, 10, 24, 12))): SyncChange {
  const { session_id: id, stopped_at: at } = summary;
  return { seq, op: 'upsert', kind: 'session_summary', id, hlc: clock, base_rev: null, schema: 1, at, data: summary };
}

/** A batch of this streamer's device from changes with gapless seq. */
export function toBatch(streamer: Streamer, changes: SyncChange[], batchId: string = randomUUID()): PushRequest {
  return {
    protocol: 2,
    device_id: streamer.deviceId,
    batch_id: batchId,
    epoch: streamer.epoch,
    first_seq: changes[0]!.seq,
    changes,
  };
}
