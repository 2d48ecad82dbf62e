import type { SuggestionCount } from '@app/shared/sync';
import type { CountedType } from '@app/shared/words/agency';
import { Table } from '../ui/table.tsx';
import { useWords } from '../ui/words.ts';

const counted: readonly CountedType[] = ['content', 'interaction', 'product'];
const isCounted = (row: SuggestionCount): row is SuggestionCount & { type: CountedType } =>
  counted.some((type) => type === row.type);

/** Cards by kind and level. Kinds that concern one person's state stay in the app, for their owner too. */
export function SessionCards({ counts, empty }: { counts: SuggestionCount[]; empty?: string }) {
  const words = useWords();
  const { cardColumns } = words.overview;
  const rows = counts.filter(isCounted).map((row) => ({ ...row, id: `${row.type} ${row.urgency}` }));
  if (rows.length === 0) return <p className="quiet">{empty ?? words.session.cardsEmpty}</p>;
  return (
    <Table
      name={words.session.cards}
      rows={rows}
      columns={[
        { key: 'type', title: cardColumns.type, cell: (row) => words.cardType[row.type] },
        { key: 'urgency', title: cardColumns.urgency, cell: (row) => words.urgency[row.urgency] },
        { key: 'shown', title: cardColumns.shown, isFigure: true, cell: (row) => words.count(row.shown) },
        { key: 'used', title: cardColumns.used, isFigure: true, cell: (row) => words.count(row.used) },
        {
          key: 'share',
          title: cardColumns.share,
          isFigure: true,
          cell: (row) => words.percent(row.shown === 0 ? 0 : row.used / row.shown),
        },
      ]}
    />
  );
}
