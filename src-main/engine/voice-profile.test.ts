import { expect, test } from 'vitest';
import { makeVoiceProfile } from './voice-profile.ts';

function setUp(stored: string | null) {
  const secrets = new Map(stored === null ? [] : [['voice-profile:own', stored]]);
  const told: unknown[] = [];
  const keep = {
    get: (name: string) => secrets.get(name) ?? null,
    set: (name: string, value: string | null) =>
      void (value === null ? secrets.delete(name) : secrets.set(name, value)),
  };
  return { profile: makeVoiceProfile(keep, (state) => told.push(state)), told, secrets };
}

test('what inference learnt in one session is what it is told in the next', () => {
  const { profile, told } = setUp('{"clips":3}');
  profile.tell();
  profile.save({ clips: 9 });
  profile.tell();
  expect(told).toEqual([{ clips: 3 }, { clips: 9 }]);
});

test('a profile that cannot be read counts as none and does not stop the engine', () => {
  const { profile, told } = setUp('{"clips":');
  profile.tell();
  expect(told).toEqual([null]);
});

test('forgetting removes it from the safe store and from inference', () => {
  const { profile, told, secrets } = setUp('{"clips":3}');
  profile.forget();
  expect(secrets.size).toBe(0);
  expect(told).toEqual([null]);
});

test('each life of inference is told once when it is heard of, since what was said before it ran is lost', () => {
  const { profile, told } = setUp('{"clips":3}');
  profile.heard();
  profile.heard();
  expect(told).toHaveLength(1);
  profile.lost();
  profile.heard();
  expect(told).toHaveLength(2);
});

test('what is kept of a voice is listed by its clips and exported whole, and neither once it is forgotten', () => {
  const { profile } = setUp('{"clips":3,"mean":[1]}');
  expect(profile.view()).toEqual({ profile: 'own', clips: 3, bytes: 22 });
  expect(JSON.parse(profile.exported()!).state).toEqual({ clips: 3, mean: [1] });
  profile.forget();
  expect(profile.view()).toBeNull();
  expect(profile.exported()).toBeNull();
});

test('two profiles on one computer do not hear of each other', () => {
  const secrets = new Map<string, string>();
  const keep = {
    get: (name: string) => secrets.get(name) ?? null,
    set: (name: string, value: string | null) =>
      void (value === null ? secrets.delete(name) : secrets.set(name, value)),
  };
  const [ann, ben] = ['ann', 'ben'].map((name) => makeVoiceProfile(keep, () => undefined, name));
  ann!.save({ clips: 4 });
  expect(ben!.view()).toBeNull();
  ben!.forget();
  expect(ann!.view()?.clips).toBe(4);
});
