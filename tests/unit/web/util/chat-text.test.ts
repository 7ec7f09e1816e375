import { describe, expect, it } from 'vitest';
import { chatTextSchema } from '../../../../src/protocol/chat.ts';
import { callsFor, chatPieces, sendableText } from '../../../../web/util/chat-text.ts';

const text = (words: string) => ({ kind: 'text', text: words });
const link = (shown: string, href = shown) => ({ kind: 'link', text: shown, href });

describe('a message', () => {
  it.each([
    ['Nothing special', [text('Nothing special')]],
    ['See https://example.org/a.', [text('See '), link('https://example.org/a'), text('.')]],
    ['(http://example.org/?q=1&r=2)', [text('('), link('http://example.org/?q=1&r=2'), text(')')]],
    ['javascript:alert(1) data:text/html,x', [text('javascript:alert(1) data:text/html,x')]],
    ['https://', [text('https://')]],
    ['https://ex ample.org', [link('https://ex', 'https://ex/'), text(' ample.org')]],
  ])('%s is told apart into its pieces', (message, pieces) => {
    expect(chatPieces(message, 'Ann')).toEqual(pieces);
  });

  it('calls whoever is named in it, however they write themselves', () => {
    const pieces = chatPieces('Hi @ANN and @ann!', 'Ann');
    expect(pieces.map(({ kind }) => kind)).toEqual(['text', 'mention', 'text', 'mention', 'text']);
    expect(pieces.map((piece) => piece.text).join('')).toBe('Hi @ANN and @ann!');
    expect(callsFor('@anything', '')).toBe(false);
  });
});

describe('a call', () => {
  it.each([
    ['İİİ @ann, hello', 'Ann', ['İİİ ', '@ann', ', hello']],
    ['@İpek @ipek', 'İpek', ['@İpek', ' @ipek']],
    ['@ΟΔΥΣΣΕΑΣ!', 'Οδυσσέας'.normalize('NFD').replaceAll('\u0301', ''), ['@ΟΔΥΣΣΕΑΣ', '!']],
    ['a+b @a+b (@A+B) @aab', 'a+b', ['a+b ', '@a+b', ' (', '@A+B', ') @aab']],
    ['@👩‍👩‍👧.', '👩‍👩‍👧', ['@👩‍👩‍👧', '.']],
    ['@\\^$.*?()[]{}|/-', '\\^$.*?()[]{}|/-', ['@\\^$.*?()[]{}|/-']],
  ])('in %s is the name and no more', (message, own, pieces) => {
    expect(chatPieces(message, own).map((piece) => piece.text)).toEqual(pieces);
    expect(callsFor(message, own)).toBe(true);
  });

  it('is one of thousands without each costing as much as all before it', () => {
    const pieces = chatPieces('@a'.repeat(50_000), 'a');
    expect(pieces).toHaveLength(50_000);
  });
});

describe('what is sent', () => {
  it.each([
    ['a table', 'Name\tHours\r\nAda\t3\r\n', 'Name Hours\nAda 3'],
    ['an old line end', 'One\rTwo', 'One\nTwo'],
    ['a line that a word processor broke', 'One\vTwo\fThree', 'One\nTwo\nThree'],
    ['what a terminal shows', '\u001B[31mred\u001B[0m\u0000', '[31mred[0m'],
    ['families and flags', '👩‍👩‍👧 🇵🇱', '👩‍👩‍👧 🇵🇱'],
    ['nothing that is seen', ' \t\u0007\n', ''],
  ])('of %s is what the server takes', (_what, typed, sent) => {
    expect(sendableText(typed)).toBe(sent);
    expect(chatTextSchema.safeParse(sendableText(typed)).success).toBe(sent !== '');
  });
});
