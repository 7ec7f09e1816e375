/** Why a line of a list of people was left out, in the language of the page. */
import type { UserImport } from '../../src/client/types.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import { ownValue } from './own-value.ts';

type Keys = Readonly<Record<string, AdminKey>>;

const LIMITS = {
  name: 'importFault.name',
  too_many_passwords: 'importFault.too_many_passwords',
  too_many_accounts: 'importFault.too_many_accounts',
} as const satisfies Keys;
const COLUMNS = {
  column_unknown: 'importFault.column_unknown',
  column_twice: 'importFault.column_twice',
} as const satisfies Keys;

/** What has no words here is told as the server does, in English. */
export function importFaultWords(
  words: Words<AdminKey>,
  { code, reason, values = {} }: UserImport['faults'][number],
): string {
  const { column, least, most } = values;
  if (code === 'login') return words.say('importFault.login');
  if (code === 'password' && least !== undefined && most !== undefined) {
    return words.say('importFault.password', { least, most });
  }
  const limit = ownValue(LIMITS, code);
  if (limit !== undefined && most !== undefined) return words.say(limit, { most });
  const about = ownValue(COLUMNS, code);
  return about !== undefined && column !== undefined ? words.say(about, { column }) : reason;
}
