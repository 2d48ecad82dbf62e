// The streamer's own products, songs and names: what viewers may call them, and the text form in which they are typed.
import { z } from 'zod';

/** More than a session can offer; all of them are looked for in every message. */
export const catalogueLimit = 500;
const nameLimit = 60;

/** One thing that viewers may name. */
export const catalogueEntry = z.strictObject({
  id: z.string().min(1).max(80),
  name: z.string().min(1).max(nameLimit),
  aliases: z.array(z.string().min(1).max(nameLimit)).max(20),
  priceCents: z.number().int().min(0).max(1e9).nullable(),
});
export type CatalogueEntry = z.infer<typeof catalogueEntry>;
export const catalogue = z.array(catalogueEntry).max(catalogueLimit);

/** What a text of one entry a line holds; `badLines` are the numbers, from 1, of lines that cannot be read. */
export type ParsedCatalogue = { entries: CatalogueEntry[]; badLines: number[] };

const separator = /[,，、;；\t|]/u;
const pricePart = /^[¥￥]?\s*(\d{1,7}(?:\.\d{1,2})?)\s*(?:元|块|rmb|cny)?$/iu;

/**
 * Reads one entry a line: `name, alias, …, price`. The last part is the price in yuan when it looks like one. The id is
 * the name itself, folded, so that typing the same line again is the same thing; of two equal names the first counts.
 */
export function parseCatalogue(text: string): ParsedCatalogue {
  const entries: CatalogueEntry[] = [];
  const badLines: number[] = [];
  const ids = new Set<string>();
  text.split(/\r?\n/u).forEach((line, i) => {
    if (line.trim() === '') return;
    const entry = parseLine(line);
    if (!entry || ids.has(entry.id) || entries.length === catalogueLimit) badLines.push(i + 1);
    else {
      ids.add(entry.id);
      entries.push(entry);
    }
  });
  return { entries, badLines };
}

function parseLine(line: string): CatalogueEntry | null {
  const parts = line.split(separator).map((part) => part.trim());
  const [name = '', ...rest] = parts.filter((part) => part !== '');
  const price = pricePart.exec(rest.at(-1) ?? '');
  const aliases = [...new Set(price ? rest.slice(0, -1) : rest)].filter((alias) => alias !== name);
  const priceCents = price ? Math.round(Number(price[1]) * 100) : null;
  const parsed = catalogueEntry.safeParse({ id: name.normalize('NFKC').toLowerCase(), name, aliases, priceCents });
  return parsed.success ? parsed.data : null;
}

/** The entries as text that `parseCatalogue` reads back. */
export const toCatalogueText = (entries: readonly CatalogueEntry[]): string =>
  entries
    .map(({ name, aliases, priceCents }) =>
      [name, ...aliases, ...(priceCents === null ? [] : [yuan(priceCents)])].join(', '),
    )
    .join('\n');

const yuan = (cents: number): string => String(cents / 100);
