// An agency as the server would describe it, for the tests of the agency web. Made up; nobody is meant.
import type { Consent, Invite, OverviewReply, SessionPage, SessionRow, User, UserPage, UserRow } from '@app/shared/api';

/** A UUID that tells its number. */
export const uuid = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const organizationFixture = {
  id: uuid(1),
  slug: 'maoyun',
  name: 'Cloud Cats',
  created_at: '2026-01-05T08:00:00Z',
};
export const adminFixture: User = {
  id: uuid(2),
  username: 'Ada',
  email: null,
  role: 'agency_admin',
  organization_id: organizationFixture.id,
  subscription_plan: null,
  created_at: '2026-01-05T08:00:00Z',
};
export const streamerFixture: User = { ...adminFixture, id: uuid(3), username: 'Mira', role: 'streamer' };

const danmaku = {
  comment: 4200,
  gift: 120,
  follow: 60,
  share: 9,
  like: 15_000,
  unanswered_questions: 14,
  abusive: 21,
  distinct_viewers: 800,
};
export const sessionRowFixture: SessionRow = {
  id: uuid(10),
  streamer: { id: streamerFixture.id, username: streamerFixture.username },
  platform: 'bilibili',
  platform_room_id: '21452505',
  room_name: 'Late night songs',
  started_at: '2026-11-24T11:00:00Z',
  stopped_at: '2026-11-24T15:00:00Z',
  hours_live: 4,
  break_minutes: 12,
  danmaku,
  connector_uptime_share: 0.972,
};
export const sessionFixture: SessionPage = {
  ...sessionRowFixture,
  room_id: uuid(11),
  device_id: uuid(12),
  received_at: '2026-11-24T15:00:05Z',
  breaks: [{ start_at: '2026-11-24T12:30:00Z', end_at: '2026-11-24T12:42:00Z' }],
  quality: {
    connector_uptime_share: 0.972,
    reconnects: 3,
    gaps: [
      { part: 'danmaku', seconds: 300 },
      { part: 'danmaku', seconds: 103 },
    ],
    device_troubles: { camera: 1, microphone: 0 },
    latency_ms: { p50: 81, p95: 240 },
  },
  suggestions: null,
  consents: [{ kind: 'session_summary', granted: true }],
};

export const consentFixture: Consent = {
  id: uuid(20),
  kind: 'session_summary',
  granted: true,
  notice_version: 1,
  version: 1,
  region: 'cn',
  at: '2026-11-01T09:00:00Z',
};
export const personFixture: UserPage = {
  ...streamerFixture,
  devices: [
    {
      id: uuid(12),
      name: 'Studio PC',
      os: 'Windows 11',
      app_version: '0.1.0',
      created_at: '2026-11-01T09:00:00Z',
      last_seen: '2026-11-24T15:00:05Z',
      revoked_at: null,
    },
  ],
  consents: [consentFixture],
  erased_at: null,
};
export const userRowFixtures: UserRow[] = [
  { ...streamerFixture, devices: 1, last_seen: '2026-11-24T15:00:05Z', last_session_at: '2026-11-24T11:00:00Z' },
  { ...adminFixture, devices: 0, last_seen: null, last_session_at: null },
];
/** An invite that can still be used for most of a day. */
export const inviteFixture = (): Invite => ({
  id: uuid(30),
  role: 'streamer',
  username: 'Nora',
  user_id: null,
  created_at: new Date(Date.now() - 3_600_000).toISOString(),
  expires_at: new Date(Date.now() + 23 * 3_600_000).toISOString(),
  used_at: null,
});

const week = (start: string, sessions: number): OverviewReply['weeks'][number] => ({
  week_start: start,
  streamers: Math.min(sessions, 3),
  sessions,
  hours_live: sessions * 3.5,
  break_minutes: sessions * 9,
  danmaku: { comment: 4200, gift: 120, follow: 60, share: 9, like: 15_000, unanswered_questions: 14, abusive: 21 },
  connector_uptime_share: sessions === 0 ? null : 0.991,
});
export const overviewFixture: OverviewReply = {
  streamers: 3,
  weeks: [week('2026-11-02', 4), week('2026-11-09', 0), week('2026-11-16', 6), week('2026-11-23', 2)],
  suggestions: null,
};
