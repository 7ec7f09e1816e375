import { describe, expect, it } from 'vitest';
import { BARRED_DB, DominantSpeaker } from '../../../src/mixer/dominant-speaker.ts';
import { SILENCE_DB } from '../../../src/mixer/sound-level.ts';

const [ANA, BEN, CLEO] = [1, 2, 3];
const SPEECH_DB = -18;

/** The level of speech in tick `tick`: four syllables a second, none of them the same. */
function speech(tick: number, db = SPEECH_DB): number {
  const syllable = Math.floor(tick / 12.5);
  return tick % 12.5 < 9 ? db + ((syllable * 7) % 5) - 2 : db - 25;
}

/** What a participant does: a level for each tick, or one for ever. */
type Act = number | ((tick: number) => number);

/** People whose levels come every 20 ms. */
class Talk {
  readonly detector = new DominantSpeaker();
  readonly told: Array<{ ms: number; speaking: readonly number[]; speaker: number | undefined }> = [];
  ms = 0;

  run(ms: number, acts: Readonly<Record<number, Act>>): void {
    for (const end = this.ms + ms; this.ms < end; this.ms += 20) {
      const tick = this.ms / 20;
      const levels = Object.entries(acts).map(([who, act]): [number, number] => [
        Number(who),
        typeof act === 'number' ? act : act(tick),
      ]);
      if (!this.detector.onLevels(new Map(levels), this.ms)) continue;
      this.told.push({ ms: this.ms, speaking: this.detector.speaking, speaker: this.detector.speaker });
    }
  }

  /** Speakers in the order in which they were told. */
  get speakers(): Array<number | undefined> {
    return this.told.map(({ speaker }) => speaker).filter((speaker, index, all) => speaker !== all[index - 1]);
  }
}

