import { describe, expect, it } from 'vitest';
import { LatestSender } from '../../../../web/controllers/latest-sender.ts';

function setUp() {
  const sent: number[] = [];
  const settled: (string | undefined)[] = [];
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const sender = new LatestSender<number>(
    (value) => {
      sent.push(value);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    (error) => settled.push(error?.message),
  );
  const turn = async (): Promise<void> => {
    for (let step = 0; step < 5; step += 1) await Promise.resolve();
  };
  return { sender, sent, settled, answers, turn };
}

describe('LatestSender', () => {
  it('sends one at a time, and of what waits only the newest', async () => {
    const { sender, sent, settled, answers, turn } = setUp();
    for (const value of [1, 2, 3]) sender.push(value);
    expect(sent).toEqual([1]);
    answers[0]?.resolve();
    await turn();
    expect(sent).toEqual([1, 3]);
    expect(settled).toEqual([]);
    answers[1]?.resolve();
    await turn();
    expect([settled, sender.busy]).toEqual([[undefined], false]);
  });

  it('drops what waits behind a failure, and goes on with what comes after it', async () => {
    const { sender, sent, settled, answers, turn } = setUp();
    sender.push(1);
    sender.push(2);
    answers[0]?.reject(new Error('No.'));
    await turn();
    expect([sent, settled]).toEqual([[1], ['No.']]);
    sender.push(3);
    expect(sent).toEqual([1, 3]);
  });
});
