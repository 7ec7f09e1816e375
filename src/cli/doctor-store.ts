/** Whether the object store of recordings can be reached with the key that is configured. */
import { readFileSync } from 'node:fs';
import type { Config } from '../config/schema.ts';
import { ConfigError, messageOf } from '../errors.ts';
import { S3Store } from '../recorder/storage/s3-store.ts';
import { type Finding, fail, ok, warn } from './doctor-checks.ts';

const SUBJECT = 'Store';
const TIMEOUT_MS = 5000;
/** Nothing lies there: the answer is short, however many recordings there are. */
const NOWHERE = '.doctor/';

/** Nothing where recordings stay on the disk. */
export async function checkStore({ storage }: Config): Promise<readonly Finding[]> {
  if (storage.kind !== 's3') return [];
  let store: S3Store | undefined;
  try {
    store = await S3Store.open({
      storage,
      readFile: (path) => readFileSync(path, 'utf8'),
      idleMs: TIMEOUT_MS,
      // Nobody is helped by a doctor who waits for the patient to get well.
      requestAttempts: 1,
    });
    await store.list(`${storage.prefix}${NOWHERE}`);
    return [ok(SUBJECT, `${store.place}, answers and lists its objects; writing was not tried`)];
  } catch (error) {
    if (error instanceof ConfigError) return [fail(SUBJECT, error.message, 'the server does not start without it')];
    return [
      warn(
        SUBJECT,
        `${store?.place ?? 'it'} does not list its objects (${reasonOf(error)})`,
        'check storage.endpoint, bucket and key; until then finished recordings stay on the disk',
      ),
    ];
  } finally {
    store?.close();
  }
}

/** What the store itself said, with the name that its documentation has for it. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return messageOf(cause);
  const { name, message } = cause;
  // Of several addresses that refuse, one tells enough.
  if (cause instanceof AggregateError) return messageOf(cause.errors[0]);
  return name === 'Error' || message.startsWith(name) ? message : `${name}: ${message}`;
}
