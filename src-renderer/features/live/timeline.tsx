import { Segmented } from 'antd';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useApp } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { Empty, Panel } from '../../ui/states.tsx';
import { DanmakuLane, EmotionLane, GapBands, MarksLane, MoodLane, SpeechLane, TimeAxis } from './timeline-lanes.tsx';
import { closedPoints, pointsIn, type Range, spanOf } from './timeline-shape.ts';

const ranges: Range[] = ['quarter', 'hour', 'all'];
const lanes = ['danmaku', 'mood', 'me', 'speech', 'marks'] as const;

function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return { ref, width };
}

/** How the session goes, in five lanes over one clock: chat, mood, me, speech, marks; what is not known is hatched. */
export function Timeline() {
  const words = useWords();
  const timeline = useApp((state) => state.live.timeline);
  const gaps = useApp((state) => state.live.gaps);
  const startedAt = useApp((state) => state.live.session?.startedAt ?? 0);
  const comments = useApp((state) => state.live.counts.comments);
  const [range, setRange] = useState<Range>('quarter');
  const { ref, width } = useWidth();
  const span = useMemo(
    () => spanOf(timeline.points, range, startedAt, Date.now()),
    [timeline.points, range, startedAt],
  );
  const points = useMemo(() => pointsIn(closedPoints(timeline.points, Date.now()), span), [timeline.points, span]);
  const marks = timeline.marks.filter((mark) => mark.at >= span.from && mark.at <= span.to);
  const shared = { points, span, width };
  return (
    <Panel
      title={words.timeline.title}
      className="timeline"
      extra={
        <Segmented<Range>
          size="small"
          value={range}
          onChange={setRange}
          options={ranges.map((value) => ({ value, label: words.timeline.range[value] }))}
        />
      }
    >
      <div className="lanes" role="img" aria-label={words.timeline.summary(words.count(comments), gaps.length)}>
        <div className="lane-labels" aria-hidden="true">
          {lanes.map((lane) => (
            <span key={lane} className={`lane-label lane-${lane}`}>
              {words.timeline.lanes[lane]}
            </span>
          ))}
        </div>
        <div className="lane-plots" ref={ref}>
          {points.length === 0 ? (
            <Empty icon="pulse">{words.timeline.empty}</Empty>
          ) : (
            <>
              <DanmakuLane {...shared} />
              <MoodLane {...shared} />
              <EmotionLane {...shared} />
              <SpeechLane {...shared} />
              <MarksLane marks={marks} span={span} width={width} />
              <GapBands gaps={gaps} span={span} width={width} />
            </>
          )}
          <TimeAxis span={span} width={width} />
        </div>
      </div>
    </Panel>
  );
}
