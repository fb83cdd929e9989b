import type { NameModel } from '../../../src/detect/names/model/name-model.ts';
import { normalize } from '../../../src/normalize/index.ts';
import type { LabelledLine } from './mail-lines.ts';

/** Exact precision, recall and F of PERSON spans, offsets in the original text. */
export function measure(model: Pick<NameModel, 'find'>, lines: readonly LabelledLine[], threshold: number): string {
  let right = 0;
  let found = 0;
  let wanted = 0;
  for (const { text, entities } of lines) {
    const normalized = normalize(text);
    const names = normalized.text.split('\n').reduce<{ at: number; spans: string[] }>(
      ({ at, spans }, line) => ({
        at: at + line.length + 1,
        spans: [
          ...spans,
          ...model
            .find(normalized.text, at, at + line.length, threshold)
            .map(({ start, end }) => `${normalized.map[start]}:${normalized.map[end]}`),
        ],
      }),
      { at: 0, spans: [] },
    ).spans;
    const gold = new Set(entities.filter(({ type }) => type === 'PERSON').map(({ start, end }) => `${start}:${end}`));
    found += names.length;
    wanted += gold.size;
    right += names.filter((name) => gold.has(name)).length;
  }
  const precision = right / Math.max(1, found);
  const recall = right / Math.max(1, wanted);
  return `P ${precision.toFixed(3)} R ${recall.toFixed(3)} F ${((2 * precision * recall) / Math.max(1e-9, precision + recall)).toFixed(3)}`;
}
