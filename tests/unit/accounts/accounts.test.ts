import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAX_INVITES } from '../../../src/accounts/invites.ts';
import { LONGEST_PASS_MS, MAX_VIEWERS } from '../../../src/accounts/revocations.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { openPeople, type People } from '../../helpers/people.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const ANN = { login: 'ann', name: 'Ann', password: 'one long password' };

async function open(options: { readonly clock?: FakeClock; readonly path?: string } = {}): Promise<People> {
  const { clock = new FakeClock(), path } = options;
  const people = await openPeople({ clock, adminToken: 'x'.repeat(20), rooms: ['hall'], ...(path && { path }) });
  onTestFinished(() => people.close());
  return people;
}

const code = (name: string) => expect.objectContaining({ code: name });

describe('accounts', () => {
  it('let in whoever knows the password, and nobody else, with the same words for a login that nobody has', async () => {
    const { accounts, control, tokens } = await open();
    const ann = await accounts.create(ANN);
    const { token } = await control.signIn(' ANN ', ANN.password, '::1');
    expect(await tokens.verify(token)).toMatchObject({ role: 'user', user: { id: ann.id, name: 'Ann' } });
    const refusals = await Promise.all(
      [
        ['ann', 'wrong'],
        ['nobody', 'wrong'],
      ].map(([login = '', password = '']) => control.signIn(login, password, '::1').catch((error: unknown) => error)),
    );
    expect(refusals).toEqual([code('sign_in_failed'), code('sign_in_failed')]);
    expect(String(refusals[0])).toBe(String(refusals[1]));
  });

  it('take five wrong passwords a minute for one account, wherever they come from', async () => {
    const { accounts, control } = await open();
    await accounts.create(ANN);
    for (let guess = 1; guess <= 5; guess += 1) {
      await expect(control.signIn('ann', 'wrong', `10.0.0.${guess}`)).rejects.toEqual(code('sign_in_failed'));
    }
    await expect(control.signIn('ann', ANN.password, '10.0.0.9')).rejects.toEqual(code('too_many_attempts'));
  });

  it.each([
    ['has another password', { password: 'another long password' }],
    ['is disabled', { disabled: true }],
  ])('end what was signed in when somebody %s', async (_, change) => {
    const { accounts, control, tokens } = await open();
    const { id } = await accounts.create(ANN);
    const { token } = await control.signIn('ann', ANN.password, undefined);
    const ended: string[] = [];
    accounts.events.on('ended', (account) => ended.push(account));
    await accounts.change(id, change);
    await expect(tokens.verify(token)).rejects.toEqual(code('signed_out'));
    expect(ended).toEqual([id]);
  });

  it('tell when somebody is new, is called otherwise, comes from a list, or goes', async () => {
    const { accounts } = await open();
    let changes = 0;
    accounts.events.on('changed', () => {
      changes += 1;
    });
    const { id } = await accounts.create(ANN);
    await accounts.change(id, { name: 'Anna' });
    await accounts.importText('bob,Bob');
    await accounts.remove(id);
    expect(changes).toBe(4);
  });

  it('never lose their last admin', async () => {
    const { accounts } = await open();
    const { id } = await accounts.create({ ...ANN, admin: true });
    for (const change of [{ admin: false }, { disabled: true }]) {
      await expect(accounts.change(id, change)).rejects.toEqual(code('last_admin'));
    }
    await expect(accounts.remove(id)).rejects.toEqual(code('last_admin'));
    await accounts.create({ ...ANN, login: 'bea', admin: true });
    await accounts.remove(id);
  });

  it('have a link for the first admin, good for one use and only while there is none', async () => {
    const { accounts, control, tokens } = await open();
    const token = accounts.firstToken ?? '';
    await expect(control.signUpFirst('wrong', ANN, undefined)).rejects.toEqual(code('first_token_invalid'));
    const session = await control.signUpFirst(token, ANN, undefined);
    expect(await tokens.verify(session.token)).toMatchObject({ role: 'admin', user: { name: 'Ann' } });
    await expect(control.signUpFirst(token, { ...ANN, login: 'b' }, undefined)).rejects.toEqual(
      code('first_token_invalid'),
    );
    expect(control.awaitsFirstAdmin).toBe(false);
  });

  it('are found by name and login, page by page', async () => {
    const { accounts } = await open();
    for (const name of ['Zoë', 'Ben 100%', 'Ann', 'Anna']) {
      await accounts.create({ login: name.slice(0, 3).toLowerCase().replace('ë', 'e') + name.length, name });
    }
    const first = await accounts.search({ text: '', limit: 3 });
    expect(first.items.map(({ name }) => name)).toEqual(['Ann', 'Anna', 'Ben 100%']);
    const second = await accounts.search({ text: '', limit: 3, cursor: first.next });
    expect(second).toMatchObject({ items: [{ name: 'Zoë' }] });
    expect(second.next).toBeUndefined();
    expect((await accounts.search({ text: '%', limit: 9 })).items.map(({ name }) => name)).toEqual(['Ben 100%']);
    expect((await accounts.search({ text: 'ANN', limit: 9 })).items).toHaveLength(2);
  });

  it('come from lists, which say what is wrong with which line', async () => {
    const { accounts, control } = await open();
    await accounts.create(ANN);
    const list =
      '\ufeffName;E-Mail;Password\r\nAnn Meyer;ANN;\r\nBen;ben@example.org;a long password\r\nX;ä;\r\nY;y;short\r\n';
    expect(await accounts.importText(list)).toEqual({
      created: 1,
      updated: 1,
      unchanged: 0,
      faults: [
        { line: 4, code: 'login', reason: expect.stringMatching(/login/) as string },
        {
          line: 5,
          code: 'password',
          reason: expect.stringMatching(/10 to 128/) as string,
          values: { least: 10, most: 128 },
        },
      ],
    });
    expect((await control.signIn('ben@example.org', 'a long password', undefined)).account.name).toBe('Ben');
    expect(await accounts.importText('cleo Cleo Carter\nann Ann Meyer\n')).toMatchObject({ created: 1, unchanged: 1 });
  });
});

