import type { Hold } from './hold.ts';

/** One person, one spelling: lower case, without a plus-tag (`tanaka+x@` is `tanaka@`). */
export function baseAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const local = at < 0 ? address : address.slice(0, at);
  const plus = local.startsWith('"') ? -1 : local.indexOf('+');
  return ((plus > 0 ? local.slice(0, plus) : local) + (at < 0 ? '' : address.slice(at))).toLowerCase();
}

/** Whether `email` counts as a sender of the held mail, by whatever spelling (invariant I8: nobody decides on their own mail). */
export function isOwnMail(hold: Pick<Hold, 'ownAddresses'>, email: string): boolean {
  const base = baseAddress(email.trim());
  return hold.ownAddresses.some((address) => baseAddress(address.trim()) === base);
}