describe('DominantSpeaker', () => {
  it('knows of nobody before somebody speaks, and says nothing', () => {
    const talk = new Talk();
    talk.run(5000, { [ANA]: SILENCE_DB, [BEN]: -60 });
    expect([talk.detector.speaker, talk.detector.speaking, talk.told]).toEqual([undefined, [], []]);
  });

  it('gives the floor to the first who speaks, within 700 ms, and marks them within 100 ms', () => {
    const talk = new Talk();
    talk.run(1000, { [ANA]: SILENCE_DB, [BEN]: SILENCE_DB });
    talk.run(2000, { [ANA]: speech, [BEN]: SILENCE_DB });
    expect(talk.told[0]).toMatchObject({ speaking: [ANA], speaker: undefined });
    expect(talk.told[0]?.ms).toBeLessThanOrEqual(1100);
    expect(talk.told[1]).toMatchObject({ speaking: [ANA], speaker: ANA });
    expect(talk.told[1]?.ms).toBeLessThanOrEqual(1700);
  });

  it('leaves the floor with the last speaker while nobody speaks', () => {
    const talk = new Talk();
    talk.run(2000, { [ANA]: speech, [BEN]: SILENCE_DB });
    talk.run(60_000, { [ANA]: SILENCE_DB, [BEN]: SILENCE_DB });
    expect([talk.detector.speaker, talk.detector.speaking]).toEqual([ANA, []]);
  });

  it.each([20, 100, 200, 280])('gives no floor for a cough of %i ms, whoever has it', (cough) => {
    const talk = new Talk();
    for (let round = 0; round < 20; round += 1) {
      talk.run(2000 + round * 20, { [ANA]: SILENCE_DB, [BEN]: SILENCE_DB });
      talk.run(cough, { [ANA]: SILENCE_DB, [BEN]: -8 });
    }
    expect(talk.detector.speaker).toBeUndefined();
    talk.run(3000, { [ANA]: speech, [BEN]: SILENCE_DB });
    for (let round = 0; round < 20; round += 1) {
      talk.run(2000 + round * 20, { [ANA]: speech, [BEN]: SILENCE_DB });
      talk.run(cough, { [ANA]: speech, [BEN]: -8 });
    }
    talk.run(3000, { [ANA]: SILENCE_DB, [BEN]: SILENCE_DB });
    talk.run(cough, { [ANA]: SILENCE_DB, [BEN]: -8 });
    talk.run(2000, { [ANA]: SILENCE_DB, [BEN]: SILENCE_DB });
    expect(talk.speakers.filter((speaker) => speaker === BEN)).toEqual([]);
  });

  it('gives no floor for short words of assent', () => {
    const talk = new Talk();
    for (let round = 0; round < 10; round += 1) {
      talk.run(2500, { [ANA]: speech, [BEN]: SILENCE_DB });
      talk.run(260, { [ANA]: speech, [BEN]: speech });
    }
    expect(talk.speakers.filter((speaker) => speaker === BEN)).toEqual([]);
  });

  it('follows two who take turns, once for each turn', () => {
    const talk = new Talk();
    for (let turn = 0; turn < 5; turn += 1) {
      talk.run(5000, { [ANA]: speech, [BEN]: -70 });
      talk.run(5000, { [ANA]: -70, [BEN]: speech });
    }
    expect(talk.speakers.filter((speaker) => speaker !== undefined)).toEqual(
      Array.from({ length: 10 }, (_, turn) => (turn % 2 === 0 ? ANA : BEN)),
    );
    const changes = talk.told.filter(({ speaker }, index) => speaker !== talk.told[index - 1]?.speaker && index > 0);
    for (const { ms } of changes) expect(ms % 5000).toBeLessThanOrEqual(1500);
  });

  it('stands still for two seconds after a change, however fast they alternate', () => {
    const talk = new Talk();
    for (let turn = 0; turn < 40; turn += 1) {
      talk.run(1300, { [ANA]: speech, [BEN]: SILENCE_DB });
      talk.run(1300, { [ANA]: SILENCE_DB, [BEN]: speech });
    }
    const times = talk.told
      .filter(({ speaker }, index) => speaker !== talk.told[index - 1]?.speaker)
      .map(({ ms }) => ms);
    for (const [index, ms] of times.entries()) {
      if (index > 0) expect(ms - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(2000 - 200);
    }
  });

  it('does not take the floor from somebody who goes on speaking, but marks both', () => {
    const talk = new Talk();
    talk.run(3000, { [ANA]: speech, [BEN]: SILENCE_DB });
    talk.run(10_000, { [ANA]: speech, [BEN]: (tick) => speech(tick) });
    expect(talk.detector.speaker).toBe(ANA);
    expect(talk.detector.speaking).toEqual([ANA, BEN]);
  });

  it('takes a room of people: the one who speaks, not the fans and keyboards of the others', () => {
    const talk = new Talk();
    const others = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [index + 10, -48 - index]));
    talk.run(5000, { ...others, [CLEO]: speech });
    expect([talk.detector.speaker, talk.detector.speaking]).toEqual([CLEO, [CLEO]]);
    talk.run(5000, { ...others, [CLEO]: SILENCE_DB, 12: speech });
    expect([talk.detector.speaker, talk.detector.speaking]).toEqual([12, [12]]);
  });

  it('never lets the floor to somebody who is barred, and takes it from them at once', () => {
    const talk = new Talk();
    talk.run(3000, { [ANA]: speech, [BEN]: BARRED_DB });
    expect(talk.detector.speaker).toBe(ANA);
    talk.run(220, { [ANA]: BARRED_DB, [BEN]: SILENCE_DB });
    expect([talk.detector.speaker, talk.told.at(-1)?.speaker]).toEqual([undefined, undefined]);
    expect(talk.detector.speaking).toEqual([]);
    talk.run(1000, { [ANA]: BARRED_DB, [BEN]: speech });
    expect(talk.detector.speaker).toBe(BEN);
  });

  it('forgets who has left', () => {
    const talk = new Talk();
    talk.run(3000, { [ANA]: speech, [BEN]: SILENCE_DB });
    talk.run(220, { [BEN]: SILENCE_DB });
    expect([talk.detector.speaker, talk.detector.speaking]).toEqual([undefined, []]);
    expect(talk.told.at(-1)).toMatchObject({ speaking: [], speaker: undefined });
  });

  it('tells of at most five changes a second, and always of the last', () => {
    const talk = new Talk();
    const flicker = (phase: number) => (tick: number) => ((tick + phase) % 31 < 4 ? -20 : SILENCE_DB);
    const acts = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index, flicker(index * 5)]));
    talk.run(20_000, acts);
    for (const [index, { ms }] of talk.told.entries()) {
      if (index > 0) expect(ms - (talk.told[index - 1]?.ms ?? 0)).toBeGreaterThanOrEqual(200);
    }
    talk.run(2000, Object.fromEntries(Object.keys(acts).map((who) => [who, SILENCE_DB])));
    expect(talk.told.at(-1)?.speaking).toEqual([]);
  });
});
