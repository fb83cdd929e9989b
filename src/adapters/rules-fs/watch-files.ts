import { lstatSync, readdirSync, statSync, watch, type FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';

export type WatchOptions = {
  /** Files and folders; a folder stands for all that lies in it, at any depth. What does not exist yet may come. */
  readonly paths: readonly string[];
  /** Called once after files have changed and then stayed as they are for `settleMs`. */
  readonly changed: () => void;
  /** An editor writes a file in several steps, and a table takes a while to copy. */
  readonly settleMs?: number;
  /** How often files are looked at although nobody said that they changed: network file systems and bind mounts tell nothing. */
  readonly pollMs?: number;
  /** The same when the system refuses to watch (no inotify watches left, a file system without them). */
  readonly pollWithoutEventsMs?: number;
};

export type FileWatch = {
  /** `polling` when the system cannot tell of changes. */
  readonly by: 'events' | 'polling';
  close(): void;
};

const mostFiles = 10_000;

/**
 * Watches files and folders. Events are hints only: after each, and every `pollMs` anyway, the files' times, sizes and inodes are compared with
 * those before, so that a file replaced by renaming, a doubled event or a lost one make no difference.
 */
export function watchFiles(options: WatchOptions): FileWatch {
  const { paths, changed, settleMs = 400, pollMs = 30_000, pollWithoutEventsMs = 2000 } = options;
  let reported = fingerprint(paths);
  let seen = reported;
  let settling: NodeJS.Timeout | null = null;
  const look = (): void => {
    settling = null;
    const now = fingerprint(paths);
    if (now !== seen) {
      // Still being written: what stands there now must stand there at the next look too.
      seen = now;
      wait();
    } else if (now !== reported) {
      reported = now;
      changed();
    }
  };
  const wait = (): void => {
    if (settling !== null) clearTimeout(settling);
    settling = setTimeout(look, settleMs).unref();
  };
  const hint = (): void => {
    if (settling === null) wait();
  };
  const watchers = watchFolders(paths, hint);
  const poll = setInterval(hint, watchers === null ? pollWithoutEventsMs : pollMs).unref();
  return {
    by: watchers === null ? 'polling' : 'events',
    close() {
      if (settling !== null) clearTimeout(settling);
      clearInterval(poll);
      for (const watcher of watchers ?? []) watcher.close();
    },
  };
}

/** One watcher a folder: a watch on a file is lost when an editor renames another over it. Null when the system refuses. */
function watchFolders(paths: readonly string[], hint: () => void): readonly FSWatcher[] | null {
  const watchers: FSWatcher[] = [];
  try {
    for (const { folder, recursive } of foldersOf(paths)) {
      const watcher = watch(folder, { recursive, persistent: false }, hint);
      // A folder that is taken away ends its watch; the poll sees what comes instead.
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    }
    return watchers;
  } catch {
    for (const watcher of watchers) watcher.close();
    return null;
  }
}

function foldersOf(paths: readonly string[]): readonly { readonly folder: string; readonly recursive: boolean }[] {
  const whole = paths.filter(isFolder);
  const parents = paths.filter((path) => !isFolder(path)).map((path) => dirname(path));
  return [
    ...[...new Set(whole)].map((folder) => ({ folder, recursive: true })),
    ...[...new Set(parents)]
      .filter((folder) => isFolder(folder) && !whole.includes(folder))
      .map((folder) => ({ folder, recursive: false })),
  ];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Times, sizes and inodes of all the files, as text to compare. */
function fingerprint(paths: readonly string[]): string {
  const lines: string[] = [];
  for (const path of paths) collect(path, statSync, lines);
  return lines.join('\n');
}

/** Links inside a folder are not followed: they could lead round in a circle. */
function collect(path: string, read: typeof statSync, lines: string[]): void {
  if (lines.length >= mostFiles) return;
  try {
    const state = read(path);
    if (state.isDirectory()) for (const name of readdirSync(path).toSorted()) collect(join(path, name), lstatSync, lines);
    else lines.push(`${path}\0${state.mtimeMs}\0${state.size}\0${state.ino}`);
  } catch {
    lines.push(`${path}\0gone`);
  }
}
