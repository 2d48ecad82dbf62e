import type { SessionReport } from '@app/shared/ipc';
import { cardsEn } from '@app/shared/words/cards-en';
import { cardsZh } from '@app/shared/words/cards-zh';
import { Button } from 'antd';
import { codeOf, request } from '../../app-api.ts';
import { openReport } from '../../app-store.ts';
import { Icon } from '../../ui/icons.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Empty, ErrorBox, Loading, Panel } from '../../ui/states.tsx';
import { useCall } from '../../ui/use-call.ts';
import { MinutesChart } from './minutes-chart.tsx';
import { Shares } from './shares.tsx';

/** Shares of all readings: what was certain and what was not make a whole. */
export function emotionShares({
  emotionShare,
  uncertainShare,
}: Pick<SessionReport, 'emotionShare' | 'uncertainShare'>): Record<string, number> {
  const certain = Object.values(emotionShare).reduce((sum, share) => sum + share, 0);
  const part = certain === 0 ? 0 : (1 - uncertainShare) / certain;
  return Object.fromEntries(Object.entries(emotionShare).map(([label, share]) => [label, share * part]));
}

function Numbers({ report }: { report: SessionReport }) {
  const words = useWords();
  const { numbers } = words.report;
  const length = Math.round(((report.stoppedAt ?? Date.now()) - report.startedAt) / 60_000);
  const items: [string, string][] = [
    [numbers.length, words.minutes(length)],
    [numbers.danmaku, words.count(report.danmaku)],
    [numbers.viewers, words.count(report.viewers)],
    [numbers.gifts, words.count(report.gifts)],
    [numbers.accepted, words.report.ofCards(words.count(report.accepted), words.count(report.cards))],
    [
      numbers.latency,
      report.latency.p95Ms === null ? words.report.noLatency : words.milliseconds(report.latency.p95Ms),
    ],
  ];
  return (
    <dl className="numbers">
      {items.map(([label, value]) => (
        <div key={label} className="number">
          <dd>{value}</dd>
          <dt>{label}</dt>
        </div>
      ))}
    </dl>
  );
}

function BreaksAndGaps({ report }: { report: SessionReport }) {
  const words = useWords();
  const parts: Record<string, string> = words.parts;
  const span = (from: number, to: number) => words.ageShort(Math.max(0, to - from));
  return (
    <>
      <Panel title={words.report.breaks} count={report.breaks.length}>
        {report.breaks.length === 0 && <Empty>{words.report.breaksEmpty}</Empty>}
        <ul className="plain-list">
          {report.breaks.map(({ startedAt, stoppedAt }) => (
            <li key={startedAt}>
              {words.report.breakRow(words.clock(startedAt), words.clock(stoppedAt), span(startedAt, stoppedAt))}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={words.report.gaps} count={report.gaps.length}>
        {report.gaps.length === 0 && <Empty>{words.report.gapsEmpty}</Empty>}
        <ul className="plain-list">
          {report.gaps.map((gap) => (
            <li key={`${gap.part}${gap.fromAt}`}>
              {words.report.gapRow(parts[gap.part] ?? gap.part, words.clock(gap.fromAt), span(gap.fromAt, gap.toAt))}
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

function Cards({ report }: { report: SessionReport }) {
  const words = useWords();
  const outcomes: Record<string, string> = words.cards.outcome;
  const catalogue: Record<string, { title: string }> = useLanguage() === 'zh' ? cardsZh : cardsEn;
  const titleOf = (trigger: string) => (Object.hasOwn(catalogue, trigger) ? catalogue[trigger]?.title : trigger);
  return (
    <Panel title={words.report.cards} count={report.cardList.length}>
      {report.cardList.length === 0 && <Empty>{words.report.cardsEmpty}</Empty>}
      <ul className="report-cards">
        {report.cardList.map((card) => (
          <li key={card.id}>
            <time className="quiet">{words.clock(card.createdAt)}</time>
            <span className="quiet">{titleOf(card.trigger)}</span>
            <span className="report-card-headline">{card.headline}</span>
            <span className="quiet">{outcomes[card.outcome] ?? card.outcome}</span>
            <span className="quiet report-card-rating">
              {card.rating === null ? words.report.notRated : words.cards.rated(card.rating)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What one session was: its numbers, its minutes, what the chat was, how I was, breaks, gaps and every card. */
export function ReportPage({ sessionId }: { sessionId: string }) {
  const words = useWords();
  const { result, again } = useCall(() => request('sessions.get', { sessionId }), sessionId);
  const back = (
    <Button type="text" icon={<Icon name="back" />} onClick={() => openReport(null)} data-testid="back">
      {words.history.back}
    </Button>
  );
  if (result.state !== 'ready') {
    return (
      <>
        {back}
        {result.state === 'reading' ? (
          <Loading words={words.loading.report} blocks={4} />
        ) : (
          <ErrorBox code={codeOf(result.error)} onRetry={again} />
        )}
      </>
    );
  }
  const { report } = result.data;
  const types: Record<string, string> = words.messageType;
  const emotions: Record<string, string> = words.emotion;
  return (
    <article className="report" data-testid="report">
      {back}
      <header className="page-head">
        <h1>{report.roomName}</h1>
        <p className="quiet">
          {words.day(report.startedAt)} {words.clock(report.startedAt)}
          {report.stoppedAt !== null && `–${words.clock(report.stoppedAt)}`} · {words.history.synced[report.synced]}
        </p>
      </header>
      <Numbers report={report} />
      <Panel title={words.report.minutes}>
        <MinutesChart report={report} />
      </Panel>
      <div className="report-columns">
        <Panel title={words.report.kinds}>
          <Shares
            rows={Object.entries(report.byType).map(([key, value]) => ({ key, label: types[key] ?? key, value }))}
            format={words.count}
          />
        </Panel>
        <Panel title={words.report.emotion} extra={<span className="panel-note">{words.report.emotionNote}</span>}>
          {Object.keys(report.emotionShare).length === 0 ? (
            <Empty>{words.report.emotionEmpty}</Empty>
          ) : (
            <Shares
              rows={[
                ...Object.entries(emotionShares(report)).map(([key, value]) => ({
                  key,
                  label: emotions[key] ?? key,
                  value,
                })),
                { key: 'uncertain', label: words.report.uncertain, value: report.uncertainShare, hatched: true },
              ]}
              format={words.percent}
              whole={1}
            />
          )}
        </Panel>
        <BreaksAndGaps report={report} />
      </div>
      <Cards report={report} />
    </article>
  );
}
