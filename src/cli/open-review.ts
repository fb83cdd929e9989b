import { clockSystem } from '../adapters/clock-system/index.ts';
import { createReview, type Review, type Store } from '../gateway/index.ts';

/** Decisions on the store alone: the running gateway sees them at its next sweep and carries them out. */
export function openReview(store: Store): Review {
  return createReview({ store, clock: clockSystem, inspector: null });
}
