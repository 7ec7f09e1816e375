/** What the server says of its own health, in words. */
import type { HealthCheck } from '../api-types.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import { formatBytes } from './format.ts';
import { ownValue } from './own-value.ts';

const CHECKS = {
  ffmpeg: 'healthCheck.ffmpeg',
  redis: 'healthCheck.redis',
  archives: 'healthCheck.archives',
  renders: 'healthCheck.renders',
  database: 'healthCheck.database',
  disk: 'healthCheck.disk',
} as const satisfies Readonly<Record<string, AdminKey>>;
/** Sentences without a number in them. */
const DETAILS = {
  answers: 'healthDetail.answers',
  redis_silent: 'healthDetail.redis_silent',
  redis_refuses: 'healthDetail.redis_refuses',
  archives_attended: 'healthDetail.archives_attended',
  renders_attended: 'healthDetail.renders_attended',
  worker_missing: 'healthDetail.worker_missing',
  worker_ended: 'healthDetail.worker_ended',
  database_silent: 'healthDetail.database_silent',
} as const satisfies Readonly<Record<string, AdminKey>>;

/** What is looked at, by the server's name for it. */
export function checkName(name: string, { say }: Words<AdminKey>): string {
  const key = ownValue(CHECKS, name);
  return key === undefined ? name : say(key);
}

/** What has no words here is told as the server does. */
export function checkDetail({ code = '', values = {}, detail }: HealthCheck, { say, locale }: Words<AdminKey>): string {
  const key = ownValue(DETAILS, code);
  if (key !== undefined) return say(key);
  const { free, reason } = values;
  if (code === 'disk_unwritable' && reason !== undefined) return say('healthDetail.disk_unwritable', { reason });
  if ((code === 'disk_free' || code === 'disk_low') && typeof free === 'number') {
    return say(`healthDetail.${code}`, { free: formatBytes(free, locale) });
  }
  return detail;
}
