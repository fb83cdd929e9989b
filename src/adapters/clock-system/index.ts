// The machine's clock as the gateway's clock. The only place where wall time enters.
import { instant } from '../../core/index.ts';
import type { Clock } from '../../gateway/index.ts';

export const clockSystem: Clock = { now: () => instant(Date.now()) };
