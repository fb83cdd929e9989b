import type { Organisation, StaffMember } from '../core/index.ts';
import {
  canonicalAddress,
  canonicalDigits,
  canonicalKana,
  canonicalName,
  canonicalPhone,
  type Detection,
  type DetectionLists,
} from '../detect/index.ts';
import { toKatakana } from '../normalize/index.ts';
import { baseAddress, domainOf } from '../message/index.ts';
import { isInternal } from './resolve-recipients.ts';
import { foldRomaji, romajiOfKana } from './romaji.ts';

/** Whether a detection is the organisation's own. `text`: as it stands in the mail. */
export type OwnData = (detection: Detection, text: string) => boolean;

/** Read once for an organisation: every mail asks. */
const known = new WeakMap<Organisation, { readonly lists: DetectionLists; readonly ownData: OwnData }>();

export function readOwnData({ organisation, lists }: { readonly organisation: Organisation; readonly lists: DetectionLists }): OwnData {
  const before = known.get(organisation);
  if (before?.lists === lists) return before.ownData;
  const ownData = ownDataOf({ organisation, lists });
  known.set(organisation, { lists, ownData });
  return ownData;
}

export type StaffNames = { readonly names: readonly string[]; readonly readings: readonly string[] };

const staffNames = new WeakMap<Organisation, StaffNames>();

/** Names and readings of the staff, canonical. */
export function readStaffNames(organisation: Organisation): StaffNames {
  const before = staffNames.get(organisation);
  if (before !== undefined) return before;
  const read = {
    names: organisation.staff.map(({ name }) => canonicalName(name)),
    readings: organisation.staff.map(({ nameKana }) => canonicalKana(nameKana)),
  };
  staffNames.set(organisation, read);
  return read;
}

/** POLICY.md, "Not evidence": own staff's work contacts, the organisation's own phones, addresses, accounts. */
function ownDataOf({ organisation, lists }: { readonly organisation: Organisation; readonly lists: DetectionLists }): OwnData {
  const phones = new Set(organisation.phones.map(canonicalPhone));
  const addresses = new Set(organisation.addresses.flatMap((address) => canonicalAddress(address, lists.gazetteer)?.key ?? []));
  const codes = new Set(
    organisation.addresses.flatMap((address) => /\d{3}-?\d{4}/.exec(address.normalize('NFKC'))?.[0] ?? []).map(canonicalDigits),
  );
  const accounts = organisation.bankAccounts.map(canonicalDigits);
  const staff = readStaffNames(organisation);
  const names = new Set([...staff.names, ...staff.readings]);
  const romaji = new Set(organisation.staff.flatMap(romajiOf));
  // In Latin letters the block numbers stand for the whole: 11-24 Hatchobori, Naka-ku is 中区八丁堀11-24.
  const isOwnBlock = (text: string): boolean => {
    const [block] = /[0-9]+(?:-[0-9]+)+/.exec(text.normalize('NFKC')) ?? [];
    return (
      block !== undefined && [...addresses].some((key) => key.endsWith(block) && !/[0-9-]/.test(key.slice(0, -block.length).slice(-1)))
    );
  };
  const mailboxes = new Set([...organisation.mailboxes.keys()].map(baseAddress));
  return ({ type, canonical, rule }, text) => {
    switch (type) {
      case 'phone':
        return phones.has(canonical);
      case 'email':
        return isInternal(domainOf(canonical), organisation) || mailboxes.has(canonical);
      case 'address':
        return rule === 'english-address' ? isOwnBlock(text) : addresses.has(canonical.split('#')[0] ?? '');
      case 'postal_code':
        return codes.has(canonical);
      case 'bank_account':
        return accounts.some((account) => account.endsWith(canonical.slice(-7)));
      case 'person_name':
        return names.has(canonical) || names.has(toKatakana(canonical)) || (!isJapanese.test(text) && romaji.has(romajiIn(text)));
      default:
        return false;
    }
  };
}

/** Kana, kanji, spaces: what most names are written in, and no romaji. */
const isJapanese = /^[\s\u3005\u3041-\u3096\u30A1-\u30FC\u4E00-\u9FFF]*$/;

const romajiIn = (text: string): string => text.trim().split(/\s+/).map(foldRomaji).join(' ');

/** Both orders of surname and given name. */
function romajiOf({ nameKana }: StaffMember): readonly string[] {
  const words = nameKana.normalize('NFKC').trim().split(/\s+/).map(toKatakana).map(romajiOfKana);
  return words.length === 2 && words.every((word) => word !== '') ? [words.join(' '), words.toReversed().join(' ')] : [];
}
