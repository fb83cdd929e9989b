import { createHash } from 'node:crypto';
import { readLists } from '../adapters/rules-fs/index.ts';
import { listFiles, loadDetectionLists, type DetectionLists } from '../detect/index.ts';

/** The lists of the pack, as bytes and loaded. */
export type ShippedLists = { readonly files: ReadonlyMap<string, Uint8Array>; readonly lists: DetectionLists };

let known: (ShippedLists & { readonly digest: string }) | null = null;

/** Read anew each time, but loaded (which takes half a second) only when a byte has changed. */
export function shippedLists(): ShippedLists {
  const files = readLists(listFiles);
  const hash = createHash('sha256');
  for (const [name, bytes] of files) hash.update(name).update(bytes);
  const digest = hash.digest('hex');
  if (known?.digest !== digest) known = { files, lists: loadDetectionLists(files), digest };
  return known;
}
