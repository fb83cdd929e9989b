import type { Severity } from '../../policy/index.ts';
import { changeKinds, type Change, type ChangeKind } from './compare.ts';
import { isStopped, type Judged } from './judge-mail.ts';

export const listNames = ['missed', 'false_holds', 'held'] as const;
/** `held`: all other held mails. */
export type ListName = (typeof listNames)[number];
/** The first of a list; `total` counts the rest too. */
export type NotedList<T> = { readonly items: readonly T[]; readonly total: number };
export type Day = { readonly day: string; readonly high: number; readonly medium: number; readonly low: number; readonly mails: number };

/** A reader looks at hundreds, not at a million; the full list is in the JSON. */
const maxListed = 500;
/** Japanese time, where the mails were sent. */
const dayOf = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);

/** What the HTML report lists one by one, in a limited number. */
export class Notebook {
  readonly #lists: Record<ListName, { items: Judged[]; total: number }> = {
    missed: { items: [], total: 0 },
    false_holds: { items: [], total: 0 },
    held: { items: [], total: 0 },
  };
  readonly #changes = new Map<ChangeKind, { items: Change[]; total: number }>();
  readonly #days = new Map<string, Record<Severity | 'mails', number>>();

  add(result: Judged, change: Change | null): void {
    if (change !== null) {
      const list = this.#changes.get(change.kind) ?? { items: [], total: 0 };
      this.#changes.set(change.kind, list);
      note(list, change);
    }
    const list = listOf(result);
    if (list !== null) note(this.#lists[list], result);
    if (result.clock === 'record') this.#countDay(dayOf(result.receivedAt), result);
  }

  #countDay(day: string, { verdict, severity }: Judged): void {
    const counts = this.#days.get(day) ?? { high: 0, medium: 0, low: 0, mails: 0 };
    counts.mails += 1;
    if (isStopped(verdict)) counts[severity ?? 'medium'] += 1;
    this.#days.set(day, counts);
  }

  list(name: ListName): NotedList<Judged> {
    return this.#lists[name];
  }

  /** Worst kind first. */
  changes(): NotedList<Change> {
    const lists = changeKinds.flatMap((kind) => this.#changes.get(kind) ?? []);
    return { items: lists.flatMap(({ items }) => items).slice(0, maxListed), total: lists.reduce((sum, { total }) => sum + total, 0) };
  }

  /** Records by day of arrival, oldest first; empty for an archive. */
  days(): readonly Day[] {
    return [...this.#days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, counts]) => ({ day, ...counts }));
  }
}

function listOf({ verdict, expected }: Judged): ListName | null {
  const held = isStopped(verdict);
  if (expected === null) return held ? 'held' : null;
  if (!isStopped(expected.verdict)) return held ? 'false_holds' : null;
  return held ? 'held' : 'missed';
}

function note<T>(list: { items: T[]; total: number }, item: T): void {
  const target = list;
  target.total += 1;
  if (target.items.length < maxListed) target.items.push(item);
}
