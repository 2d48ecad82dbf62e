import type { LiveEvent } from '../../live-event.ts';
import { askingIntent, looksAsked } from '../question-likeness.ts';
import { Recent } from '../recent.ts';
import type { RoomMessage } from '../room-memory.ts';
import type { Trigger } from '../trigger.ts';
import { newestQuotes } from './intent-burst.ts';

/** A segment is known when it ends, and voice detection ends one after 15 to 30 s at the latest; less would call a monologue silence. */
const silenceMs = 45_000;
const askedWithinMs = 60_000;
const least = 2;
const lookEveryMs = 1_000;

/** The streamer has been silent for 45 s while at least two viewers wait for an answer, and the microphone surely works. */
export function createLongSilence(): Trigger {
  const asked = new Recent<RoomMessage>(askedWithinMs, 200);
  // Unknown until a segment was heard: a muted or wrong microphone looks the same as silence.
  let lastSpeechAt: number | null = null;
  let microphoneOn = true;
  let onBreak = false;
  let lookAt = 0;

  function follow(event: LiveEvent, nowMs: number): void {
    switch (event.type) {
      case 'speech.segment':
        lastSpeechAt = Math.max(lastSpeechAt ?? 0, Math.min(event.at, nowMs));
        microphoneOn = true;
        break;
      case 'device.state':
        if (event.device !== 'microphone') break;
        microphoneOn = event.state === 'on';
        lastSpeechAt = null;
        break;
      case 'break':
        onBreak = event.active;
        lastSpeechAt = lastSpeechAt === null ? null : nowMs;
        break;
      case 'gap':
        if (event.part !== 'danmaku') lastSpeechAt = null;
        break;
      case 'session.started':
      case 'session.stopped':
        lastSpeechAt = null;
        break;
      case 'question.answered':
        asked.clear();
        break;
    }
  }

  return {
    name: 'long_silence',
    coolDownMs: 180_000,
    topicCoolDownMs: 0,
    freshDanmaku: 0,
    analyzed(message, nowMs) {
      if (message.kind !== 'comment' || message.analysis!.abuse >= 0.5) return;
      if (askingIntent(message.analysis!) && looksAsked(message.text)) asked.add(message, nowMs);
    },
    event: follow,
    propose(nowMs) {
      if (lastSpeechAt === null || !microphoneOn || onBreak || nowMs - lastSpeechAt < silenceMs || nowMs < lookAt)
        return [];
      lookAt = nowMs + lookEveryMs;
      const waiting = new Map(asked.since(nowMs).map((message) => [message.viewer, message]));
      if (waiting.size < least) return [];
      const messages = [...waiting.values()];
      const seconds = Math.round((nowMs - lastSpeechAt) / 1000);
      return [
        {
          topic: 'silence',
          type: 'interaction',
          urgency: 'medium',
          confidence: Math.min(0.9, 0.6 + 0.05 * waiting.size),
          headline: '',
          params: { seconds, viewers: waiting.size },
          evidence: {
            quotes: newestQuotes(messages, 3),
            count: waiting.size,
            windowSeconds: askedWithinMs / 1000,
            danmakuIds: messages.slice(-50).map((message) => message.id),
            figures: { silenceSeconds: seconds },
          },
          lifeMs: 30_000,
        },
      ];
    },
  };
}
