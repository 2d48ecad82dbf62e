// A session as main and the engine would describe it, for the windows' tests. Made up; nobody is meant.
import type { SessionReport, SessionRow } from '@app/shared/ipc';
import type { Settings } from '@app/shared/settings';
import type { CardView, DanmakuRow, LiveView, PairingView, SystemView, TimelinePoint } from '@app/shared/view';
import { emptyLiveView, emptyReading } from '@app/shared/view';

/** A UUID that tells its number. */
export const uuid = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
export const sessionId = uuid(1);

export const settingsFixture: Settings = {
  language: 'zh',
  theme: 'dark',
  hotkeys: { accept: 'F8', dismiss: 'F9', toggle: 'F10', mark: 'F6', break: 'F7', help: 'Shift+F10' },
  overlay: { scale: 1, opacity: 1, displayId: null, left: 0.68, top: 0.06, dots: false },
  devices: { cameraId: null, microphoneId: null, cameraAllowed: false, microphoneAllowed: false },
  obs: { enabled: true, port: 4455 },
  retention: { danmakuDays: 30, emotionDays: 7 },
  catalogue: [],
  reduceMotion: false,
};

export const systemFixture: SystemView = {
  camera: { state: 'on', label: 'Sample camera' },
  microphone: { state: 'on', label: 'Sample microphone' },
  cameras: [{ id: 'cam-1', label: 'HD Webcam C920' }],
  microphones: [{ id: 'mic-1', label: 'USB Audio' }],
  processes: { engine: 'running', inference: 'running', capture: 'running' },
  models: [
    { name: 'text', state: 'ready' },
    { name: 'voice', state: 'ready' },
    { name: 'face', state: 'ready' },
  ],
  governor: { level: 'full', reason: null },
  hotkeysTaken: [],
  overlayVisible: true,
  overlayTouchable: false,
  rehearsal: true,
  sampleMedia: true,
  oldElectron: false,
  captureProtection: 'unsupported',
};

export const pairingFixture: PairingView = {
  paired: false,
  serverUrl: null,
  organizationName: null,
  deviceId: null,
  syncConsent: false,
  waiting: 0,
  rejected: 0,
  lastSyncAt: null,
  lastError: null,
};

/** An open card that three viewers caused, good for 40 s more. */
export function cardFixture(now: number, change: Partial<CardView> = {}): CardView {
  return {
    id: uuid(900),
    trigger: 'repeated_question',
    type: 'interaction',
    urgency: 'high',
    confidence: 0.88,
    headline: 'how long to Tibet',
    params: { viewers: 3 },
    evidence: {
      quotes: ['free shipping?', 'how many days', 'remote areas too?'],
      count: 3,
      windowSeconds: 90,
      danmakuIds: [uuid(11), uuid(12), uuid(13)],
      figures: {},
    },
    createdAt: now - 20_000,
    expiresAt: now + 40_000,
    receivedAt: now - 20_100,
    decidedAt: now - 20_000,
    outcome: 'open',
    shownAt: null,
    rating: null,
    ...change,
  };
}

/** A chat message; `number` makes its id. */
export function rowFixture(number: number, change: Partial<DanmakuRow> = {}): DanmakuRow {
  return {
    id: uuid(100_000 + number),
    at: 1_790_000_000_000 + number * 1000,
    platform: 'bilibili',
    type: 'comment',
    username: `viewer ${number}`,
    content: `message ${number}`,
    sentiment: 0,
    intent: 'chat',
    abusive: false,
    giftCount: null,
    priceCents: null,
    ...change,
  };
}

function pointsFixture(now: number, count: number): TimelinePoint[] {
  return Array.from({ length: count }, (_, index) => {
    const wave = Math.sin(index / 6) + Math.sin(index / 2.3) * 0.4;
    const quiet = index > 46 && index < 52;
    return {
      at: now - (count - index) * 10_000,
      danmaku: quiet ? 0 : Math.max(0, Math.round(14 + wave * 9 + (index % 5))),
      sentiment: quiet ? null : Math.max(-0.8, Math.min(0.9, 0.25 + wave * 0.35)),
      emotion: index < 24 ? null : index < 44 ? 'neutral' : index < 56 ? null : index < 74 ? 'happy' : 'neutral',
      curve:
        index < 24 || (index >= 44 && index < 56)
          ? null
          : { valence: 0.15 + wave * 0.2, arousal: 0.2 + Math.sin(index / 4) * 0.15 },
      speech: quiet ? 0 : Math.max(0, Math.min(1, 0.6 + Math.sin(index * 1.7) * 0.4)),
      gifts: index % 17 === 0 ? 2 : 0,
    };
  });
}

