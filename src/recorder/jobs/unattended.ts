/** Jobs that nobody can take. */
import type { Queue } from 'bullmq';

/** What is known of a queue's jobs. */
export interface Unattended {
  /** When the oldest of those that wait in vain was ordered, wall clock milliseconds; absent: none does. */
  readonly since?: number;
}

/** Undefined when Redis does not tell: it is away, or keeps its list of connections to itself. */
export async function unattendedIn(queue: Queue): Promise<Unattended | undefined> {
  try {
    const oldest = await queue.getJobs(['active', 'wait', 'delayed'], 0, 0, true);
    if (oldest.length === 0 || (await queue.getWorkersCount()) > 0) return {};
    return { since: Math.min(...oldest.map(({ timestamp }) => timestamp)) };
  } catch {
    return undefined;
  }
}
