import { describe, expect, it } from 'vitest';
import { harmless, logLine } from '../../../src/util/log-line.ts';

const PLAIN = { colours: false };
/** Without a zone: of wherever this runs. */
const TIME = '2026-01-01T14:03:07';
const ESCAPE = String.fromCodePoint(0x1b);

function line(fields: Readonly<Record<string, unknown>>, look = PLAIN): string {
  return logLine(`${JSON.stringify({ level: 30, time: TIME, msg: 'session begins', ...fields })}\n`, look);
}

describe('a line of the log for people', () => {
  it('has time, level, area, message and values', () => {
    expect(line({ room: 'demo', session: 's-1', frames: 3, tracks: [1, 2] })).toBe(
      '14:03:07 info  demo: session begins  session=s-1 frames=3 tracks=[1,2]\n',
    );
    expect(line({ level: 40 })).toBe('14:03:07 WARN  session begins\n');
    expect(line({ level: 50, reason: 'it is full' })).toBe('14:03:07 ERROR session begins  reason="it is full"\n');
  });

  it('has colours only where they are wanted', () => {
    expect(line({ frames: 3 }, { colours: true })).toContain(`${ESCAPE}[36minfo ${ESCAPE}[0m`);
    expect(line({ frames: 3 })).not.toContain(ESCAPE);
  });

  it.each([
    ['a terminal’s commands', `${ESCAPE}[2J${ESCAPE}]0;owned\u0007`],
    ['those of the second set', '\u009b31m\u0085'],
    ['line ends', 'a\r\nb\u2028c\u2029d'],
    ['turned writing', '\u202egpj.exe\u2066\u200e'],
    ['DEL and NUL', '\u007f\u0000'],
  ])('shows %s in values, names, areas and messages, and obeys none', (_, text) => {
    const written = line({ room: text, msg: text, [text]: text, deep: { [text]: [text] } });
    expect(written.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(written.endsWith('\n')).toBe(true);
  });

  it('keeps other scripts and emoji as they are', () => {
    expect(line({ name: 'Zoë 山田 👍' })).toContain('name="Zoë 山田 👍"');
  });

  it('cuts a value that is too long', () => {
    expect(line({ text: 'x'.repeat(160) })).toContain(`text=${'x'.repeat(160)}\n`);
    expect(line({ text: 'x'.repeat(161) })).toContain(`text=${'x'.repeat(160)}…\n`);
  });

  it('gives back what is no line of the log, made harmless', () => {
    expect(logLine(`no json ${ESCAPE}\n`, PLAIN)).toBe('no json \\u{1b}\n');
    expect(logLine('[1]', PLAIN)).toBe('[1]\n');
    expect(harmless('\u{1b}')).toBe('\\u{1b}');
  });
});
