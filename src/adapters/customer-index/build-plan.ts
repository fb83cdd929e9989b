import { createHash } from 'node:crypto';
import { loadDetectionLists } from '../../detect/index.ts';
import { ChunkBuilder, formatVersion, indexHashes, type IndexKeys, type IndexRecipe } from '../../match/index.ts';
import { hashPiece, type HashedPiece } from './hash-piece.ts';
import type { PieceWork } from './read-rows.ts';

/** What decides, beside the table, what its index holds. Plain data: goes to a thread. */
export type BuildPlan = {
  /** Our column's name: header in the table. */
  readonly columns: Readonly<Record<string, string>>;
  readonly sharedDomains: readonly string[];
  /** The shipped lists, as bytes by name. */
  readonly lists: ReadonlyMap<string, Uint8Array>;
  readonly keys: IndexKeys;
};

/** Hashes pieces in this thread. */
export function hasher({ lists, sharedDomains, keys }: BuildPlan): (work: PieceWork) => HashedPiece {
  const recipe: IndexRecipe = { sharedDomains, lists: loadDetectionLists(lists) };
  const hashes = indexHashes(keys.hash);
  return (work) => hashPiece(work, new ChunkBuilder(recipe, hashes, Math.ceil(work.piece.bytes.length / 100)));
}

/** Changes with everything but the table that decides what its index holds: an index of another recipe finds less than it should. */
export function recipeVersion({ sharedDomains, lists }: BuildPlan): string {
  const digest = createHash('sha256').update(JSON.stringify([formatVersion, sharedDomains.toSorted()]));
  for (const [name, bytes] of [...lists].toSorted(([a], [b]) => (a < b ? -1 : 1))) digest.update(name).update(bytes);
  return digest.digest('hex').slice(0, 12);
}
