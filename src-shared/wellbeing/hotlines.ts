// Help lines by region. Numbers change: each entry says when it was last checked and is meant to be edited.

export type Hotline = { region: 'CN' | 'US' | 'EU'; number: string; asOf: string; sure: boolean };

/** Help lines, the first of a region being the one to name. */
export const hotlines: readonly Hotline[] = [
  { region: 'CN', number: '12356', asOf: '2025-11-15', sure: true },
  { region: 'US', number: '988', asOf: '2025-11-15', sure: true },
  // In many member states, not in all.
  { region: 'EU', number: '116 123', asOf: '2025-11-15', sure: false },
];

/** The line to name in a region. */
export const hotlineFor = (region: Hotline['region']): string =>
  hotlines.find((line) => line.region === region)!.number;
