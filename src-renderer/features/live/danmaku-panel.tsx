import type { DanmakuRow } from '@app/shared/view';
import { Button, Input, Segmented } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { codeOf, request } from '../../app-api.ts';
import { useApp } from '../../app-store.ts';
import type { DanmakuList } from '../../danmaku-list.ts';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/language.tsx';
import { Empty, ErrorBox, Loading, Panel } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { DanmakuLine, rowHeightPx } from './danmaku-row.tsx';

const filters = ['all', 'comment', 'question', 'money', 'abuse'] as const;
type Filter = (typeof filters)[number];
const questions = new Set(['question', 'price', 'logistics', 'request']);
const money = new Set(['gift', 'superchat', 'superchat_delete', 'guard']);

/** Whether a row belongs to a filter. */
export function passes(row: DanmakuRow, filter: Filter): boolean {
  if (filter === 'all') return true;
  if (filter === 'comment') return row.type === 'comment';
  if (filter === 'money') return money.has(row.type);
  if (filter === 'abuse') return row.abusive;
  return row.type === 'comment' && row.intent !== null && questions.has(row.intent);
}

type Found =
  | { state: 'none' }
  | { state: 'reading' }
  | { state: 'failed'; code: string }
  | { state: 'ready'; rows: DanmakuRow[] };

function useSearch(query: string): Found {
  const [found, setFound] = useState<Found>({ state: 'none' });
  useEffect(() => {
    if (query === '') return setFound({ state: 'none' });
    let current = true;
    setFound({ state: 'reading' });
    request('danmaku.search', { query: query.slice(0, 100), limit: 200 }).then(
      ({ rows }) => current && setFound({ state: 'ready', rows }),
      (error) => current && setFound({ state: 'failed', code: codeOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [query]);
  return found;
}

function Rows({ rows, empty, onTop }: { rows: DanmakuRow[]; empty: string; onTop?: (atTop: boolean) => void }) {
  const words = useWords();
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  return (
    <VirtualList items={rows} rowHeight={rowHeightPx} keyOf={(row) => row.id} label={words.danmaku.title} onTop={onTop}>
      {(row) => <DanmakuLine row={row} />}
    </VirtualList>
  );
}

/** The danmaku list, newest on top: it holds still while paused, and says how many came since. */
export function DanmakuPanel() {
  const words = useWords();
  const list = useApp((state) => state.danmaku);
  const [held, setHeld] = useState<DanmakuList | null>(null);
  const [follows, setFollows] = useState(0);
  const [filter, setFilter] = useState<Filter>('all');
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const found = useSearch(query);
  const shown = held ?? list;
  const rows = useMemo(() => shown.rows.filter((row) => passes(row, filter)).reverse(), [shown, filter]);
  const newRows = held ? list.total - held.total : 0;
  const search = (text: string) => {
    setTyped(text);
    setQuery(text.trim());
  };
  const losses = [
    list.older > 0 && words.danmaku.older(words.count(list.older)),
    list.skipped > 0 && words.danmaku.skipped(words.count(list.skipped)),
  ].filter(Boolean);
  return (
    <Panel
      title={words.danmaku.title}
      className="danmaku"
      extra={
        <div className="danmaku-tools">
          <Button
            size="small"
            type={held ? 'primary' : 'default'}
            icon={<Icon name={held ? 'play' : 'pause'} size={14} />}
            data-testid="danmaku-pause"
            onClick={() => {
              setHeld(held ? null : list);
              if (held) setFollows(follows + 1); // a new list starts at its top
            }}
          >
            {held ? words.danmaku.newRows(words.count(newRows)) : words.actions.pause}
          </Button>
          <Segmented<Filter>
            size="small"
            value={filter}
            onChange={setFilter}
            options={filters.map((value) => ({ value, label: words.danmaku.filter[value] }))}
          />
          <Input
            size="small"
            allowClear
            className="danmaku-search"
            aria-label={words.danmaku.searchHint}
            placeholder={words.danmaku.searchHint}
            prefix={<Icon name="search" size={14} />}
            value={typed}
            maxLength={100}
            onChange={(event) => (event.target.value === '' ? search('') : setTyped(event.target.value))}
            onPressEnter={() => search(typed)}
          />
        </div>
      }
    >
      {query !== '' ? (
        <div className="danmaku-found">
          {found.state === 'reading' && <Loading words={words.loading.search} />}
          {found.state === 'failed' && <ErrorBox code={found.code} onClose={() => search('')} />}
          {found.state === 'ready' && (
            <>
              <p className="danmaku-note">{words.danmaku.searchCount(words.count(found.rows.length))}</p>
              <Rows rows={found.rows} empty={words.danmaku.searchEmpty(query)} />
            </>
          )}
        </div>
      ) : (
        <>
          <Rows
            key={follows}
            rows={rows}
            empty={filter === 'all' ? words.danmaku.empty : words.danmaku.emptyFilter}
            onTop={(atTop) => !atTop && setHeld((old) => old ?? list)}
          />
          {losses.length > 0 && (
            <p className="danmaku-note" data-testid="danmaku-losses">
              {losses.join(' · ')}
            </p>
          )}
        </>
      )}
    </Panel>
  );
}
