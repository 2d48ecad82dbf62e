// The report of a replay as one file that any browser opens: nothing is loaded from anywhere.
import type { LiveEvent } from '@app/shared/live-event';
import { fontFamily, palettes } from '@app/shared/look/tokens';
import { cardText } from '@app/shared/words/cards';
import type { ReplayResult } from './replay-session.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Text as it may stand in HTML. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign]!);

const outcomes: Record<string, string> = {
  expired: '过时未用',
  replaced: '被更新的替换',
  open: '未显示',
  accepted: '采用',
};
const kinds = { comment: '评论', gift: '礼物', follow: '关注', share: '分享', like: '点赞' } as const;

/** The whole page, Chinese; what viewers wrote is in it, so it stays with the streamer. */
export function toReportPage(result: ReplayResult): string {
  const { summary } = result;
  const start = Date.parse(summary.started_at);
  const cards = result.suggestions.map((card) => cardRow(card, start)).join('\n');
  const facts = [
    ['时长', `${(summary.hours_live * 60).toFixed(1)} 分钟`],
    ['观众', `${summary.danmaku.distinct_viewers} 人`],
    ...Object.entries(kinds).map(([kind, name]) => [name, String(summary.danmaku[kind as keyof typeof kinds])]),
    ['未答问题', String(summary.danmaku.unanswered_questions)],
    ['攻击', String(summary.danmaku.abusive)],
    ['读不出的行', String(result.unreadable)],
  ];
  const p = palettes.light;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>回放报告</title>
<style>
body { margin: 0 auto; max-width: 960px; padding: 24px; background: ${p.ground}; color: ${p.text}; font: 14px/1.5 ${fontFamily}; font-variant-numeric: tabular-nums; line-break: strict }
h1 { font-size: 28px; line-height: 1.25; margin: 0 0 4px } h2 { font-size: 20px; line-height: 1.25; margin: 32px 0 8px }
p { color: ${p.quiet}; margin: 0 }
dl { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 24px 0 } dt { color: ${p.quiet} } dd { margin: 0; font-size: 20px }
table { border-collapse: collapse; width: 100% } th { text-align: left; color: ${p.quiet}; font-weight: normal }
td, th { border-bottom: 1px solid ${p.hairline}; padding: 8px; vertical-align: top } td:first-child, td:last-child { white-space: nowrap }
small { color: ${p.quiet}; font-size: 12px } svg { width: 100%; height: 96px; display: block }
</style>
</head>
<body>
<h1>回放报告</h1>
<p>${escapeHtml(new Date(start).toLocaleString('zh-CN', { dateStyle: 'full', timeStyle: 'short' }))}</p>
<dl>${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>
<h2>弹幕量</h2>
${bars(result.events, start, Date.parse(summary.stopped_at))}
<h2>当时会显示的卡片 ${result.suggestions.length}</h2>
${result.suggestions.length === 0 ? '<p>这段录像里没有需要提醒的时刻。</p>' : `<table><thead><tr><th>时刻</th><th>卡片</th><th>结果</th></tr></thead><tbody>\n${cards}\n</tbody></table>`}
</body>
</html>
`;
}

function cardRow({ suggestion, shownAt, outcome }: ReplayResult['suggestions'][number], start: number): string {
  const text = cardText(suggestion, 'zh');
  const seconds = Math.max(0, Math.round(((shownAt ?? suggestion.createdAt) - start) / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const time = parts.map((part) => String(part).padStart(2, '0')).join(':');
  const words = `${escapeHtml(text.headline)}<br><small>${escapeHtml(text.line)}</small>`;
  return `<tr><td>${time}</td><td>${words}</td><td>${outcomes[outcome] ?? escapeHtml(outcome)}</td></tr>`;
}

function bars(events: readonly LiveEvent[], start: number, stop: number): string {
  const count = 120;
  const width = Math.max(1, stop - start) / count;
  const sums = new Array<number>(count).fill(0);
  for (const event of events) {
    if (event.type !== 'danmaku.received') continue;
    const index = Math.min(count - 1, Math.max(0, Math.floor((event.receivedAt - start) / width)));
    sums[index]! += 1;
  }
  const most = Math.max(1, ...sums);
  const rects = sums.map((sum, index) => {
    const height = (sum / most) * 92;
    return `<rect x="${index * 8}" y="${(96 - height).toFixed(1)}" width="6" height="${height.toFixed(1)}"/>`;
  });
  const label = `每 ${Math.max(1, Math.round(width / 1000))} 秒的弹幕，最多 ${most} 条`;
  return `<svg viewBox="0 0 960 96" preserveAspectRatio="none" role="img" aria-label="${label}" fill="${palettes.light.note}">${rects.join('')}</svg><p>${label}</p>`;
}
