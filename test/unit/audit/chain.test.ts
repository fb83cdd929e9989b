import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson, chain, chainStart, verifyChain, type AuditEvent, type AuditRecord } from '../../../src/audit/index.ts';
import { instant } from '../../../src/core/index.ts';

const event = (details: AuditEvent['details']): AuditEvent => ({
  type: 'hold.released',
  actor: { kind: 'user', name: 'sato@example.co.jp' },
  message: null,
  details,
});

function chainOf(count: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  for (let index = 0; index < count; index += 1) records.push(chain(records.at(-1) ?? chainStart, instant(1000 + index), event({ index })));
  return records;
}

describe('canonicalJson', () => {
  it('does not depend on the order in which an object was built', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é"\n' }], a: true, gone: undefined })).toBe('{"a":true,"b":[1,{"c":"é\\"\\n","d":null}]}');
    expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
  });
});

describe('chain', () => {
  it('hashes the previous hash and the canonical JSON of the rest', () => {
    const [first, second] = chainOf(2);
    expect(first).toMatchObject({ seq: 1, previous: '0'.repeat(64) });
    const text = `${first?.hash}{"at":1001,"event":{"actor":{"kind":"user","name":"sato@example.co.jp"},"details":{"index":1},"message":null,"type":"hold.released"},"seq":2}`;
    expect(second?.hash).toBe(createHash('sha256').update(text).digest('hex'));
  });
});

describe('verifyChain', () => {
  it('accepts a whole chain, an empty one, and one that goes on from a known head', () => {
    const records = chainOf(5);
    expect(verifyChain(records)).toEqual({ ok: true });
    expect(verifyChain([])).toEqual({ ok: true });
    expect(verifyChain(records.slice(2), records[1])).toEqual({ ok: true });
  });

  it('survives storage as JSON', () => {
    expect(verifyChain(JSON.parse(JSON.stringify(chainOf(3))) as AuditRecord[])).toEqual({ ok: true });
  });

  it.each<[string, (records: AuditRecord[]) => AuditRecord[], number]>([
    ['an edited event', (records) => records.with(2, { ...records[2]!, event: event({ index: 99 }) }), 3],
    ['an edited time', (records) => records.with(2, { ...records[2]!, at: instant(5) }), 3],
    ['a deleted record', (records) => records.toSpliced(2, 1), 4],
    ['a deleted first record', (records) => records.slice(1), 2],
    ['two records in other order', (records) => [...records.slice(0, 1), records[2]!, records[1]!, ...records.slice(3)], 3],
    ['records cut out of the middle', (records) => records.toSpliced(1, 3), 5],
    ['a record twice', (records) => records.toSpliced(2, 0, records[1]!), 2],
    ['a record inserted', (records) => records.toSpliced(2, 0, chain(records[1]!, instant(1), event({ index: 7 }))), 3],
    ['an edited record sealed anew', (records) => records.with(2, chain(records[1]!, instant(1002), event({ index: 99 }))), 4],
    [
      'a deleted record with the rest renumbered',
      (records) => records.toSpliced(2, 1).map((record, index) => ({ ...record, seq: index + 1 })),
      3,
    ],
  ])('finds %s', (_, tamper, seq) => {
    expect(verifyChain(tamper(chainOf(5)))).toMatchObject({ ok: false, seq });
  });
});
