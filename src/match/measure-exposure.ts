import { baseAddress, parseMailbox, type Address, type Participants } from '../message/index.ts';
import type { Facts } from './facts.ts';
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
    parties: new Set(exposed.map((party) => partyKey(party, scene))).size,
    fresh: exposed.filter((party) => !thread.has(party.base)).length,
  };
}

/** A company counts once, by its record or its own domain; a consumer counts one. */
function partyKey(party: Party, scene: Scene): string {
  const company = party.rows.map((row) => scene.customers.keys(row).company).find((key) => key !== 0);
  if (company !== undefined) return `company:${company}`;
  return scene.lists.mailDomains.has(party.domain) || party.kind === 'customer' ? `person:${party.base}` : `domain:${party.domain}`;
}
