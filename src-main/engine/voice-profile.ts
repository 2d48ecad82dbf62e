// The streamer's voice baseline: made by inference, kept in the system's safe store, told to inference with each session.
import type { SpeakerJson } from '@app/shared/links';
import type { Secrets } from './sync/pairing.ts';

const name = 'voice-profile';

export type VoiceProfile = {
  /** Tells inference what is known, or that nothing is. */
  tell(): void;
  /** Something came from inference: it surely runs now, and is told if it was not in this life of its. */
  heard(): void;
  /** Inference was started anew: what it was told is gone. */
  lost(): void;
  save(state: SpeakerJson): void;
  forget(): void;
};

/** One streamer a device; what cannot be read counts as unknown, and the baseline is learnt anew. */
export function makeVoiceProfile(secrets: Secrets, send: (state: SpeakerJson | null) => void): VoiceProfile {
  const read = (): SpeakerJson | null => {
    try {
      const value: unknown = JSON.parse(secrets.get(name) ?? 'null');
      return typeof value === 'object' ? (value as SpeakerJson | null) : null;
    } catch {
      return null;
    }
  };
  // What was said before inference ran is lost, so that only a sign of life settles it.
  let isTold = false;
  return {
    tell: () => send(read()),
    heard() {
      if (isTold) return;
      isTold = true;
      send(read());
    },
    lost() {
      isTold = false;
    },
    save: (state) => secrets.set(name, JSON.stringify(state)),
    forget() {
      secrets.set(name, null);
      send(null);
    },
  };
}
