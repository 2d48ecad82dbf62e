// The agency by week: hours, breaks, counts, stream quality. No row tells of one person.
import { fewestStreamers, type OverviewReply } from '@app/shared/api';
import type { SuggestionCount } from '@app/shared/sync';
import type { Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import type { MemberHandlers } from '../../http/handlers.ts';

type Week = OverviewReply['weeks'][number];
type WeekRecord = Omit<Week, 'danmaku'> & Week['danmaku'];
const dayMs = 86_400_000;
const danmaku = ['comment', 'gift', 'follow', 'share', 'like', 'unanswered_questions', 'abusive'] as const;

/** Monday 00:00 UTC of the week `weeks - 1` before the one of `nowMs`. */
export function firstMonday(nowMs: number, weeks: number): Date {
  const today = Math.floor(nowMs / dayMs);
  // 1970-01-01 was a Thursday.
  const monday = today - ((today + 3) % 7);
  return new Date((monday - (weeks - 1) * 7) * dayMs);
}

/** GET /v2/reports/overview. */
export function overview(deps: Deps): MemberHandlers['reports.overview'] {
  return async ({ query, tx }) => {
    const since = firstMonday(deps.nowMs(), query.weeks);
    const records = new Map((await readWeeks(tx, since)).map((row) => [row.week_start, row]));
    const weeks = Array.from({ length: query.weeks }, (_, index) => {
      const start = new Date(since.getTime() + index * 7 * dayMs).toISOString().slice(0, 10);
      return toWeek(records.get(start) ?? emptyWeek(start));
    });
    const [row] = await tx.query<{ streamers: number }>(
      'SELECT count(DISTINCT user_id) AS streamers FROM live_sessions WHERE organization_id = $1 AND started_at >= $2',
      [tx.organizationId, since],
    );
    const streamers = row?.streamers ?? 0;
    return {
      streamers,
      weeks,
      suggestions: streamers < fewestStreamers ? null : await readSuggestions(tx, since, firstMonday(deps.nowMs(), 1)),
    };
  };
}

function readWeeks(tx: Tx, since: Date): Promise<WeekRecord[]> {
  const sums = danmaku.map((name) => `sum((summary->'danmaku'->>'${name}')::int8)::float8 AS ${name}`).join(', ');
  return tx.query<WeekRecord>(
    `SELECT to_char(date_trunc('week', started_at AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS week_start,
       count(DISTINCT user_id) AS streamers, count(*) AS sessions,
       sum((summary->>'hours_live')::float8) AS hours_live, sum(break_minutes) AS break_minutes, ${sums},
       avg((summary->'quality'->>'connector_uptime_share')::float8) AS connector_uptime_share
     FROM live_sessions WHERE organization_id = $1 AND started_at >= $2 GROUP BY 1`,
    [tx.organizationId, since],
  );
}

const emptyWeek = (start: string): WeekRecord => ({
  week_start: start,
  streamers: 0,
  sessions: 0,
  hours_live: 0,
  break_minutes: 0,
  connector_uptime_share: null,
  comment: 0,
  gift: 0,
  follow: 0,
  share: 0,
  like: 0,
  unanswered_questions: 0,
  abusive: 0,
});
const toWeek = ({ comment, gift, follow, share, like, unanswered_questions, abusive, ...rest }: WeekRecord): Week => ({
  ...rest,
  danmaku: { comment, gift, follow, share, like, unanswered_questions, abusive },
});

// Two answers may be subtracted from each other, a longer one from a shorter, a later one from an earlier. So a week counts
// only when it is over, and a kind of card in it only when five streamers were shown it in that week.
function readSuggestions(tx: Tx, since: Date, until: Date): Promise<SuggestionCount[]> {
  return tx.query<SuggestionCount>(
    `SELECT type, urgency, sum(shown)::float8 AS shown, sum(used)::float8 AS used FROM (
       SELECT c.type, c.urgency, sum(c.shown) AS shown, sum(c.used) AS used
       FROM live_sessions s, jsonb_to_recordset(s.summary->'suggestions') AS c (type text, urgency text, shown int8, used int8)
       WHERE s.organization_id = $1 AND s.started_at >= $2 AND s.started_at < $3 AND c.shown > 0
       GROUP BY date_trunc('week', s.started_at AT TIME ZONE 'UTC'), c.type, c.urgency
       HAVING count(DISTINCT s.user_id) >= $4) AS weeks
     GROUP BY type, urgency ORDER BY 1, 2`,
    [tx.organizationId, since, until, fewestStreamers],
  );
}
