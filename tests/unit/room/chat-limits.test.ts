import { expect, it } from 'vitest';
import { ChatLimits } from '../../../src/room/chat-limits.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

it('remembers how fast somebody writes, however many names somebody else makes up', () => {
  const limits = new ChatLimits(new FakeClock());
  const write = (id: string, address: string): void => limits.takeChange('hall', { id, role: 'viewer' }, address);
  const tooFast = expect.objectContaining({ code: 'chat_too_fast' });
  for (let count = 0; count < 5; count += 1) write('ana', '192.0.2.1');
  for (let count = 0; count < 20; count += 1) write(`made-up-${count}`, '192.0.2.2');
  for (let count = 20; count < 6000; count += 1) {
    expect(() => write(`made-up-${count}`, '192.0.2.2')).toThrow(tooFast);
  }
  expect(() => write('ana', '192.0.2.1')).toThrow(tooFast);
});
