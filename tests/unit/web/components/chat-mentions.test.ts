import { nothing } from 'lit';
import { describe, expect, it } from 'vitest';
import { ChatMentions } from '../../../../web/components/chat-mentions.ts';

const PEOPLE = ['Aiko', 'Ann', 'Ben'].map((name) => ({ id: name.toLowerCase(), name }));

/** A field in which somebody has written `text`, with the cursor at its end. */
function setUp(text: string, people = PEOPLE) {
  const field = {
    value: text,
    selectionStart: text.length,
    setSelectionRange(start: number) {
      field.selectionStart = start;
    },
  };
  let drawn = 0;
  let called = 0;
  const mentions = new ChatMentions(
    { requestUpdate: () => void (drawn += 1) },
    () => ({ field, people }),
    () => {
      called += 1;
    },
  );
  mentions.look();
  return {
    field,
    mentions,
    get drawn() {
      return drawn;
    },
    get called() {
      return called;
    },
  };
}

describe('names that are offered', () => {
  it('are there from the @ on, and the first is chosen', () => {
    const { mentions, drawn } = setUp('Hello @a');
    expect(mentions.ids).toEqual({ list: 'mentions', chosen: 'mention-0' });
    expect(mentions.render('People')).not.toBe(nothing);
    expect(drawn).toBe(1);
  });

  it.each(['Hello', 'Hello @x', 'a@a'])('are not there for "%s", and no key is theirs', (text) => {
    const { mentions } = setUp(text);
    expect([mentions.ids, mentions.render('People')]).toEqual([undefined, nothing]);
    for (const key of ['ArrowDown', 'Enter', 'Tab', 'Escape']) expect(mentions.press(key)).toBe(false);
  });

  it.each(['ArrowDown', 'ArrowUp', 'Enter'])('go when all of them have left, and %s is the field’s again', (key) => {
    const people = PEOPLE.slice(0, 1);
    const { field, mentions, called } = setUp('@a', people);
    people.length = 0;
    expect(mentions.press(key)).toBe(false);
    expect([mentions.ids, field.value, called]).toEqual([undefined, '@a', 0]);
  });

  it('are gone through with the arrows, round and round', () => {
    const { mentions } = setUp('@a');
    const chosen = ['ArrowDown', 'ArrowDown', 'ArrowUp'].map((key) => [mentions.press(key), mentions.ids?.chosen]);
    expect(chosen).toEqual([
      [true, 'mention-1'],
      [true, 'mention-0'],
      [true, 'mention-1'],
    ]);
  });

  it.each(['Enter', 'Tab'])('go into the text with %s', (key) => {
    const page = setUp('Hello @a');
    page.mentions.press('ArrowDown');
    expect(page.mentions.press(key)).toBe(true);
    expect([page.field.value, page.field.selectionStart]).toEqual(['Hello @Ann ', 11]);
    expect([page.mentions.ids, page.called]).toEqual([undefined, 1]);
  });

  it('go with Escape, and the text stays', () => {
    const { mentions, field } = setUp('@a');
    expect(mentions.press('Escape')).toBe(true);
    expect([mentions.ids, field.value]).toEqual([undefined, '@a']);
    expect(mentions.press('Escape')).toBe(false);
  });

  it('stay while one writes on with other keys, and look again at what is written', () => {
    const { mentions, field } = setUp('@a');
    mentions.press('ArrowDown');
    expect(mentions.press('n')).toBe(false);
    expect(mentions.ids?.chosen).toBe('mention-1');
    field.value = '@ann';
    field.selectionStart = 3;
    mentions.look();
    expect(mentions.ids?.chosen).toBe('mention-0');
    mentions.close();
    expect(mentions.ids).toBeUndefined();
  });
});