describe('an invite', () => {
  const wish = { room: 'hall', role: 'participant', ttlSeconds: 60, by: 'admin' } as const;

  it('lets in as many people as it says, each of them again, and not one more', async () => {
    const { invites } = await open();
    const { id } = await invites.create({ ...wish, uses: 2 });
    for (const guest of ['a', 'b', 'a']) await invites.admit(id, guest);
    await expect(invites.admit(id, 'c')).rejects.toEqual(code('invite_used_up'));
    expect(invites.list('hall')).toMatchObject([{ id, uses: 2, maxUses: 2 }]);
  });

  it('has the same link whenever it is asked for, so that whoever has it twice is one person', async () => {
    const clock = new FakeClock();
    const { invites, tokens } = await open({ clock });
    const [one, other] = [await invites.create(wish), await invites.create(wish)];
    const token = await tokens.ofInvite(one);
    clock.advance(30_500);
    expect(await tokens.ofInvite(one)).toBe(token);
    expect(await tokens.ofInvite(other)).not.toBe(token);
    const { expiresMs, createdMs } = one;
    const times = { expiresAt: new Date(expiresMs), issuedAt: new Date(Math.floor(createdMs / 1000) * 1000) };
    expect(await tokens.verify(token)).toMatchObject(times);
  });

  it('of a room is one of two hundred at most, until one has ended or is taken back', async () => {
    const clock = new FakeClock();
    const { invites } = await open({ clock });
    const first = await invites.create({ ...wish, ttlSeconds: 10 });
    for (let made = 1; made < MAX_INVITES; made += 1) await invites.create(wish);
    await expect(invites.create(wish)).rejects.toEqual(code('too_many_invites'));
    clock.advance(10_000);
    const { id } = await invites.create(wish);
    expect(invites.holds(first.id)).toBe(false);
    await expect(invites.create(wish)).rejects.toEqual(code('too_many_invites'));
    await invites.revoke('hall', id);
    await invites.create(wish);
    expect(invites.list('hall')).toHaveLength(MAX_INVITES);
  });

  it('ends at once when it is taken back, with every token that came of it', async () => {
    const { invites, tokens } = await open();
    const invite = await invites.create(wish);
    const { id } = invite;
    const token = await tokens.ofInvite(invite);
    expect(await tokens.verify(token)).toMatchObject({ invite: id, counted: true });
    const told: string[] = [];
    invites.events.on('revoked', (invite) => told.push(invite.id));
    await expect(invites.revoke('attic', id)).rejects.toEqual(code('invite_not_found'));
    await invites.revoke('hall', id);
    expect(told).toEqual([id]);
    await expect(tokens.verify(token)).rejects.toEqual(code('token_revoked'));
    await expect(invites.admit(id, 'a')).rejects.toEqual(code('token_revoked'));
  });

  it('stays taken back after a restart, like everything that was', async () => {
    const path = join(await tempDir(), 'people.db');
    const clock = new FakeClock();
    const before = await open({ clock, path });
    const [kept, gone] = [await before.invites.create({ ...wish, uses: 1 }), await before.invites.create(wish)];
    await before.invites.admit(kept.id, 'a');
    await before.invites.revoke('hall', gone.id);
    const { token, id, expiresAt } = await before.tokens.issue({ room: 'hall', role: 'host' });
    before.revocations.noteViewer({ room: 'hall', identity: 'x', tokenId: id });
    await before.revocations.revoke(`hall/${id}`, expiresAt);
    const after = await open({ clock, path });
    expect(after.invites.list('hall')).toMatchObject([{ id: kept.id, uses: 1 }]);
    await after.invites.admit(kept.id, 'a');
    await expect(after.invites.admit(kept.id, 'b')).rejects.toEqual(code('invite_used_up'));
    await expect(after.tokens.verify(token)).rejects.toEqual(code('token_revoked'));
    expect(after.revocations.epochOf('hall')).toBe(before.revocations.epochOf('hall'));
    expect(after.revocations.epochOf('hall')).not.toBe('');
  });

  it('ends passes of whoever may have got one before a restart, for as long as one holds', async () => {
    const path = join(await tempDir(), 'people.db');
    const clock = new FakeClock();
    const before = await open({ clock, path });
    before.revocations.noteViewer({ room: 'hall', identity: 'ann', tokenId: 't' });
    clock.advance(1000);
    const after = await open({ clock, path });
    clock.advance(LONGEST_PASS_MS - 1000);
    // Not that of a session, which is of no room.
    await after.revocations.sendOut('u-1');
    expect(after.revocations.epochOf('hall')).toBe('');
    await after.revocations.sendOut('hall/ann');
    const epoch = after.revocations.epochOf('hall');
    expect(epoch).not.toBe('');
    clock.advance(1000);
    await after.revocations.sendOut('hall/ann');
    expect(after.revocations.epochOf('hall')).toBe(epoch);
  });

  it('ends passes of whoever is forgotten, because too many watched since', async () => {
    const clock = new FakeClock();
    const { revocations } = await open({ clock });
    clock.advance(LONGEST_PASS_MS);
    revocations.noteViewer({ room: 'hall', identity: 'ann', tokenId: 'of-ann' });
    for (let count = 0; count < MAX_VIEWERS; count += 1)
      revocations.noteViewer({ room: 'attic', tokenId: `t${count}` });
    await revocations.sendOut('hall/ann');
    const epoch = revocations.epochOf('hall');
    expect(epoch).not.toBe('');
    clock.advance(LONGEST_PASS_MS);
    await revocations.sendOut('hall/ann');
    expect(revocations.epochOf('hall')).toBe(epoch);
  });
});
