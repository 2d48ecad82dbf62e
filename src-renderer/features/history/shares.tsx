export type ShareRow = { key: string; label: string; value: number; hatched?: boolean };

/** Rows of a name, a bar and its figure, the largest first; a hatched bar stands for what is not known. */
export function Shares({ rows, format, whole }: { rows: ShareRow[]; format(value: number): string; whole?: number }) {
  const shown = rows
    .filter((row) => row.value > 0)
    .sort((a, b) => Number(a.hatched ?? false) - Number(b.hatched ?? false) || b.value - a.value);
  const largest = whole ?? Math.max(1, ...shown.map((row) => row.value));
  return (
    <ul className="shares">
      {shown.map((row) => (
        <li key={row.key}>
          <span className="share-label">{row.label}</span>
          <span className="share-bar" aria-hidden="true">
            <span
              className={row.hatched ? 'hatched' : ''}
              style={{ width: `${Math.max(0.5, (row.value / largest) * 100)}%` }}
            />
          </span>
          <span className="share-value">{format(row.value)}</span>
        </li>
      ))}
    </ul>
  );
}
