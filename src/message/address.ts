import type { Address } from './envelope.ts';

/** RFC 5321 §4.5.3.1: local part 64 octets, domain 255, path 256 with its brackets. */
const maxLocalOctets = 64;
const maxAddressOctets = 254;

// Dots may stand anywhere: Japanese carriers gave out `a..b@docomo.ne.jp` and `abc.@ezweb.ne.jp` for years. `%` and `!` would be
// read as routes by some next hop, quotes and comments as another mailbox.
const localPart = /^[A-Za-z0-9.#$&'*+/=?^_`{|}~\-\u0080-\u{10FFFF}]+$/u;
const label = /^(?!-)[a-z0-9\-\p{L}\p{M}\p{N}]{1,63}(?<!-)$/u;

/**
 * The mailbox in the one normal form used for policy, store and wire, or null when it is none that we carry: no quoted local part, source
 * route, address literal, space or control. The domain is lower case and NFC; the local part stays as given.
 */
export function parseMailbox(text: string): Address | null {
  const at = text.lastIndexOf('@');
  if (at < 1 || text.indexOf('@') !== at) return null;
  const local = text.slice(0, at).normalize('NFC');
  const domain = text
    .slice(at + 1)
    .normalize('NFC')
    .toLowerCase();
  if (!localPart.test(local) || Buffer.byteLength(local) > maxLocalOctets) return null;
  if (Buffer.byteLength(local) + Buffer.byteLength(domain) + 1 > maxAddressOctets) return null;
  // Unicode spaces and controls are inside \u0080-…: refuse them by name.
  if (/[\p{C}\p{Z}]/u.test(local)) return null;
  return domain.split('.').every((part) => label.test(part)) ? (`${local}@${domain}` as Address) : null;
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
export const localPartOf = (address: string): string => address.slice(0, address.lastIndexOf('@'));

/** The form that addresses are compared in: lower case, plus-tag removed (`Hanako+shop@X` equals `hanako@x`). */
export function baseAddress(address: string): string {
  const local = localPartOf(address).toLowerCase();
  const plus = local.indexOf('+');
  return `${plus > 0 ? local.slice(0, plus) : local}@${domainOf(address)}`;
}

/** `example.jp` covers exactly itself, `.example.jp` itself and its sub-domains; `evil-example.jp` is neither. */
export function isSubdomain(domain: string, pattern: string): boolean {
  const lower = domain.toLowerCase();
  const wanted = pattern.toLowerCase();
  return wanted.startsWith('.') ? lower === wanted.slice(1) || lower.endsWith(wanted) : lower === wanted;
}
