import { describe, expect, it } from 'vitest';
import { loadWithOrigins } from '../../../src/config/load.ts';
import { configSchema, type Config } from '../../../src/config/schema.ts';
import { settingKeys } from '../../../src/config/schema-keys.ts';
import { describeSettings, HIDDEN } from '../../../src/config/settings.ts';

const SECRET = 'sesame-open-sesame-0123456789';

/** The defaults with every text that somebody may make up replaced. */
function configOf(text: (key: string) => unknown): Config {
  const config = structuredClone(configSchema.parse({}));
  for (const { path, closed } of settingKeys()) {
    if (closed) continue;
    const group = path.slice(0, -1).reduce<Record<string, unknown>>(
      (value, key) => {
        value[key] ??= {};
        return value[key] as Record<string, unknown>;
      },
      config as unknown as Record<string, unknown>,
    );
    group[path.at(-1) ?? ''] = text(path.join('.'));
  }
  return config;
}

describe('settings', () => {
  it('never tell a text that nobody has allowed to be told', () => {
    const settings = describeSettings(
      configOf(() => SECRET),
      new Map(),
    );
    const told = settings.filter(({ value }) => JSON.stringify(value).includes('sesame')).map(({ key }) => key);
    // A path to a file with a secret is none.
    const door = /token|secret|password|passphrase|credential|access/i;
    expect(told.filter((key) => door.test(key) && !key.endsWith('File'))).toEqual([]);
    expect(settings).toContainEqual({ key: 'server.adminToken', value: HIDDEN, origin: 'default', secret: true });
  });

  it.each([
    `redis://user:${SECRET}@redis.example:6379/2`,
    `rediss://:${SECRET}@redis.example`,
    `https://${SECRET}@example.org/?key=${SECRET}#${SECRET}`,
    `nothing at all:${SECRET}@example`,
    `redis://:${SECRET}@[broken`,
  ])('leave what opens doors out of %s, whichever key it stands in', (url) => {
    for (const of of [() => url, () => [url]]) {
      expect(JSON.stringify(describeSettings(configOf(of), new Map()))).not.toContain('sesame');
    }
  });

  it('say where each value comes from, and that the environment has the last word', () => {
    const file = 'server:\n  port: 9000\n  host: 0.0.0.0\nhls:\n  abr: true\n';
    const env = { GRIDCAST_CONFIG: 'g.yml', GRIDCAST_PORT: '7000', REDIS_URL: 'redis://me:pw@localhost:6379' };
    const { config, origins } = loadWithOrigins(env, () => file);
    const settings = new Map(describeSettings(config, origins).map((setting) => [setting.key, setting]));
    expect(settings.get('server.port')).toMatchObject({ value: 7000, origin: 'environment' });
    expect(settings.get('server.host')).toMatchObject({ value: '0.0.0.0', origin: 'file' });
    expect(settings.get('hls.abr')).toMatchObject({ value: true, origin: 'file' });
    expect(settings.get('hls.profile')).toMatchObject({ value: 'standard', origin: 'default' });
    expect(settings.get('redis.url')).toMatchObject({ value: 'redis://localhost:6379', origin: 'environment' });
    expect(settings.get('server.adminToken')).toMatchObject({ value: null, origin: 'default' });
    expect(settings.get('server.allowedOrigins')).toMatchObject({ value: [], origin: 'default' });
  });
});
