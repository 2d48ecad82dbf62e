import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liveEvent } from '@app/shared/live-event';
import { analysisOf } from '@app/shared/suggestions/sample-events';
import { makeUuidv7 } from '@app/shared/uuid';
import { afterAll, expect, test } from 'vitest';
import { openStore } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'timao-vectors-'));
afterAll(() => rmSync(folder, { recursive: true }));
const newId = makeUuidv7(Date.now, randomBytes);

test('a sentence vector is in no event that the store gives back and in no byte of its file', () => {
  const path = join(folder, 'app.db');
  const store = openStore(path);
  const room = { platform: 'bilibili' as const, platformRoomId: '5440', roomName: '彩排房间' };
  const session = store.startSession({ id: newId(), roomId: newId(), source: 'rehearsal', at: 1_000 }, room);
  const base = { sessionId: session.id, at: 2_000, receivedAt: 2_000 };
  const danmakuId = newId();
  const danmaku = {
    ...{ platform: 'bilibili', source: 'simulator', platformRoomId: '5440', platformEventId: 'e1' },
    ...{
      messageType: 'comment',
      platformUserId: '1',
      username: '阿木',
      content: '多少钱',
      at: 2_000,
      metadata: { raw_type: 'DANMU_MSG' },
    },
  };
  const received = {
    ...base,
    type: 'danmaku.received',
    id: danmakuId,
    roomId: session.roomId,
    decodedAt: 2_001,
    danmaku,
  };
  const analysis = {
    ...analysisOf({ intent: 'price' }),
    vector: { values: [0.123456789, 0.987654321], sameFrom: 0.5 },
  };
  const analyzed = { ...base, type: 'danmaku.analyzed', id: newId(), danmakuId, analysis, inferredAt: 2_002 };
  store.append([liveEvent.parse(received), liveEvent.parse(analyzed)]);
  const kept = store.events(session.id).find((event) => event.type === 'danmaku.analyzed');
  expect(kept).toMatchObject({ analysis: { intent: { label: 'price' } } });
  expect(JSON.stringify(kept)).not.toContain('vector');
  store.close();
  const bytes = readFileSync(path).toString('latin1');
  expect(bytes).toContain('price');
  expect(bytes).not.toContain('123456789');
});
