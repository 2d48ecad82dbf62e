import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Recorded frames with real nicknames: they lie beside the project and are never part of it. */
export const fixtureFolder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'danmaku', 'bilibili');

/** Says so in plain words when the recorded frames are not there. */
export function haveFixtures(): boolean {
  const there = existsSync(fixtureFolder);
  if (!there)
    console.log('The recorded Bilibili frames (../shared/data/danmaku) are not here: only made-up ones are tested.');
  return there;
}
