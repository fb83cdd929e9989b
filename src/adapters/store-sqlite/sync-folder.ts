import { closeSync, fsyncSync, openSync } from 'node:fs';

/** A new name in a folder survives power loss only after the folder itself is synced. */
export function syncFolder(dir: string): void {
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
