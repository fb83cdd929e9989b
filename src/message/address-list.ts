import type { Mailbox } from './parsed-message.ts';

/**
 * The mailboxes of a decoded To/Cc/From value (RFC 5322 §3.4), groups opened. Lenient: what has no `@` is no mailbox; a quoted or
 * commented part never becomes an address.
 */
export function parseAddressList(value: string): readonly Mailbox[] {
  return splitList(value).flatMap((entry) => {
    const mailbox = parseEntry(entry);
    return mailbox === null ? [] : [mailbox];
  });
}

/** Splits at commas and group marks outside quotes, comments and angle brackets. */
function splitList(value: string): string[] {
  const entries: string[] = [];
  let current = '';
  let quoted = false;
  let angle = false;
  let comment = 0;
  for (let index = 0; index < value.length; index += 1) {
    const character = value.charAt(index);
    if (character === '\\' && (quoted || comment > 0)) {
      current += character + value.charAt(index + 1);
      index += 1;
      continue;
    }
    if (character === '"' && comment === 0) quoted = !quoted;
    else if (!quoted && character === '(') comment += 1;
    else if (!quoted && character === ')' && comment > 0) comment -= 1;
    else if (!quoted && comment === 0 && character === '<') angle = true;
    else if (!quoted && comment === 0 && character === '>') angle = false;
    else if (!quoted && comment === 0 && !angle && (character === ',' || character === ';')) {
      entries.push(current);
      current = '';
      continue;
    } else if (!quoted && comment === 0 && !angle && character === ':' && !current.includes('@')) {
      current = ''; // the name of a group
      continue;
    }
    current += character;
  }
  entries.push(current);
  return entries;
}

function parseEntry(entry: string): Mailbox | null {
  const angle = /<([^<>]*)>\s*(?:\([^()]*\)\s*)?$/.exec(entry);
  if (angle !== null) {
    const address = (angle[1] ?? '').trim();
    return address.includes('@') ? { displayName: unquote(entry.slice(0, angle.index)), address } : null;
  }
  const comment = /\(([^()]*)\)/.exec(entry);
  const address = entry.replaceAll(/\([^()]*\)/g, '').trim();
  return /^[^\s"]+@[^\s"]+$/.test(address) ? { displayName: (comment?.[1] ?? '').trim(), address } : null;
}

const unquote = (text: string): string =>
  text
    .trim()
    .replace(/^"([\s\S]*)"$/, '$1')
    .replaceAll(/\\(.)/g, '$1')
    .trim();