/** A session that has run for 2 h 14 min, with everything the live page can show. */
export function liveFixture(now: number): LiveView {
  const at = (secondsAgo: number) => now - secondsAgo * 1000;
  return {
    ...emptyLiveView,
    session: {
      id: sessionId,
      roomId: uuid(2),
      roomName: 'Rehearsal room',
      platform: 'bilibili',
      platformRoomId: '1000',
      source: 'rehearsal',
      startedAt: at(8073),
      breakSince: null,
    },
    connector: {
      ...emptyLiveView.connector,
      state: 'live',
      lastEventAt: at(1),
      perMinute: 128,
      received: 9812,
      shed: 31,
      unreadable: 2,
      onlineCount: 123_000,
    },
    emotion: {
      fused: { ...emptyReading, label: 'neutral', certain: true, reason: null, confidence: 0.71, at: at(2) },
      voice: { ...emptyReading, reason: 'too_few_clips', confidence: 0.4, at: at(3), clipsHeard: 7 },
      face: { ...emptyReading, label: 'happy', certain: true, reason: null, confidence: 0.64, at: at(2) },
    },
    mood: { sentiment: 0.3, messages: 128 },
    load: {
      state: 'busy',
      reasons: [
        { code: 'no_break', value: 48 },
        { code: 'chat_fast', value: 128 },
      ],
      liveMinutes: 134,
      sinceBreakMinutes: 48,
    },
    questions: [
      {
        id: uuid(21),
        headline: 'how many days to Tibet',
        viewers: 12,
        firstAt: at(180),
        lastAt: at(20),
        danmakuIds: [uuid(11)],
      },
      {
        id: uuid(22),
        headline: 'what fabric is it',
        viewers: 5,
        firstAt: at(360),
        lastAt: at(60),
        danmakuIds: [uuid(12)],
      },
      {
        id: uuid(23),
        headline: 'sing the sunny one',
        viewers: 3,
        firstAt: at(540),
        lastAt: at(90),
        danmakuIds: [uuid(13)],
      },
    ],
    cards: [cardFixture(now)],
    recentCards: [
      cardFixture(now, {
        id: uuid(901),
        outcome: 'accepted',
        createdAt: at(300),
        params: { viewers: 5 },
        headline: 'what fabric',
      }),
      cardFixture(now, {
        id: uuid(902),
        outcome: 'expired',
        createdAt: at(620),
        trigger: 'newcomers',
        params: { people: 40, seconds: 60, usual: 12 },
      }),
    ],
    timeline: {
      points: pointsFixture(now, 90),
      marks: [
        { at: at(700), kind: 'gift' },
        { at: at(620), kind: 'card' },
        { at: at(430), kind: 'marker' },
        { at: at(300), kind: 'card' },
        { at: at(290), kind: 'accepted' },
        { at: at(200), kind: 'gift' },
        { at: at(120), kind: 'dismissed' },
        { at: at(60), kind: 'break' },
      ],
    },
    gaps: [{ part: 'engine', fromAt: at(425), toAt: at(382) }],
    latency: { count: 14, p50Ms: 82, p95Ms: 236 },
    counts: { events: 21_000, comments: 8120, gifts: 93, viewers: 1204, textWaiting: 0 },
  };
}

export const sessionRowFixture: SessionRow = {
  id: sessionId,
  roomName: 'Rehearsal room',
  platform: 'bilibili',
  source: 'rehearsal',
  startedAt: Date.UTC(2026, 10, 20, 12, 0),
  stoppedAt: Date.UTC(2026, 10, 20, 14, 14),
  danmaku: 8120,
  gifts: 93,
  cards: 31,
  accepted: 14,
  synced: 'local',
};

export const reportFixture: SessionReport = {
  ...sessionRowFixture,
  byType: { comment: 8120, gift: 93, like: 2400, enter: 3100, follow: 41 },
  viewers: 1204,
  breaks: [{ startedAt: Date.UTC(2026, 10, 20, 13, 0), stoppedAt: Date.UTC(2026, 10, 20, 13, 8) }],
  gaps: [{ part: 'engine', fromAt: Date.UTC(2026, 10, 20, 12, 40), toAt: Date.UTC(2026, 10, 20, 12, 41) }],
  cardList: [
    {
      id: uuid(901),
      trigger: 'repeated_question',
      headline: 'what fabric',
      outcome: 'accepted',
      rating: 5,
      createdAt: Date.UTC(2026, 10, 20, 12, 20),
    },
    {
      id: uuid(902),
      trigger: 'newcomers',
      headline: '40 people just came in',
      outcome: 'expired',
      rating: null,
      createdAt: Date.UTC(2026, 10, 20, 12, 50),
    },
  ],
  emotionShare: { neutral: 0.41, happy: 0.17, sad: 0.03 },
  uncertainShare: 0.39,
  minutes: Array.from({ length: 134 }, (_, index) => ({
    at: Date.UTC(2026, 10, 20, 12, index),
    danmaku: Math.max(0, Math.round(60 + Math.sin(index / 9) * 40 + Math.sin(index / 3) * 14)),
    sentiment: index % 31 === 0 ? null : 0.25 + Math.sin(index / 12) * 0.4,
  })),
  latency: { count: 31, p50Ms: 82, p95Ms: 236 },
};
