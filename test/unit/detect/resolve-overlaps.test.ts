import { expect, test } from 'vitest';
import type { RuleId } from '../../../src/core/index.ts';
import type { Detection } from '../../../src/detect/index.ts';
import { resolveOverlaps } from '../../../src/detect/resolve-overlaps.ts';
import type { SegmentId } from '../../../src/extract/index.ts';

function found(type: string, start: number, end: number, confidence: number, segment = 0): Detection {
  return { type, rule: type as RuleId, segment: segment as SegmentId, start, end, confidence, evidence: ['pattern'], canonical: '' };
}
const kept = (...detections: readonly Detection[]): readonly string[] =>
  resolveOverlaps(detections).map(({ type, start }) => `${type}@${start}`);

test('an e-mail address beats all, a finding beats a candidate, the surer and then the longer wins', () => {
  expect(kept(found('phone', 0, 13, 0.99), found('email', 0, 30, 0.85))).toEqual(['email@0']);
  expect(kept(found('my_number', 0, 14, 0.4), found('phone', 3, 13, 0.55))).toEqual(['phone@3']);
  expect(kept(found('phone', 0, 10, 0.7), found('drivers_license', 0, 12, 0.95))).toEqual(['drivers_license@0']);
  expect(kept(found('phone', 0, 10, 0.7), found('bank_account', 0, 12, 0.7))).toEqual(['bank_account@0']);
});

test('a postal code may stand inside an address; other segments do not matter', () => {
  expect(kept(found('postal_code', 0, 8, 0.98), found('address', 0, 30, 0.9))).toEqual(['address@0', 'postal_code@0']);
  expect(kept(found('phone', 0, 10, 0.9, 1), found('bank_account', 0, 10, 0.95, 2))).toEqual(['phone@0', 'bank_account@0']);
});

test('what touches does not overlap, and the order is that of the text', () => {
  expect(kept(found('phone', 10, 20, 0.9), found('email', 0, 10, 0.9), found('phone', 15, 18, 0.8))).toEqual(['email@0', 'phone@10']);
});
