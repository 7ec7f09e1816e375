import { describe, expect, it } from 'vitest';
import { Captions, MAX_CAPTIONS } from '../../../src/hls/captions.ts';

describe('Captions', () => {
  it('are in each file that they reach into, with the time of the media', () => {
    const captions = new Captions();
    captions.add({ start: 1, end: 5, text: 'Hello.' });
    captions.add({ start: 4, end: 6.5, text: 'And welcome.' });
    expect(captions.file(4, 6)).toBe(
      'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:360000,LOCAL:00:00:04.000\n\n' +
        '00:00:01.000 --> 00:00:05.000\nHello.\n\n00:00:04.000 --> 00:00:06.500\nAnd welcome.\n',
    );
    expect(captions.file(0, 1)).toBe('WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n');
    expect(captions.file(6.5, 8)).not.toContain('-->');
  });

  it('that began before the session begin with it', () => {
    const captions = new Captions();
    captions.add({ start: -0.5, end: 1, text: 'Hello.' });
    expect(captions.file(0, 2)).toContain('\n00:00:00.000 --> 00:00:01.000\n');
  });

  it('go on after the timestamps have wrapped, and after a hundred hours', () => {
    const day = 26.6 * 3600;
    expect(new Captions().file(day, day + 2)).toContain('MPEGTS:28465408,LOCAL:26:36:00.000');
    expect(new Captions().file(360_000, 360_002)).toContain('LOCAL:100:00:00.000');
  });

  it.each([
    ['two\r\n\r\nlines', 'two\nlines'],
    ['a --> b', 'a --&gt; b'],
    ['<script>&', '&lt;script&gt;&amp;'],
    ['\n\n\n', ''],
    ['مرحبا 🎥', 'مرحبا 🎥'],
  ])('carry %j as text', (text, payload) => {
    const captions = new Captions();
    captions.add({ start: 0, end: 1, text });
    expect(captions.file(0, 2).split('00:00:01.000\n')[1]).toBe(`${payload}\n`);
  });

  it('are the newest five thousand', () => {
    const captions = new Captions();
    for (let index = 0; index <= MAX_CAPTIONS; index += 1)
      captions.add({ start: index, end: index + 1, text: `${index}` });
    expect(captions.file(0, 0.5)).not.toContain('-->');
    expect(captions.file(1, 1.5)).toContain('-->');
  });
});
