import type { SessionRow } from '@app/shared/api';
import type { AgencyWords } from '@app/shared/words/agency';

/** A cell as CSV. A text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function toCell(value: string | number): string {
  const text =
    typeof value === 'number'
      ? String(value)
      : value.replace(/^[\s\uFEFF]*[=+\-@＝＋－＠\t\r]/, (start) => `'${start}`);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const two = (value: number) => String(value).padStart(2, '0');
function localTime(instant: string): string {
  const at = new Date(instant);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The rows as CSV that spreadsheets open as UTF-8; times are of the viewer's clock. */
export function toCsv(rows: readonly SessionRow[], words: AgencyWords): string {
  const { columns } = words.csv;
  const cells: Record<keyof typeof columns, (row: SessionRow) => string | number> = {
    started: (row) => localTime(row.started_at),
    stopped: (row) => localTime(row.stopped_at),
    streamer: (row) => row.streamer.username,
    platform: (row) => words.platform[row.platform],
    room: (row) => row.room_name,
    roomNumber: (row) => row.platform_room_id,
    hours: (row) => Number(row.hours_live.toFixed(2)),
    breaks: (row) => Math.round(row.break_minutes),
    comment: (row) => row.danmaku.comment,
    gift: (row) => row.danmaku.gift,
    like: (row) => row.danmaku.like,
    follow: (row) => row.danmaku.follow,
    share: (row) => row.danmaku.share,
    viewers: (row) => row.danmaku.distinct_viewers,
    unanswered: (row) => row.danmaku.unanswered_questions,
    abusive: (row) => row.danmaku.abusive,
    uptime: (row) => Number(row.connector_uptime_share.toFixed(4)),
    id: (row) => row.id,
  };
  const keys = Object.keys(columns) as (keyof typeof columns)[];
  const lines = [keys.map((key) => columns[key]), ...rows.map((row) => keys.map((key) => cells[key](row)))];
  return `\uFEFF${lines.map((line) => line.map(toCell).join(',')).join('\r\n')}\r\n`;
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
