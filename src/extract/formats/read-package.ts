import { SaxesParser } from 'saxes';
import type { DocumentPiece } from '../document.ts';
import { Unreadable, type Budget } from '../limits.ts';
import { readZip, type ZipEntry } from './read-zip.ts';

type XmlText = { readonly shown: string; readonly deleted: string };

const lineEnds = new Set(['p', 'h', 'tr', 'br', 'cr', 'row', 'table-row', 'line-break', 'list-item', 'txbxContent']);
const tabs = new Set(['tab', 'c', 'tc', 'td', 'table-cell']);
const cells = new Set(['tc', 'td', 'table-cell']);
const unshown = new Set(['delText', 'instrText']);

/** `embedded`: files inside it that are documents of their own. `complete` false: it holds something else that nobody read. */
export type PackageText = { readonly pieces: readonly DocumentPiece[]; readonly complete: boolean; readonly embedded: readonly ZipEntry[] };

/** Parts that are pictures, fonts, printer settings: known to hold no text. */
const withoutText =
  /\.(?:xml|rels|vml|png|jpe?g|gif|emf|wmf|wmz|emz|svg|tiff?|bmp|wdp|ttf|odttf|fntdata|psmdcp|thmx)$|printerSettings\d*\.bin$|^mimetype$|^\[trash\]\//i;
const documentName = /\.(?:docx|docm|xlsx|xlsm|pptx|pptm)$/i;

/**
 * The text of an office package (OOXML, ODF): a walk over every XML part, so that no comment, note, header or property is lost. Runs are
 * joined without a space; what a reader does not see on opening it is marked hidden. Throws `Unreadable` for a broken package or a DTD.
 */
export async function readPackage(bytes: Uint8Array, budget: Budget): Promise<PackageText> {
  const entries = await readZip(bytes, budget);
  const pieces: DocumentPiece[] = [];
  let metadata = 0;
  const add = (entry: string, text: string, hidden: boolean): void => {
    const tidy = tidyLines(text);
    if (tidy.trim() === '') return;
    const place = placeOf(entry);
    if (place.in === 'metadata') metadata += 1;
    pieces.push({
      in: place.in,
      number: place.in === 'metadata' ? metadata : place.number,
      text: tidy,
      hidden: hidden || place.hidden,
      cells: null,
      label: null,
    });
  };
  for (const entry of entries.toSorted((a, b) => rank(a.name) - rank(b.name))) {
    if (entry.content === null) continue;
    if (/\.xml$/i.test(entry.name)) {
      const { shown, deleted } = readXml(entry.content);
      add(entry.name, shown, false);
      add(entry.name, deleted, true);
    } else if (/\.rels$/i.test(entry.name)) add(entry.name, externalTargets(entry), true);
  }
  const others = entries.filter((entry) => !withoutText.test(entry.name));
  return {
    pieces,
    complete: entries.every((entry) => entry.problem === null) && others.every((entry) => documentName.test(entry.name)),
    embedded: others.filter((entry) => documentName.test(entry.name)),
  };
}

/** No stray spaces, at most one empty line between others. Tabs at the head of a line stay: they are a row's empty cells. */
const tidyLines = (text: string): string =>
  text
    .replaceAll(/[ \t\r]+\n/g, '\n')
    .replaceAll(/\n +/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll(/^[\n ]+|\s+$/g, '');

function readXml(content: Uint8Array): XmlText {
  const parser = new SaxesParser({ position: false });
  const shown: string[] = [];
  const deleted: string[] = [];
  let inCell = 0;
  let silent = 0;
  parser.on('doctype', () => {
    throw new Unreadable('corrupt'); // entity bombs and outside entities need one; no office program writes one
  });
  parser.on('error', (error) => {
    throw error;
  });
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('opentag', (tag) => {
    const name = local(tag.name);
    if (unshown.has(name)) silent += 1;
    if (cells.has(name)) inCell += 1;
    if (name === 's') shown.push(' '); // ODF: a space
  });
  parser.on('closetag', (tag) => {
    const name = local(tag.name);
    if (unshown.has(name)) silent -= 1;
    if (cells.has(name)) inCell -= 1;
    if (lineEnds.has(name)) shown.push(inCell > 0 ? ' ' : '\n');
    else if (tabs.has(name)) shown.push('\t');
  });
  parser.on('text', (text) => {
    if (text.trim() !== '' || !/[\r\n]/.test(text)) (silent > 0 ? deleted : shown).push(text);
  });
  try {
    parser.write(new TextDecoder(content[0] === 0xff || content[1] === 0 ? 'utf-16le' : 'utf-8').decode(content)).close();
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('corrupt', { cause: error });
  }
  return { shown: shown.join('').replaceAll(/ \t/g, '\t'), deleted: deleted.join(' ') };
}

/** Links to the outside (mailto:, file paths) stand only in relationship parts. */
function externalTargets(entry: ZipEntry): string {
  const xml = Buffer.from(entry.content ?? []).toString('utf8');
  const targets = [...xml.matchAll(/<Relationship\b[^>]*TargetMode="External"[^>]*>/g)].map(
    ([tag]) => /Target="([^"]*)"/.exec(tag)?.[1] ?? '',
  );
  return targets.filter((target) => !target.startsWith('http')).join('\n');
}

/** The document itself first, so that it is page 1. */
const rank = (name: string): number => (/^(word\/document|content|ppt\/slides\/)/.test(name) ? 0 : 1);

function placeOf(name: string): { readonly in: DocumentPiece['in']; readonly number: number; readonly hidden: boolean } {
  const slide = /^ppt\/slides\/slide(\d+)\.xml$/.exec(name);
  if (slide !== null) return { in: 'slide', number: Number(slide[1]), hidden: false };
  if (/^(word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml|content\.xml)$/.test(name))
    return { in: 'page', number: 0, hidden: false };
  return { in: 'metadata', number: 0, hidden: true };
}
