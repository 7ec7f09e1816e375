import { describe, expect, it } from 'vitest';
import { cueText, voice, vttTime, webvtt } from '../../../../src/recorder/archive/webvtt.ts';

describe('WebVTT', () => {
  it('writes times with hours, also beyond a day', () => {
    expect([0, 59.9996, 3661.5, 360_000].map(vttTime)).toEqual([
      '00:00:00.000',
      '00:01:00.000',
      '01:01:01.500',
      '100:00:00.000',
    ]);
  });

  it('puts cues in order and leaves out those of no length', () => {
    const cue = (from: number, to: number, payload: string) => ({ from, to, payload });
    expect(webvtt([cue(2, 3, 'b'), cue(1, 1.0001, 'never'), cue(1, 4, 'a')])).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:04.000\na\n\n00:00:02.000 --> 00:00:03.000\nb\n',
    );
    expect(webvtt([])).toBe('WEBVTT\n');
  });

  it('lets no text end its cue, begin another, or become a tag', () => {
    expect(cueText('a\n\n00:01 --> 00:02\r\nb')).toBe('a 00:01 --&gt; 00:02 b');
    expect(cueText('<script>alert(1)</script> & &lt;')).toBe('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &amp;lt;');
    expect(voice('Eve>\n<i>', 'hi')).toBe('<v Eve&gt; &lt;i&gt;>hi</v>');
    expect(voice('\u202e', 'hi')).toBe('hi');
  });

  it('keeps letters of every script and takes away what turns their direction', () => {
    expect(cueText('\u202eevil\u202c \u2067שלום\u2069 \u200fعلي\u200e 👩‍👩‍👧')).toBe('evil שלום علي 👩‍👩‍👧');
    expect(cueText('torn \ud83d')).toBe('torn \ufffd');
    expect(cueText('nul\u0000tab\tline\u2028end')).toBe('nul tab line end');
  });
});
