// Apart from cards.ts, which imports every language: a catalogue that imported it back would close a circle.
import type { TriggerName } from '../live-event.ts';
import type { CardParams } from '../suggestions/card-params.ts';

/** The lead is always whole; the viewer's own words after it are cut to what is left of the line. */
export type Headline = { lead: string; words?: string };

/** The words of one trigger's card. */
export type CardWords<P> = {
  title: string;
  headline(params: P, own: string): Headline;
  line(params: P, quotes: readonly string[]): string;
  action(params: P): string;
};

/** A language's cards: a missing or an extra trigger does not compile. */
export type CardCatalogue = { readonly [T in TriggerName]: CardWords<CardParams[T]> };
