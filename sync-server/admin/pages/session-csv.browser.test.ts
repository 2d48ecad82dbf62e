import { agencyWordsFor } from '@app/shared/words/agency';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { sessionRowFixture } from '../testing/fixtures.ts';
import { closeAgency, openAgency } from '../testing/open-agency.tsx';
import { toCell, toCsv } from './session-csv.ts';
import { filterAddress, isBackwards, readFilter, toQuery } from './session-filter.ts';
import { ticksBetween } from './time-bar.tsx';

const en = agencyWordsFor('en');
afterEach(closeAgency);

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', ' =1+1', '\u00a0@x'])(
  'a room named %j cannot run in a spreadsheet',
  (name) => {
    const cell = toCell(name);
    expect(cell.replace(/^"/, '')).toMatch(/^'/);
  },
);

test('a sign that an East Asian spreadsheet takes for the start of a formula is made harmless too', () => {
  for (const start of ['＝', '＋', '－', '＠']) expect(toCell(`${start}1`)).toBe(`'${start}1`);
});

test('quotes, commas and line breaks stay inside their cell', () => {
  expect(toCell('a "b", c')).toBe('"a ""b"", c"');
  expect(toCell('a\nb')).toBe('"a\nb"');
  expect(toCell(-1.5)).toBe('-1.5');
});

test('the file opens as UTF-8 and has a cell for each column in each line', () => {
  const csv = toCsv([{ ...sessionRowFixture, room_name: '=HYPERLINK("x")' }], en);
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  const lines = csv.slice(1).trimEnd().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`);
  expect(lines[0]?.split(',')).toHaveLength(Object.keys(en.csv.columns).length);
});

test('an export holds every page of the list that is shown', async () => {
  const texts: Promise<string>[] = [];
  const original = URL.createObjectURL;
  URL.createObjectURL = (blob: Blob) => {
    texts.push(blob.text());
    return original.call(URL, blob);
  };
  try {
    const { callsOf } = openAgency({
      at: '/sessions?period=week',
      answers: {
        'sessions.list': ({ query }) =>
          (query as { cursor?: string }).cursor
            ? {
                items: [{ ...sessionRowFixture, id: crypto.randomUUID(), room_name: 'Second page' }],
                next_cursor: null,
              }
            : { items: [sessionRowFixture], next_cursor: 'next' },
      },
    });
    await page.getByTestId('export').click();
    await expect.element(page.getByText(en.sessions.exported('2'))).toBeVisible();
    const [text = ''] = await Promise.all(texts);
    expect(text).toContain('Late night songs');
    expect(text).toContain('Second page');
    const exported = callsOf('sessions.list').filter(({ query }) => (query as { limit: number }).limit === 200);
    expect(exported.every(({ query }) => (query as { from?: string }).from !== undefined)).toBe(true);
  } finally {
    URL.createObjectURL = original;
  }
});

test('a filter survives the address, and what is not a filter is ignored', () => {
  const filter = {
    streamerId: sessionRowFixture.streamer.id,
    period: 'own' as const,
    from: '2026-11-01',
    to: '2026-11-30',
  };
  expect(readFilter(new URL(filterAddress(filter), 'http://x').searchParams)).toEqual(filter);
  expect(readFilter(new URLSearchParams('streamer=%27--&period=never&from=2026-99-01'))).toEqual({
    streamerId: null,
    period: 'all',
    from: '',
    to: '',
  });
  expect(isBackwards({ ...filter, to: '2026-10-31' })).toBe(true);
});

test('the last chosen day counts as a whole', () => {
  const { from, to } = toQuery({ streamerId: null, period: 'own', from: '2026-11-24', to: '2026-11-24' }, Date.now());
  expect(Date.parse(to!) - Date.parse(from!)).toBe(24 * 3_600_000);
});

test('a time bar has at most five clock times inside, none of them close to an end', () => {
  for (const hours of [0.05, 0.4, 1, 3.2, 7.9, 24, 100, 168]) {
    const start = Date.parse('2026-11-24T11:17:00Z');
    const stop = start + hours * 3_600_000;
    const ticks = ticksBetween(start, stop);
    expect(ticks.length).toBeLessThanOrEqual(5);
    for (const tick of ticks) expect(Math.min(tick - start, stop - tick)).toBeGreaterThan((stop - start) * 0.12);
  }
});
