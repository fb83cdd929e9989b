import { en } from './texts-en.ts';
import { ja, type Texts } from './texts-ja.ts';

export type Language = 'ja' | 'en';
export type { Texts };

/** Every text of the pages. A key that one language lacks does not compile. */
export const texts: Readonly<Record<Language, Texts>> = { ja, en };
