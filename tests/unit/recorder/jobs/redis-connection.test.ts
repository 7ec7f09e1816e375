import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../../src/errors.ts';
import { redisOptions } from '../../../../src/recorder/jobs/redis-connection.ts';

describe('redisOptions', () => {
  it('reads addresses, sockets and secrets', () => {
    expect(redisOptions('redis://example.org', 'queue')).toMatchObject({ host: 'example.org', port: 6379, db: 0 });
    expect(redisOptions('rediss://me:p%40ss@[::1]:7000/3', 'queue')).toMatchObject({
      host: '::1',
      port: 7000,
      db: 3,
      username: 'me',
      password: 'p@ss',
      tls: {},
    });
    expect(redisOptions('/run/redis.sock', 'queue')).toMatchObject({ path: '/run/redis.sock' });
    expect(redisOptions('unix:///run/my%20redis.sock', 'queue')).toMatchObject({ path: '/run/my redis.sock' });
  });

  it('fails fast for the queue and waits for the worker', () => {
    const queue = redisOptions('/s', 'queue');
    expect(queue).toMatchObject({ enableOfflineQueue: false, maxRetriesPerRequest: 1 });
    const worker = redisOptions('/s', 'worker');
    expect(worker.maxRetriesPerRequest).toBeNull();
    expect(worker.enableOfflineQueue).toBeUndefined();
  });

  it('tries again for ever, at most five seconds apart', () => {
    const strategy = redisOptions('/s', 'queue').retryStrategy;
    expect(strategy?.(1)).toBe(200);
    expect(strategy?.(50)).toBe(5000);
  });

  it.each(['', 'http://example.org', 'localhost:6379', 'redis://host/zero', 'unix:'])('refuses %j', (url) => {
    expect(() => redisOptions(url, 'queue')).toThrow(ConfigError);
  });

  it('never repeats the address in its message, for it may hold a password', () => {
    expect(() => redisOptions('http://user:secret@host', 'queue')).toThrow(/^((?!secret).)*$/);
  });
});
