import { describe, expect, it } from 'vitest';
import { Passwords } from '../../../src/accounts/password.ts';

const passwords = new Passwords({ log2Cost: 10 });

describe('Passwords', () => {
  it('recognises the password that a hash was made of, and no other', async () => {
    const stored = await passwords.hash('correct horse');
    await expect(passwords.verify('correct horse', stored)).resolves.toBe(true);
    await expect(passwords.verify('correct horsf', stored)).resolves.toBe(false);
    await expect(passwords.verify('', stored)).resolves.toBe(false);
  });

  it('keeps the cost beside the hash, with another salt each time', async () => {
    const [first, second] = await Promise.all([passwords.hash('same'), passwords.hash('same')]);
    expect(first).toMatch(/^\$scrypt\$ln=10,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(first).not.toBe(second);
    await expect(new Passwords({ log2Cost: 11 }).verify('same', first)).resolves.toBe(true);
  });

  it('costs N = 2^17, r = 8, p = 1 unless a test says otherwise', async () => {
    const stored = await new Passwords().hash('as it is in earnest');
    expect(stored).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/);
  }, 60_000);

  it('takes letters as the same however a keyboard composes them', async () => {
    const stored = await passwords.hash('caf\u00e9');
    await expect(passwords.verify('cafe\u0301', stored)).resolves.toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['the password itself', 'secret'],
    ['another algorithm', '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaVAAAAAAAAAAAAAA'],
    ['a cost of gigabytes', `$scrypt$ln=30,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`],
    ['a cost of nothing', `$scrypt$ln=0,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`],
    ['blocks of nothing', `$scrypt$ln=10,r=0,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`],
    ['larger blocks than ours', `$scrypt$ln=10,r=9,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`],
    ['nothing done at once', `$scrypt$ln=10,r=8,p=0$${'A'.repeat(22)}$${'A'.repeat(43)}`],
  ])('never takes %s for a hash', async (_, stored) => {
    await expect(passwords.verify('secret', stored)).resolves.toBe(false);
  });

  it('lets two compute and thirty-two wait, and refuses one more with words', async () => {
    const crowd = new Passwords({ log2Cost: 10 });
    const all = Array.from({ length: 34 }, () => crowd.hash('x'));
    await expect(crowd.hash('x')).rejects.toMatchObject({ code: 'passwords_busy', status: 503 });
    expect(await Promise.all(all)).toHaveLength(34);
    await expect(crowd.verify('x', await crowd.hash('x'))).resolves.toBe(true);
  });
});
