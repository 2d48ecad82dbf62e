import { Button, Input, Select } from 'antd';
import { useId } from 'react';
import { useData } from '../api/use-data.ts';
import { goTo } from '../ui/router.tsx';
import { useWords } from '../ui/words.ts';
import { filterAddress, periods, type SessionFilter } from './session-filter.ts';

/** The controls above the list; what is chosen goes into the address. */
export function SessionFilters({ filter, isAdmin }: { filter: SessionFilter; isAdmin: boolean }) {
  const words = useWords();
  const { filter: names } = words.sessions;
  const id = useId();
  const set = (change: Partial<SessionFilter>) => goTo(filterAddress({ ...filter, ...change }), { replace: true });
  const isSet = filter.streamerId !== null || filter.period !== 'all';
  return (
    <div className="filters">
      {isAdmin && <StreamerSelect value={filter.streamerId} onChange={(streamerId) => set({ streamerId })} />}
      <div className="filter">
        <label htmlFor={`${id}-period`}>{names.period}</label>
        <Select
          id={`${id}-period`}
          value={filter.period}
          options={periods.map((period) => ({ value: period, label: words.sessions.period[period] }))}
          onChange={(period) => set({ period })}
        />
      </div>
      {filter.period === 'own' &&
        (['from', 'to'] as const).map((name) => (
          <div className="filter" key={name}>
            <label htmlFor={`${id}-${name}`}>{names[name]}</label>
            <Input
              id={`${id}-${name}`}
              type="date"
              value={filter[name]}
              onChange={(event) => set({ [name]: event.target.value })}
            />
          </div>
        ))}
      {isSet && (
        <Button type="text" onClick={() => goTo('/sessions', { replace: true })}>
          {words.actions.clear}
        </Button>
      )}
    </div>
  );
}

function StreamerSelect({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const words = useWords();
  const id = useId();
  const streamers = useData(
    'streamers',
    (client) => client.call('users.list', { query: { role: 'streamer', limit: 200 } }),
    60_000,
  );
  const people = streamers.data?.items ?? [];
  const isKnown = value === null || people.some((person) => person.id === value);
  return (
    <div className="filter">
      <label htmlFor={id}>{words.sessions.filter.streamer}</label>
      <Select
        id={id}
        showSearch={{ optionFilterProp: 'label' }}
        value={value ?? ''}
        loading={streamers.isReading}
        onChange={(chosen) => onChange(chosen || null)}
        options={[
          { value: '', label: words.sessions.filter.everyone },
          ...people.map((person) => ({ value: person.id, label: person.username })),
          ...(isKnown ? [] : [{ value, label: value?.slice(0, 8) }]),
        ]}
      />
    </div>
  );
}
