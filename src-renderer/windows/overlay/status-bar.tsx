import type { Language } from '@app/shared/settings';
import type { OverlayView, SystemView } from '@app/shared/view';
import { loadWords } from '@app/shared/words/load';
import { type Words, wordsFor } from '@app/shared/words/words';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { useLanguage } from '../../ui/language.tsx';

type Tone = 'good' | 'note' | 'warn' | 'critical' | 'quiet';
type Cell = { key: string; label: string; value: string; icon: IconName; tone: Tone; help?: string };

const trouble: OverlayView['connector'][] = ['reconnecting', 'need_login', 'blocked', 'error'];

function connection(view: OverlayView, words: Words): Cell {
  const base = { key: 'danmaku', label: words.overlay.labels.danmaku, icon: 'live' as const };
  if (!view.live) return { ...base, value: words.overlay.notLive, tone: 'quiet' };
  if (view.onBreak) return { ...base, icon: 'rest', value: words.overlay.onRest, tone: 'note' };
  if (trouble.includes(view.connector)) return { ...base, value: words.connector[view.connector], tone: 'critical' };
  if (view.staleSeconds !== null && view.staleSeconds >= 10) {
    return { ...base, value: words.overlay.stale(words.ageShort(view.staleSeconds * 1000)), tone: 'warn' };
  }
  return { ...base, value: words.connector[view.connector], tone: view.connector === 'live' ? 'good' : 'quiet' };
}

/** The four things the bar says, each by icon, word and colour. */
export function cellsOf(view: OverlayView, system: SystemView | null, language: Language): Cell[] {
  const words = wordsFor(language);
  const { labels, quality } = words.overlay;
  const seen = system?.captureProtection === 'unsupported';
  return [
    connection(view, words),
    {
      key: 'quality',
      label: labels.quality,
      value: quality[view.quality],
      icon: 'pulse',
      tone: view.quality === 'good' ? 'good' : view.quality === 'gap' ? 'warn' : 'quiet',
    },
    {
      key: 'load',
      label: labels.load,
      value: loadWords(language).state[view.load],
      icon: 'load',
      tone: ({ calm: 'good', busy: 'note', rest: 'warn', unknown: 'quiet' } as const)[view.load],
    },
    {
      key: 'viewers',
      label: labels.viewers,
      value: seen ? words.overlay.mayBeSeen : words.overlay.notTested,
      icon: seen ? 'eye' : 'eyeOff',
      tone: seen ? 'warn' : 'quiet',
      help: seen ? words.overlay.mayBeSeenHelp : words.overlay.notTestedHelp,
    },
  ];
}

/** The 56-px bar, or a row of four dots 12 px high. */
export function StatusBar({ view, system, dots }: { view: OverlayView; system: SystemView | null; dots: boolean }) {
  const cells = cellsOf(view, system, useLanguage());
  if (dots) {
    return (
      <ul className="dots">
        {cells.map((cell) => (
          <li key={cell.key} className={`dot tone-${cell.tone}`} aria-label={`${cell.label} ${cell.value}`} />
        ))}
      </ul>
    );
  }
  return (
    <ul className="bar">
      {cells.map((cell) => (
        <li key={cell.key} className="bar-cell" title={cell.help}>
          <span className="bar-label">{cell.label}</span>
          <span className={`bar-value tone-${cell.tone}`}>
            <Icon name={cell.icon} size={14} />
            <span className="bar-word">{cell.value}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
