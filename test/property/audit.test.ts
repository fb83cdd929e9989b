import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, chain, chainStart, verifyChain, type AuditRecord } from '../../src/audit/index.ts';
import { instant } from '../../src/core/index.ts';

const details = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string())));
const chains = fc.array(fc.tuple(fc.nat(), details), { minLength: 3, maxLength: 12 }).map((events) => {
  const records: AuditRecord[] = [];
  for (const [at, each] of events) {
    const event = { type: 'hold.viewed', actor: { kind: 'system', name: 'gateway' }, message: null, details: each } as const;
    records.push(chain(records.at(-1) ?? chainStart, instant(at), event));
  }
  return records;
});

it('a chain verifies, also after a way through JSON, and from any known head', () => {
  fc.assert(
    fc.property(chains, fc.nat(), (records, cut) => {
      expect(verifyChain(JSON.parse(JSON.stringify(records)) as AuditRecord[])).toEqual({ ok: true });
      const at = 1 + (cut % (records.length - 1));
      expect(verifyChain(records.slice(at), records[at - 1])).toEqual({ ok: true });
    }),
  );
});

it('any edit, deletion before the end, swap or repetition is found', () => {
  fc.assert(
    fc.property(chains, fc.nat(), fc.nat(), fc.constantFrom('edit', 'delete', 'swap', 'repeat', 'hash'), (records, first, second, kind) => {
      const at = first % (records.length - 1);
      const other = at + 1 + (second % (records.length - 1 - at));
      const [a, b] = [records[at]!, records[other]!];
      const tampered = {
        edit: records.with(at, { ...a, event: { ...a.event, details: { ...a.event.details, added: second } } }),
        delete: records.toSpliced(at, 1),
        swap: records.with(at, b).with(other, a),
        repeat: records.toSpliced(at, 0, a),
        hash: records.with(at, { ...a, hash: b.hash }),
      }[kind];
      fc.pre(canonicalJson(tampered) !== canonicalJson(records));
      expect(verifyChain(tampered).ok).toBe(false);
    }),
  );
});

it('canonical JSON parses back to the same value, whatever the order of members', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
  expect(canonicalJson({ b: 1, a: 2 })).toBe(canonicalJson({ a: 2, b: 1 }));
});
