import { describe, expect, it } from 'vitest';
import { type ContactsClientMessage, contactsMessageTypes } from '../../../src/protocol/contacts.ts';
import { ContactsRig } from './contacts-rig.ts';

/** Whom a call that rings is to a message: who called, who is called, and somebody with an account who is neither. */
const PEOPLE = ['caller', 'called', 'stranger'] as const;

interface Row {
  /** @param call id of the call that rings from `caller` to `called` */
  readonly message: (call: string) => ContactsClientMessage;
  /** What each of them is told: `works`, or the code of the refusal. */
  readonly told: Readonly<Record<(typeof PEOPLE)[number], string>>;
}

const everybody = { caller: 'works', called: 'works', stranger: 'works' };
const nobody = { caller: 'call_over', called: 'call_over', stranger: 'call_over' };

/** By `type`: a message without a row fails. */
const rows: Readonly<Record<Exclude<ContactsClientMessage['type'], 'hello'>, Row>> = {
  watch: { message: () => ({ type: 'watch', users: ['somebody'] }), told: everybody },
  away: { message: () => ({ type: 'away', on: true }), told: everybody },
  seen: { message: () => ({ type: 'seen' }), told: everybody },
  call: {
    message: () => ({ type: 'call', to: 'third' }),
    // Whoever rings or is rung has to end that first.
    told: { caller: 'call_engaged', called: 'call_engaged', stranger: 'works' },
  },
  accept: { message: (call) => ({ type: 'accept', call }), told: { ...nobody, called: 'works' } },
  decline: { message: (call) => ({ type: 'decline', call }), told: { ...nobody, called: 'works' } },
  cancel: { message: (call) => ({ type: 'cancel', call }), told: { ...nobody, caller: 'works' } },
  // Not before somebody has accepted.
  add: { message: (call) => ({ type: 'add', call, user: 'third' }), told: nobody },
};

describe('a message of the socket of contacts', () => {
  it('has a row here, whatever its kind', () => {
    expect([...Object.keys(rows), 'hello'].toSorted()).toEqual(contactsMessageTypes().toSorted());
  });

  it.each(Object.entries(rows))('of the kind %s works for whom it should', async (_type, row) => {
    const found: Record<string, string> = {};
    for (const name of PEOPLE) {
      const rig = await ContactsRig.open();
      const caller = await rig.tab('caller');
      const called = await rig.tab('called');
      caller.say({ type: 'call', to: 'called' });
      const { call } = await called.heard('ring');
      const tab = { caller, called, stranger: await rig.tab('stranger') }[name];
      tab.say(row.message(call));
      await tab.settled();
      const refused = tab.messages.find((message) => message.type === 'error');
      found[name] = refused?.code ?? 'works';
    }
    expect(found).toEqual(row.told);
  });

  it.each(['bad', 'guest'])('does nothing with the token "%s", nor without hello', async (token) => {
    const rig = await ContactsRig.open();
    for (const row of Object.values(rows)) {
      for (const greeting of [[{ type: 'hello', version: 1, token } as const], []]) {
        const peer = rig.peer();
        await peer.opened();
        for (const message of [...greeting, row.message('call1')]) peer.say(message);
        const { code } = await peer.closed;
        expect(code).toBeGreaterThanOrEqual(4400);
        expect(peer.messages.every(({ type }) => type === 'error')).toBe(true);
      }
    }
    expect(rig.events).toEqual([]);
  });
});
