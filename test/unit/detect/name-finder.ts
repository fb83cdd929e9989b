import { detectNames } from '../../../src/detect/names/detect-names.ts';
import { defaultThreshold } from '../../../src/detect/index.ts';
import { normalizeSegment } from '../../../src/normalize/index.ts';
import { segmentOf } from './segments.ts';
import { shippedLists, shippedModel } from './shipped-lists.ts';

export const tools = { lists: shippedLists.names, model: shippedModel, threshold: defaultThreshold };

/** A site with these people of its own and no customers. */
export const lexiconOf = (staffNames: readonly string[]) => ({
  staffNames,
  customerIdPattern: null,
  nameThreshold: defaultThreshold,
  isCustomerName: () => false,
  isFirm: () => false,
  isCustomerId: () => false,
});

/** What is found in a body for a site with these people, as it stands there. */
export function nameFinder(staffNames: readonly string[]): (text: string) => string[] {
  const lexicon = lexiconOf(staffNames);
  return (text) =>
    detectNames([normalizeSegment(segmentOf(text))], tools, lexicon)
      .filter(({ confidence }) => confidence >= 0.5)
      .map(({ start, end }) => text.slice(start, end));
}
