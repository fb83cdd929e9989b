import { closeSync, createReadStream, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { instant, type Instant } from '../../core/index.ts';
import { cannotRun } from '../exit.ts';
import { splitMbox } from './split-mbox.ts';

/** A mail of an archive: its bytes as stored, its sidecar's text, when the archive got it. Or why there are none: the run goes on without it. */
export type ArchivedMail =
  | { readonly id: string; readonly bytes: Uint8Array; readonly sidecar: string | null; readonly storedAt: Instant | null }
  | { readonly id: string; readonly unread: 'cannot_be_read' | 'too_large' | 'no_mbox' };

/** Files of an archive in the order of their ids; nothing of their content yet. */
export type ArchivePart =
  | { readonly kind: 'mail'; readonly id: string; readonly path: string; readonly sidecar: string | null }
  | { readonly kind: 'mbox'; readonly id: string; readonly path: string; readonly size: number };

/**
 * What lies under `path`: a folder of ID.eml with its ID.json, of mbox files (NAME.mbox, NAME.mbx, or `mbox`) and of further such folders; a
 * Maildir (cur/ and new/, sub-folders too); one .eml or mbox file. Ids hold the way from `path`: `ID`, `folder/ID`, `NAME#n` for the nth mail
 * of an mbox (from 1), the unique name of a Maildir file without its flags. Throws CommandError when `path` cannot be read or holds no mail.
 */
export function listArchive(path: string): readonly ArchivePart[] {
  let parts: readonly ArchivePart[];
  try {
    parts = statSync(path).isDirectory() ? listFolder(path, '') : [partOfFile(path)];
  } catch (cause) {
    throw cannotRun(`${path} cannot be read`, cause);
  }
  if (parts.length === 0) throw cannotRun(`${path} holds no mail: neither .eml files, nor mbox files, nor a Maildir (cur/ and new/)`);
  return parts;
}

/** A file named by itself: an mbox when it begins as one. */
function partOfFile(path: string): ArchivePart {
  const name = basename(path);
  const start = Buffer.alloc(5);
  const file = openSync(path, 'r');
  readSync(file, start, 0, 5, 0);
  closeSync(file);
  if (start.toString('latin1') === 'From ' || isMboxName(name)) return { kind: 'mbox', id: name, path, size: statSync(path).size };
  return mailPart(path.slice(0, -name.length) || '.', name, '');
}

function listFolder(folder: string, prefix: string): ArchivePart[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const names = new Set(entries.map(({ name }) => name));
  const isMaildir = names.has('cur') && names.has('new');
  const parts = isMaildir ? listMaildir(folder, prefix) : [];
  for (const entry of entries.toSorted((a, b) => compareText(a.name, b.name))) {
    const { name } = entry;
    const path = join(folder, name);
    const target = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry;
    if (target?.isDirectory() === true) {
      // A link to a folder could lead back up.
      if (!entry.isSymbolicLink() && !(isMaildir && ['cur', 'new', 'tmp'].includes(name)))
        parts.push(...listFolder(path, `${prefix}${name}/`));
    } else if (target?.isFile() === true && name.endsWith('.eml')) parts.push(mailPart(folder, name, prefix, names));
    else if (target?.isFile() === true && isMboxName(name))
      parts.push({ kind: 'mbox', id: prefix + name, path, size: statSync(path).size });
  }
  return parts;
}

const isMboxName = (name: string): boolean => name === 'mbox' || /\.mbo?x$/.test(name);

function mailPart(folder: string, name: string, prefix: string, names?: ReadonlySet<string>): ArchivePart {
  const id = name.replace(/\.eml$/, '');
  const sidecar = join(folder, `${id}.json`);
  const hasSidecar = names === undefined ? existsSync(sidecar) : names.has(`${id}.json`);
  return { kind: 'mail', id: prefix + id, path: join(folder, name), sidecar: hasSidecar ? sidecar : null };
}

/** `unique:2,FLAGS`: the unique name stays when a reader moves the mail from new/ to cur/ or flags it, so the id and the order do. */
function listMaildir(folder: string, prefix: string): ArchivePart[] {
  const mails = ['cur', 'new'].flatMap((name) =>
    readdirSync(join(folder, name), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry): ArchivePart => ({
        kind: 'mail',
        id: prefix + entry.name.replace(/:[0-9],[A-Za-z]*$/, ''),
        path: join(folder, name, entry.name),
        sidecar: null,
      })),
  );
  return mails.toSorted((a, b) => compareText(a.id, b.id));
}

/** By code units: the same order on every machine, whatever its language. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export type Archive = {
  /** In order, one mail in memory at a time. One that cannot be read comes with the reason and stops nothing. */
  mails(): AsyncGenerator<ArchivedMail>;
  /** 0..1: how much has been read. */
  done(): number;
};

/** Octets of an mbox that count as much as a file of its own, for the progress. */
const typicalMail = 10_000;

/** `maxBytes`: a longer mail is left out. */
export function openArchive(parts: readonly ArchivePart[], maxBytes: number): Archive {
  const weights = parts.map((part) => (part.kind === 'mail' ? 1 : Math.max(1, part.size / typicalMail)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let inPart = 0;
  return {
    async *mails() {
      for (const [index, part] of parts.entries()) {
        const weight = weights[index] ?? 1;
        if (part.kind === 'mail') yield await readOne(part, maxBytes);
        else yield* readMbox(part, maxBytes, (octets) => (inPart = octets / typicalMail));
        before += weight;
        inPart = 0;
      }
    },
    done: () => Math.min(1, (before + inPart) / total),
  };
}

async function readOne(part: Extract<ArchivePart, { kind: 'mail' }>, maxBytes: number): Promise<ArchivedMail> {
  try {
    const { size, mtimeMs } = await stat(part.path);
    if (size > maxBytes) return { id: part.id, unread: 'too_large' };
    // A memory of its own: what a pooled Buffer shares would go along to the thread.
    const bytes = new Uint8Array(await readFile(part.path));
    const sidecar = part.sidecar === null ? null : readFileSync(part.sidecar, 'utf8');
    return { id: part.id, bytes, sidecar, storedAt: mtimeMs > 0 ? instant(Math.floor(mtimeMs)) : null };
  } catch {
    return { id: part.id, unread: 'cannot_be_read' };
  }
}

async function* readMbox(
  part: Extract<ArchivePart, { kind: 'mbox' }>,
  maxBytes: number,
  progress: (octets: number) => void,
): AsyncGenerator<ArchivedMail> {
  let number = 0;
  const file = createReadStream(part.path, { highWaterMark: 1024 * 1024 });
  try {
    for await (const mail of splitMbox(file, maxBytes)) {
      number += 1;
      progress(file.bytesRead);
      const id = `${part.id}#${number}`;
      if (mail === null) yield { id: part.id, unread: 'no_mbox' };
      else if (mail.bytes === null) yield { id, unread: 'too_large' };
      else yield { id, bytes: mail.bytes, sidecar: null, storedAt: mail.at };
    }
  } catch {
    yield { id: `${part.id}#${number + 1}`, unread: 'cannot_be_read' };
  }
}
