/**
 * A line of values behind a number, from the oldest to the newest; null is a hole. The last stretch is dashed: its week is
 * not over. Decoration: the table below has the figures.
 */
export function Spark({ values }: { values: (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const span = most - least || 1;
  const points = values.flatMap((value, index) =>
    value === null ? [] : [{ index, x: (index / (values.length - 1)) * 100, y: 36 - ((value - least) / span) * 32 }],
  );
  const draw = (some: typeof points) =>
    some.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('');
  const over = points.filter(({ index }) => index < values.length - 1);
  const running = points.slice(over.length - 1);
  return (
    <svg className="spark" viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">
      <path className="spark-area" d={`${draw(points)}L${points.at(-1)?.x} 40L${points[0]?.x} 40Z`} />
      <path className="spark-line" d={draw(over)} vectorEffect="non-scaling-stroke" />
      <path className="spark-line spark-running" d={draw(running)} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
