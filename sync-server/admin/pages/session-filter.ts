// Which sessions a list shows, as it stands in the address.
export const periods = ['all', 'week', 'month', 'quarter', 'own'] as const;
export type Period = (typeof periods)[number];
/** Days are `YYYY-MM-DD` of the viewer's own calendar; `to` counts with its whole day. */
export type SessionFilter = { streamerId: string | null; period: Period; from: string; to: string };

const dayCounts: Partial<Record<Period, number>> = { week: 7, month: 30, quarter: 90 };
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Reads a filter from an address; what cannot be read does not filter. */
export function readFilter(query: URLSearchParams): SessionFilter {
  const day = (name: string) => (isDay(query.get(name) ?? '') ? query.get(name)! : '');
  const streamerId = query.get('streamer');
  return {
    streamerId: streamerId && /^[\da-f-]{36}$/.test(streamerId) ? streamerId : null,
    period: periods.find((period) => period === query.get('period')) ?? 'all',
    from: day('from'),
    to: day('to'),
  };
}

/** The address of the list under a filter. */
export function filterAddress({ streamerId, period, from, to }: SessionFilter): string {
  const query = new URLSearchParams();
  if (streamerId) query.set('streamer', streamerId);
  if (period !== 'all') query.set('period', period);
  if (period === 'own' && from) query.set('from', from);
  if (period === 'own' && to) query.set('to', to);
  const text = query.toString();
  return text ? `/sessions?${text}` : '/sessions';
}

/** Whether the chosen days can be asked for. */
export const isBackwards = ({ period, from, to }: SessionFilter): boolean =>
  period === 'own' && from !== '' && to !== '' && to < from;

function localMidnight(day: string, addDays: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + addDays).toISOString();
}

/** The filter as the query of the contract; the last days count from midnight of the viewer's calendar. */
export function toQuery(filter: SessionFilter, nowMs: number): { streamer_id?: string; from?: string; to?: string } {
  const days = dayCounts[filter.period];
  const now = new Date(nowMs);
  const from = days
    ? new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1).toISOString()
    : filter.period === 'own' && filter.from
      ? localMidnight(filter.from, 0)
      : undefined;
  const to = filter.period === 'own' && filter.to ? localMidnight(filter.to, 1) : undefined;
  return {
    ...(filter.streamerId ? { streamer_id: filter.streamerId } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}
