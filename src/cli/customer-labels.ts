import { instant } from '../core/index.ts';
import type { CustomerLabels, Log } from '../gateway/index.ts';
import type { StateInForce } from './state-in-force.ts';

/** The labels of the table in force. One that cannot be opened is logged and left out: a hold page then shows the id alone. */
export function labelsOf({ current }: Pick<StateInForce, 'current'>, maxAgeHours: number, log: Log): CustomerLabels {
  return {
    label(customer) {
      try {
        return current().snapshot.customers.label(customer);
      } catch (cause) {
        log.error('customers.label_failed', {}, cause);
        return null;
      }
    },
    count: () => current().snapshot.customers.count(),
    loadedAt() {
      const at = current().source.customers.origin.modifiedAt;
      return at === null ? null : instant(at);
    },
    maxAgeSeconds: maxAgeHours * 3600,
  };
}
