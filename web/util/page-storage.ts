/** Small things a page remembers; browsers may forbid it, and then nothing is remembered. */

/** The value kept under `key`, else an empty text. */
export function recall(storage: 'local' | 'session', key: string): string {
  try {
    return area(storage).getItem(key) ?? '';
  } catch {
    return '';
  }
}

/** Keeps `value`; an empty one is forgotten. */
export function remember(storage: 'local' | 'session', key: string, value: string): void {
  try {
    if (value === '') area(storage).removeItem(key);
    else area(storage).setItem(key, value);
  } catch {
    // Private windows and embedded pages may have no storage: the page works without.
  }
}

function area(storage: 'local' | 'session'): Storage {
  return storage === 'local' ? localStorage : sessionStorage;
}
