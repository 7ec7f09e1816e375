import { describe, expect, it } from 'vitest';
import type { ClientMessage } from '../../../../src/protocol/messages.ts';
import { layoutSchema } from '../../../../src/layout/layout.ts';
import { isSpotlit, spotlight } from '../../../../web/controllers/layout-changes.ts';
import { ModerationNews } from '../../../../web/controllers/moderation-news.ts';

const ASKED = { type: 'asked', what: 'unmute', by: { id: 'h', name: 'Hanna' } } as const;

describe('ModerationNews', () => {
  it('keeps what one is asked for until it is answered, once', () => {
    const said: ClientMessage[] = [];
    const news = new ModerationNews((message) => void said.push(message));
    expect(news.receive(ASKED)).toBe(true);
    expect(news.asked).toEqual(ASKED);
    news.answer(true);
    news.answer(true);
    expect(news.asked).toBeUndefined();
    expect(said).toEqual([{ type: 'answer', what: 'unmute', accepted: true }]);
  });

  it('tells what is momentary to whoever listens, and to nobody else', () => {
    const news = new ModerationNews(() => undefined);
    const heard: unknown[] = [];
    expect(news.receive({ type: 'reaction', participant: 'a', emoji: '👏' })).toBe(false);
    const hear = (...what: readonly unknown[]): void => void heard.push(what);
    news.listener = { reaction: hear, told: hear, clip: hear };
    news.receive({ type: 'reaction', participant: 'a', emoji: '👏' });
    news.receive({ type: 'told', what: 'muted', by: 'Hanna' });
    news.receive({ type: 'clip', seconds: 30, newest: true, by: 'Hanna' });
    news.receive({ type: 'clip', seconds: 12.5 });
    expect(heard).toEqual([
      ['a', '👏'],
      ['muted', 'Hanna'],
      [30, true, 'Hanna'],
      [12.5, false, undefined],
    ]);
  });
});

describe('the spotlight', () => {
  const row = { key: 'a', participant: 'a', handle: 'a' };

  it('stands on one person alone, whoever was pinned or hidden before, and goes again', () => {
    const before = layoutSchema.parse({ pinned: ['b'], hidden: ['a'] });
    const lit = spotlight(before, row);
    expect(lit).toMatchObject({ policy: 'speaker', pinned: ['a'], hidden: [] });
    expect([isSpotlit(before, row), isSpotlit(lit, row)]).toEqual([false, true]);
    expect(spotlight(lit, row)).toMatchObject({ policy: 'grid', pinned: [] });
  });
});
