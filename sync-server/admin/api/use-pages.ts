import { useState } from 'react';
import { useAgency } from './agency.ts';
import { type ApiError, toApiError } from './api-error.ts';
import type { Client } from './client.ts';
import { type Data, useData } from './use-data.ts';

type Page<T> = { items: T[]; next_cursor: string | null };
export type Pages<T> = {
  /** The first page, for the states of the list as a whole. */
  first: Data<Page<T>>;
  items: T[];
  hasMore: boolean;
  isReadingMore: boolean;
  moreError: ApiError | null;
  more: () => Promise<void>;
};

/** A list that grows page by page; it begins anew when its first page is read again. */
export function usePages<T>(key: string, read: (client: Client, cursor?: string) => Promise<Page<T>>): Pages<T> {
  const { client } = useAgency();
  const first = useData(key, (own) => read(own));
  const [rest, setRest] = useState<{ after: Page<T> | null; items: T[]; cursor: string | null }>({
    after: null,
    items: [],
    cursor: null,
  });
  const [isReadingMore, setIsReadingMore] = useState(false);
  const [moreError, setMoreError] = useState<ApiError | null>(null);
  const grown = first.data !== null && rest.after === first.data ? rest : null;
  const cursor = grown ? grown.cursor : (first.data?.next_cursor ?? null);
  async function more(): Promise<void> {
    if (cursor === null || isReadingMore) return;
    setIsReadingMore(true);
    setMoreError(null);
    try {
      const page = await read(client, cursor);
      setRest({ after: first.data, items: [...(grown?.items ?? []), ...page.items], cursor: page.next_cursor });
    } catch (error) {
      setMoreError(toApiError(error));
    } finally {
      setIsReadingMore(false);
    }
  }
  const items = [...(first.data?.items ?? []), ...(grown?.items ?? [])];
  return { first, items, hasMore: cursor !== null, isReadingMore, moreError, more };
}
