import { describe, expect, it } from 'vitest';
import {
  inviteIdOf,
  isInvite,
  namedToken,
  ownRoomPath,
  parseRoomAddress,
  personOf,
  publicWatch,
  roomPath,
  socketUrl,
  tokenOfFragment,
} from '../../../../web/util/links.ts';

const ORIGIN = 'https://rooms.example';

function jwt(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
}

describe('parseRoomAddress', () => {
  it('takes a bare id, a whole link and a path', () => {
    expect(parseRoomAddress(' monday_1 ', ORIGIN)).toEqual({ room: 'monday_1', token: '', page: 'join' });
    expect(parseRoomAddress('https://rooms.example/r/monday#token=a.b-c', ORIGIN)).toEqual({
      room: 'monday',
      token: 'a.b-c',
      page: 'join',
    });
    expect(parseRoomAddress('/watch/monday/', ORIGIN)).toEqual({ room: 'monday', token: '', page: 'watch' });
  });

  it.each([
    '',
    '   ',
    'two words',
    'https://rooms.example/',
    'https://rooms.example/r/',
    '/r/a/b',
    '/r/%2e%2e',
    'x'.repeat(65),
  ])('refuses %j', (text) => {
    expect(parseRoomAddress(text, ORIGIN)).toBeUndefined();
  });
});

describe('tokenOfFragment', () => {
  it('reads the token whatever stands beside it', () => {
    expect(tokenOfFragment('#a=1&token=x%2By')).toBe('x+y');
    expect(tokenOfFragment('')).toBe('');
    expect(tokenOfFragment('#token')).toBe('');
  });

  it('is told from none at all when it is empty, as where one goes with the own account', () => {
    expect(namedToken('')).toBeUndefined();
    expect(namedToken('#a=1')).toBeUndefined();
    expect(ownRoomPath('monday')).toBe('/r/monday#token=');
    expect(namedToken('#token=')).toBe('');
  });
});

describe('publicWatch', () => {
  it('is where everybody may watch, and nothing for a private room', () => {
    const links = { watch: 'https://rooms.example/watch/a' };
    expect(publicWatch({ links, viewing: { access: 'public' } })).toBe(links.watch);
    expect(publicWatch({ links, viewing: { access: 'private' } })).toBe('');
  });
});

describe('roomPath', () => {
  it('carries a token in the fragment, and survives the way back', () => {
    expect(roomPath('watch', 'monday')).toBe('/watch/monday');
    expect(parseRoomAddress(roomPath('join', 'monday', 'a+b&c=d'), ORIGIN)?.token).toBe('a+b&c=d');
  });
});

describe('socketUrl', () => {
  it('is as secure as the page', () => {
    expect(socketUrl('https://rooms.example', 'a')).toBe('wss://rooms.example/ws?room=a');
    expect(socketUrl('http://localhost:8080', 'a')).toBe('ws://localhost:8080/ws?room=a');
  });
});

describe('isInvite', () => {
  it('tells a link for anybody from one for a person', () => {
    expect(isInvite(jwt({ room: 'a', role: 'participant' }))).toBe(true);
    expect(isInvite(jwt({ room: 'a', role: 'participant', sub: 'ann' }))).toBe(false);
  });

  it.each(['', 'admin-token', 'a.b.c', jwt([])])('takes %j for no invite', (token) => {
    expect(isInvite(token)).toBe(false);
  });
});

describe('inviteIdOf', () => {
  it('tells by which invite somebody came, in a link for anybody and in a token of their own', () => {
    expect(inviteIdOf(jwt({ room: 'a', role: 'host', inv: 'i1' }))).toBe('i1');
    expect(inviteIdOf(jwt({ room: 'a', role: 'host', sub: 'ann', inv: 'i1' }))).toBe('i1');
    for (const token of ['', 'admin-token', jwt({ room: 'a', role: 'host' }), jwt({ inv: 7 })]) {
      expect(inviteIdOf(token)).toBe('');
    }
  });
});

describe('personOf', () => {
  it('is the same for all tokens of a person, and for a link the link', () => {
    const own = jwt({ room: 'a', role: 'host', sub: 'ann' });
    expect(personOf(own)).toBe(personOf(jwt({ room: 'a', role: 'host', sub: 'ann', iat: 7 })));
    expect(personOf(own)).not.toBe(personOf(jwt({ room: 'a', role: 'host', sub: 'ben' })));
    const link = jwt({ room: 'a', role: 'participant' });
    expect(personOf(link)).toBe(link);
    expect(personOf('admin-token')).toBe('admin-token');
  });
});
