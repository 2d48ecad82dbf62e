// A rehearsal that ends by itself: stops the session, leaves pictures of the windows and a summary of what happened.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Output } from '@app/shared/ipc';
import type { BrowserWindow } from 'electron';
import type { EngineLink } from './supervisor/engine-link.ts';
import type { Windows } from './windows/windows.ts';

export type RehearsalEnd = { engine: EngineLink; windows: Windows; outDir: string; serverUrl: string | null };

/** How long the closed session may take to reach the server, which is on this machine. */
const syncWithinMs = 10_000;

/** Writes workstation.png, overlay.png and summary.json into `outDir`; rejects when one of them cannot be had. */
export async function endRehearsal({ engine, windows, outDir, serverUrl }: RehearsalEnd): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  const { live } = await engine.call('live.get', {});
  await picture(windows.get('workstation'), join(outDir, 'workstation.png'));
  await picture(windows.get('overlay'), join(outDir, 'overlay.png'));
  const { sessionId } = await engine.call('session.stop', {});
  const { report } = await engine.call('sessions.get', { sessionId });
  const pairing = await untilSynced(engine);
  const summary = {
    session_id: sessionId,
    server_url: serverUrl,
    events: live.counts.events,
    danmaku: report.byType,
    viewers: report.viewers,
    cards: report.cardList.length,
    card_triggers: countBy(report.cardList.map((card) => card.trigger)),
    latency_ms: { count: report.latency.count, p50: report.latency.p50Ms, p95: report.latency.p95Ms },
    voice_clips_heard: live.emotion.voice.clipsHeard,
    synced: pairing.paired && pairing.waiting === 0 && pairing.rejected === 0,
    outbox: { waiting: pairing.waiting, rejected: pairing.rejected },
  };
  writeFileSync(join(outDir, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
}

async function picture(window: BrowserWindow | null, path: string): Promise<void> {
  if (!window) throw new Error(`there is no window for ${path}`);
  const image = await window.webContents.capturePage();
  if (image.isEmpty()) throw new Error(`the window for ${path} gave no picture`);
  writeFileSync(path, image.toPNG());
}

async function untilSynced(engine: EngineLink): Promise<Output<'pairing.get'>> {
  const until = Date.now() + syncWithinMs;
  for (;;) {
    const pairing = await engine.call('pairing.get', {});
    if (!pairing.paired || pairing.waiting === 0 || Date.now() > until) return pairing;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
