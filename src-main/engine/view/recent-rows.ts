import { foldFrom } from '@app/shared/suggestions/triggers/abuse';
import type { DanmakuRow } from '@app/shared/view';
import type { SearchRow } from '../store/store.ts';

/** Rows of the list from stored messages; likes, enters and counts are no rows. */
export function recentRows(stored: readonly SearchRow[]): DanmakuRow[] {
  return stored
    .filter((row) => !['like', 'enter', 'online'].includes(row.messageType))
    .map((row) => ({
      id: row.id,
      at: row.receivedAt,
      platform: row.platform as DanmakuRow['platform'],
      type: row.messageType as DanmakuRow['type'],
      username: row.username,
      content: row.content.slice(0, 500),
      sentiment: row.sentimentScore,
      intent: row.intentCategory,
      abusive: (row.abuse ?? 0) >= foldFrom,
      giftCount: row.metadata.gift_count ?? null,
      priceCents: row.metadata.price_cents ?? null,
    }));
}
