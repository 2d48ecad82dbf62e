// How the streamer and the room are: fused emotion, room mood and load, each a reducer of the shared code.
import { createFusion, nextFusion, readFusion, toFusionInput } from '@app/shared/emotion/fusion';
import { createRoomMood, nextRoomMood, readRoomMood } from '@app/shared/emotion/room-mood';
import type { LiveEvent } from '@app/shared/live-event';
import type { LiveView, LoadView, ReadingView } from '@app/shared/view';

export type StreamerState = {
  apply(event: LiveEvent, now: number): void;
  read(now: number): { fused: ReadingView; mood: LiveView['mood']; load: LoadView };
};

/** Opens the state of one session that started at `startedAt`. */
export function makeStreamerState(startedAt: number): StreamerState {
  let fusion = createFusion();
  let mood = createRoomMood();
  return {
    apply(event, now) {
      if (event.type === 'emotion.observed') {
        const input = toFusionInput(event);
        if (input) fusion = nextFusion(fusion, input, now);
      }
      if (event.type === 'danmaku.analyzed') {
        mood = nextRoomMood(mood, { sentiment: event.analysis.sentiment, certain: event.analysis.certain }, now);
      }
    },
    read(now) {
      const { label, certain, reason, confidence } = readFusion(fusion, now);
      const { sentiment, messages } = readRoomMood(mood, now);
      const liveMinutes = Math.floor((now - startedAt) / 60_000);
      return {
        fused: { label, certain, reason, confidence, at: now },
        mood: { sentiment, messages },
        load: { state: 'unknown', reasons: [], liveMinutes, sinceBreakMinutes: liveMinutes },
      };
    },
  };
}
