import { loadGazetteer, type Gazetteer } from './addresses/gazetteer.ts';
import { loadNameLists, type NameLists } from './names/name-lists.ts';

/** The word lists that detection and matching need, loaded once. */
export type DetectionLists = { readonly names: NameLists; readonly gazetteer: Gazetteer; readonly mailDomains: ReadonlySet<string> };

/** Files under `rules/lists/`. */
export const listFiles = ['surnames.tsv', 'given-names.txt', 'given-readings.txt', 'municipalities.tsv', 'mail-domains.txt'] as const;

/** `files`: the contents of `listFiles` by name, in UTF-8. */
export function loadDetectionLists(files: ReadonlyMap<string, Uint8Array>): DetectionLists {
  const text = (name: (typeof listFiles)[number]): string => new TextDecoder().decode(files.get(name));
  return {
    names: loadNameLists({
      surnames: text('surnames.tsv'),
      givenNames: text('given-names.txt'),
      givenReadings: text('given-readings.txt'),
    }),
    gazetteer: loadGazetteer(text('municipalities.tsv')),
    mailDomains: new Set(
      text('mail-domains.txt')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
    ),
  };
}
