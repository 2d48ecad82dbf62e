// A streamer's voice baseline: made by inference, kept in the system's safe store, told to inference with each session.
import type { SpeakerJson } from '@app/shared/links';
import type { VoiceProfileView } from '@app/shared/view';
import type { Secrets } from './sync/pairing.ts';

/** The profile of who streams on this computer, as long as nobody names another. */
const ownProfile = 'own';

export type VoiceProfile = {
  /** Tells inference what is known, or that nothing is. */
  tell(): void;
  /** Something came from inference: it surely runs now, and is told if it was not in this life of its. */
  heard(): void;
  /** Inference was started anew: what it was told is gone. */
  lost(): void;
  save(state: SpeakerJson): void;
  forget(): void;
  /** How much is kept; null when nothing is. */
  view(): VoiceProfileView | null;
  /** All that is kept, as JSON for the person it is about; null when nothing is. */
  exported(): string | null;
};

/** One baseline a profile; what cannot be read counts as unknown, and is learnt anew. It is never written in the clear. */
export function makeVoiceProfile(
  secrets: Secrets,
  send: (state: SpeakerJson | null) => void,
  profile = ownProfile,
): VoiceProfile {
  const name = `voice-profile:${profile}`;
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
    view() {
      const state = read();
      if (!state) return null;
      const { clips } = state;
      const bytes = Buffer.byteLength(secrets.get(name) ?? '');
      return { profile, clips: typeof clips === 'number' ? clips : 0, bytes };
    },
    exported() {
      const state = read();
      return state && JSON.stringify({ what: 'voice baseline', profile, state }, null, 1);
    },
  };
}
