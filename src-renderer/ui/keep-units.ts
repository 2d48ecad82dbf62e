/** A number and the Chinese word after it stay on one line. */
export const keepUnits = (text: string): string => text.replace(/(\d) (?=\p{Script=Han})/gu, '$1\u00a0');
