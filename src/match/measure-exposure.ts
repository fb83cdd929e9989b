import { baseAddress, parseMailbox, type Address, type Participants } from '../message/index.ts';
import type { Facts } from './facts.ts';
import { isOfService, isShared } from './index-fields.ts';
import type { Scene } from './scene.ts';
import { isExternal, type Party } from './resolve-recipients.ts';

/** Who sees whose address (POLICY.md, exposed_recipients): external addresses in To and Cc, counted as parties, and how many are new to the thread. */
export function measureExposure(scene: Scene, participants: Participants): Facts['exposure'] {
  const shown = new Set(
    [...participants.to, ...participants.cc].flatMap(({ address }) => (parseMailbox(address) === null ? [] : [baseAddress(address)])),
  );
  const exposed = scene.visible.filter((party) => shown.has(party.base) && isExternal(party));
  const thread = new Set(scene.quoted.flatMap(({ author, others }) => [author, ...others]).map(baseAddress));
  return {
    addresses: exposed.map((party) => party.address as Address),
    parties: countParties(exposed, scene),
    fresh: exposed.filter((party) => !thread.has(party.base)).length,
  };
}

/**
 * A company counts once, however its branches are called on the records: people of one company name or one domain of its own belong together, and
 * so do those whom a third one joins. A consumer counts one.
 */
function countParties(exposed: readonly Party[], scene: Scene): number {
  const groups: Set<string>[] = [];
  for (const party of exposed) {
    const keys = new Set(partyKeys(party, scene));
    const joined = groups.filter((group) => [...group].some((key) => keys.has(key)));
    for (const group of joined) {
      for (const key of group) keys.add(key);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push(keys);
  }
  return groups.length;
}

function partyKeys({ base, domain, kind, rows }: Party, { customers, lists, organisation }: Scene): readonly string[] {
  const [company, ...others] = new Set(rows.map((row) => customers.keys(row).company).filter((key) => key !== 0));
  const isService = isOfService(domain, lists.mailDomains);
  // An accountant who is registered with each of his clients joins none of them.
  if (others.length > 0) return [`person:${base}`];
  if (company === undefined) return [isService || kind === 'customer' ? `person:${base}` : `domain:${domain}`];
  const isOwn = !isService && !isShared(domain, organisation.sharedDomains);
  return [`company:${company}`, ...(isOwn ? [`domain:${domain}`] : [])];
}
