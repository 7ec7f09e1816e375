/** Imported before any schema is made: zod otherwise probes `new Function`, which the policy reports as a violation. */
import { config } from 'zod';

config({ jitless: true });
