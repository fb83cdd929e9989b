import { clockSystem } from '../adapters/clock-system/index.ts';
import { createAllowList } from '../adapters/csv-files/index.ts';
import { allowListFile, storeFolder, type LoadedConfig } from '../config/index.ts';
import { createAddressReview, type AddressReview, type Store } from '../gateway/index.ts';
import { fingerprintKey } from './fingerprint-key.ts';
import type { StateInForce } from './state-in-force.ts';

/** Decisions on proposed addresses. `inForce` null: on the command line, where a running gateway takes the list over by itself. */
export const openAddresses = (loaded: () => LoadedConfig, store: Store, inForce: Pick<StateInForce, 'allow'> | null): AddressReview =>
  createAddressReview({
    store,
    clock: clockSystem,
    list: createAllowList(() => allowListFile(loaded())),
    key: fingerprintKey(storeFolder(loaded())),
    proposeAfter: () => loaded().config.customers.propose_after,
    putInForce:
      inForce === null
        ? null
        : async (accepted) => {
            const swapped = await inForce.allow(accepted.map(({ customer, address }) => ({ customer, address })));
            if (!swapped.ok) throw new Error('the accepted addresses cannot be put in force');
          },
  });
