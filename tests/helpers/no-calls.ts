/** For servers on which nobody has called anybody. */
import type { CallControl } from '../../src/api/call-port.ts';

export const NO_CALLS: CallControl = { list: async () => [], missedCount: async () => 0 };
