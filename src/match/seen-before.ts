import { baseAddress, domainOf } from '../message/index.ts';
import type { Item } from './items.ts';
import type { QuotedMail } from './read-quotes.ts';
import { isInternal, type Party } from './resolve-recipients.ts';
import type { Scene } from './scene.ts';

/**
 * Whether an item stands in a quoted mail that this recipient wrote or was sent. The nearest header above it decides; where that shows no more
 * than one of us as author, the newer mail that it was quoted in does. Where mail programs show an author's name alone, the name on the
 * recipient's record or beside the address is compared.
 */
export function hasSeen(party: Party, item: Item, scene: Scene): boolean {
  if (!item.quoted) return false;
  for (const mail of mailsAbove(item, scene)) {
    const isOurs = mail.author === '' ? mail.authorName === '' : isInternal(domainOf(mail.author), scene.organisation);
    // What we sent him by mistake does not become his with the apology.
    if (tookPart(party, mail, scene)) return !(isOurs && mail.isRevoked);
    if (mail.others.length > 0 || !isOurs) return false;
    // Whom else it shows by name alone may be anybody; a customer's name says at least that he is registered.
    if (mail.hasUnseen && party.rows.length === 0) return false;
  }
  return false;
}

/** Quoted mails whose header stands above the item, the nearest first. */
export function* mailsAbove({ detection, at }: Item, { quoted }: Scene): Generator<QuotedMail, void> {
  for (let index = quoted.length - 1; index >= 0; index -= 1) {
    const mail = quoted[index];
    if (mail?.segment === detection.segment && mail.start <= at) yield mail;
  }
}

function tookPart(party: Party, { author, authorName, others }: QuotedMail, { customers }: Scene): boolean {
  if ([author, ...others].some((address) => address !== '' && baseAddress(address) === party.base)) return true;
  // Beside an address that is registered nowhere any name may stand: the sender wrote it.
  if (author !== '' || authorName === '' || party.rows.length === 0) return false;
  const name = customers.hash('name', authorName);
  return authorName === party.shownName || party.rows.some((row) => customers.keys(row).name === name);
}
