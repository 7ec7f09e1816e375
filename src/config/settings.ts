/** The configuration as it may be shown: each key with where its value comes from, and nothing that opens a door. */
import { toldAddress } from '../util/told-address.ts';
import type { ConfigOrigins } from './load.ts';
import type { Config } from './schema.ts';
import { settingKeys } from './schema-keys.ts';

/** Who set a value. */
export type SettingOrigin = 'default' | 'file' | 'environment';

/** One key. */
export interface Setting {
  /** With dots, for example `server.port`. */
  readonly key: string;
  /** Null: nothing is set. */
  readonly value: string | number | boolean | null | readonly string[];
  readonly origin: SettingOrigin;
  /** The value is not told, only whether there is one. */
  readonly secret?: true;
}

/** Stands for a value that is not told. */
export const HIDDEN = '••••••';

/**
 * Texts that may be told. Any other text is taken for a secret, so that a new key is hidden until somebody has thought about it.
 * What is written in an address before the host or behind the path is never told.
 */
const TOLD: ReadonlySet<string> = new Set([
  'server.host',
  'server.data',
  'server.publicUrl',
  'server.allowedOrigins',
  'server.trustedProxies',
  'tls.cert',
  'tls.key',
  'redis.url',
  'database.url',
  'ffmpeg.path',
  'recordings.keyFile',
  'storage.endpoint',
  'storage.region',
  'storage.bucket',
  'storage.prefix',
  'storage.secretKeyFile',
]);

/** In the order of the schema. */
export function describeSettings(config: Config, origins: ConfigOrigins): readonly Setting[] {
  return settingKeys().map(({ path, closed }) => {
    const key = path.join('.');
    const origin = origins.get(key) ?? 'default';
    const value = valueAt(config, path);
    if (value === undefined || value === null) return { key, value: null, origin };
    if (typeof value === 'number' || typeof value === 'boolean') return { key, value, origin };
    if (closed) return { key, value: asText(value), origin };
    if (!TOLD.has(key)) return { key, value: HIDDEN, origin, secret: true };
    const shown = Array.isArray(value) ? value.map(withoutCredentials) : withoutCredentials(value);
    return { key, value: shown, origin };
  });
}

function valueAt(config: Config, path: readonly string[]): unknown {
  let value: unknown = config;
  for (const part of path) value = (value as Record<string, unknown> | undefined)?.[part];
  return value;
}

/** An address without user, password, query and fragment; any other text as it is. */
function withoutCredentials(value: unknown): string {
  const text = asText(value);
  const url = text.includes('://') ? URL.parse(text) : null;
  if (!url) return /@|:\/\//.test(text) ? HIDDEN : text;
  return toldAddress(url);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
