/** A line of values behind a number, from the oldest to the newest; null is a hole. Decoration: the table has the figures. */
export function Spark({ values }: { values: (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const span = most - least || 1;
  const points = values.flatMap((value, index) =>
    value === null ? [] : [{ x: (index / (values.length - 1)) * 100, y: 36 - ((value - least) / span) * 32 }],
  );
  const line = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('');
  const [first, last] = [points[0], points.at(-1)];
  return (
    <svg className="spark" viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">
      <path className="spark-area" d={`${line}L${last?.x ?? 100} 40L${first?.x ?? 0} 40Z`} />
      <path className="spark-line" d={line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
