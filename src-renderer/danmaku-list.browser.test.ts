import { expect, test } from 'vitest';
import { emptyDanmaku, maxRows, mergeDanmaku, rebuildDanmaku } from './danmaku-list.ts';
import { rowFixture } from './testing/fixtures.ts';

test('a row that comes again with its analysis replaces the first and is not counted twice', () => {
  const once = mergeDanmaku(emptyDanmaku, { rows: [rowFixture(1, { sentiment: null }), rowFixture(2)], dropped: 0 });
  const twice = mergeDanmaku(once, { rows: [rowFixture(1, { sentiment: 0.8 })], dropped: 0 });
  expect(twice.rows.map((row) => row.sentiment)).toEqual([0.8, 0]);
  expect(twice.total).toBe(2);
});

test('a row twice in one push is one row', () => {
  expect(mergeDanmaku(emptyDanmaku, { rows: [rowFixture(1), rowFixture(1)], dropped: 0 }).rows).toHaveLength(1);
});

test('rows beyond the cap leave from the old end, and every row is counted as drawn, older or skipped', () => {
  let list = emptyDanmaku;
  for (let start = 0; start < 2000; start += 250) {
    const rows = Array.from({ length: 250 }, (_, index) => rowFixture(start + index));
    list = mergeDanmaku(list, { rows, dropped: 5 });
  }
  expect(list.rows).toHaveLength(maxRows);
  expect(list.rows.at(-1)?.id).toBe(rowFixture(1999).id);
  expect(list.older + list.rows.length).toBe(list.total);
  expect(list.skipped).toBe(40);
});

test('a row that was pushed before the engine answered is still there after its answer, once', () => {
  const pushed = mergeDanmaku(emptyDanmaku, { rows: [rowFixture(2), rowFixture(3)], dropped: 4 });
  const rebuilt = rebuildDanmaku(pushed, [rowFixture(1), rowFixture(2)]);
  expect(rebuilt.rows.map((row) => row.id)).toEqual([1, 2, 3].map((number) => rowFixture(number).id));
  expect(rebuilt.skipped).toBe(4);
});
