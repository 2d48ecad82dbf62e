// The words of suggestion cards. A suggestion carries a trigger and params; the sentences are only here.
import type { Suggestion, TriggerName } from '../live-event.ts';
import type { Language } from '../settings.ts';
import { type CardParams, readCardParams } from '../suggestions/card-params.ts';
import type { CardCatalogue, CardWords, Headline } from './card-catalogue.ts';
import { cardsEn } from './cards-en.ts';
import { cardsZh } from './cards-zh.ts';

const catalogues: Record<Language, CardCatalogue> = { zh: cardsZh, en: cardsEn };

/** What a card says: `title` names its kind, `headline` fits one line of 24 full-width characters. */
export type CardText = { title: string; headline: string; line: string; action: string };

/** The widest headline of the overlay at its smallest size, in full-width characters. */
const headlineWidth = 24;

/** Width in full-width characters: letters and digits of Latin script count one half. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += character.codePointAt(0)! > 0x2e7f ? 1 : 0.5;
  return width;
}

function cutToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (textWidth(`${kept}${character}…`) > width) break;
    kept += character;
  }
  // A Latin word cut in its middle reads as another word; a cut that loses more than a third is worse.
  const space = kept.lastIndexOf(' ');
  const whole = space > kept.length * 0.66 ? kept.slice(0, space) : kept;
  return `${whole.replace(/[\s，。、,.]+$/u, '').replace(/…$/u, '')}…`;
}

function toHeadline({ lead, words = '' }: Headline): string {
  const leadPart = cutToWidth(lead, headlineWidth);
  const left = headlineWidth - textWidth(leadPart);
  return words === '' || left < 2 ? leadPart : `${leadPart}${cutToWidth(words, left)}`;
}

function textOf<T extends TriggerName>(catalogue: CardCatalogue, trigger: T, card: Suggestion): CardText {
  const words: CardWords<CardParams[T]> = catalogue[trigger];
  const params = readCardParams(trigger, card.params);
  return {
    title: words.title,
    headline: toHeadline(words.headline(params, card.headline)),
    line: words.line(params, card.evidence.quotes),
    action: words.action(params),
  };
}

/** The words of a suggestion in a language; params that are missing count as 0 or empty. */
export function cardText(suggestion: Suggestion, language: Language): CardText {
  return textOf(catalogues[language], suggestion.trigger, suggestion);
}
