/** How long tests wait for something that whole servers have to do. */

/**
 * For `vi.waitFor`. What takes seconds takes minutes where others have the cores, and no test is about that: what never comes is ended
 * by the limit of the test itself, which is a little longer.
 */
export const PATIENCE = { timeout: 240_000, interval: 50 };
