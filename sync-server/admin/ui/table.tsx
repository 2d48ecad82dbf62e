import type { ReactNode } from 'react';
import { Link } from './router.tsx';

export type Column<Row> = {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** A number, set to the right. */
  isFigure?: boolean;
  /** The narrowest table that shows it. */
  from?: 'phone' | 'tablet' | 'wide';
};

/**
 * A table; on a phone each row becomes a small card with the titles before the values. The first column names the row.
 * With `linkOf` the whole row leads somewhere.
 */
export function Table<Row extends { id: string }>(props: {
  name: string;
  columns: Column<Row>[];
  rows: Row[];
  linkOf?: (row: Row) => { to: string; label: string };
  testId?: string;
}) {
  const { columns, rows, linkOf, testId } = props;
  const [first, ...others] = columns;
  const classOf = (column: Column<Row>) => `${column.isFigure ? 'figure' : ''} from-${column.from ?? 'phone'}`.trim();
  return (
    <div className="table-frame">
      <table className="table" aria-label={props.name}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const link = linkOf?.(row);
            return (
              <tr key={row.id} data-testid={testId} className={link ? 'row-link' : undefined}>
                <th scope="row" className={first ? classOf(first) : undefined}>
                  {link ? (
                    <Link to={link.to} className="row-cover" aria-label={link.label}>
                      {first?.cell(row)}
                    </Link>
                  ) : (
                    first?.cell(row)
                  )}
                </th>
                {others.map((column) => (
                  <td key={column.key} className={classOf(column)} data-title={column.title}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
