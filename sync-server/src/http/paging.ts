// Lists go newest first and are continued by the place of the last row, so that new rows never shift a page.
import { z } from 'zod';
import { ApiFailure } from './failure.ts';

type PageQuery = { limit: number; cursor?: string | undefined };

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Reads a cursor of this shape; anything else is BAD_INPUT. */
export function readCursor<S extends z.ZodType>(cursor: string | undefined, schema: S): z.output<S> | null {
  if (cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new ApiFailure('BAD_INPUT', 'cursor: take it from next_cursor of the page before', {
      field: 'querystring.cursor',
    });
  }
}

/** One page from `limit + 1` rows; `place` is where the page after it begins. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => Item,
  place: (row: Row) => unknown,
): { items: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next_cursor: rows.length > limit && last ? encode(place(last)) : null };
}

/** A page of rows whose ids grow with time; `read` is given the id to go on below and how many rows to read. */
export async function pageById<Row extends { id: string }, Item>(
  query: PageQuery,
  toItem: (row: Row) => Item,
  read: (before: string | null, limit: number) => Promise<Row[]>,
): Promise<{ items: Item[]; next_cursor: string | null }> {
  const rows = await read(readCursor(query.cursor, z.uuid()), query.limit + 1);
  return toPage(rows, query.limit, toItem, (row) => row.id);
}
