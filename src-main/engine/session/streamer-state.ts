// How the streamer and the room are: fused emotion, room mood and load, each a reducer of the shared code.
import { type Baselines, createFusion, nextFusion, readFusion, toFusionInput } from '@app/shared/emotion/fusion';
import { createRoomMood, nextRoomMood, readRoomMood } from '@app/shared/emotion/room-mood';
import type { LiveEvent } from '@app/shared/live-event';
import type { LiveView, LoadView, ReadingView, TimelinePoint } from '@app/shared/view';
import { createLoad, nextLoad, readLoad } from '@app/shared/wellbeing/load';

export type StreamerState = {
  /** What the fusion has learnt of this streamer up to now. */
  baselines(): Baselines;
  apply(event: LiveEvent, now: number): void;
  read(now: number): { fused: ReadingView; curve: TimelinePoint['curve']; mood: LiveView['mood']; load: LoadView };
};

/** Opens the state of one session, with what earlier ones learnt of the streamer. */
export function makeStreamerState(baselines: Baselines | null): StreamerState {
  let fusion = createFusion(baselines ?? undefined);
  let mood = createRoomMood();
  let load = createLoad();
  const hour = (now: number) => new Date(now).getHours();
  return {
    baselines: () => fusion.baselines,
    apply(event, now) {
      load = nextLoad(load, event, now, hour(now));
      if (event.type === 'emotion.observed') {
        const input = toFusionInput(event);
        if (input) fusion = nextFusion(fusion, input, now);
      }
      if (event.type === 'danmaku.analyzed') {
        mood = nextRoomMood(mood, { sentiment: event.analysis.sentiment, certain: event.analysis.certain }, now);
      }
    },
    read(now) {
      const { label, certain, reason, confidence, valence, arousal } = readFusion(fusion, now);
      const { sentiment, messages } = readRoomMood(mood, now);
      load = nextLoad(load, null, now, hour(now));
      return {
        fused: { label, certain, reason, confidence, at: now },
        curve: certain ? { valence, arousal } : null,
        mood: { sentiment, messages },
        load: readLoad(load, now, hour(now)),
      };
    },
  };
}
