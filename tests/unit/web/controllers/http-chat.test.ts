import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ApiError } from '../../../../web/api-client.ts';
import { type ChatServer, HttpChat } from '../../../../web/controllers/http-chat.ts';
import { catalogueOf } from '../../../../web/i18n/catalogue-parts.ts';
import { german as translation } from '../../../../web/i18n/de/catalogue.ts';
import { createWords } from '../../../../web/i18n/words.ts';

const german = catalogueOf(translation);
const GONE = new ApiError('There is no room "nowhere"; create it first.', 404, 'room_not_found');
const SLOW = new ApiError('Slow mode; wait 5 seconds.', 429, 'chat_slow');

/** A chat that is asked once: the server answers nothing but refusals. */
function open(server: Partial<ChatServer>): HttpChat {
  const refuse = (): Promise<never> => Promise.reject(GONE);
  const chat = new HttpChat({
    server: { changes: refuse, before: refuse, say: refuse, edit: refuse, remove: refuse, ...server },
    after: () => () => undefined,
    nowMs: () => 0,
    changed: () => undefined,
  });
  onTestFinished(() => chat.close());
  return chat;
}

describe('the chat of a viewer', () => {
  it('keeps what the server refused with its code, so that it can be read in any language', async () => {
    const chat = open({});
    chat.open();
    await vi.waitFor(() => expect(chat.problem).toBeDefined(), { timeout: 9000 });
    expect(chat.problem).toMatchObject({ code: 'api.room_not_found', detail: GONE.message });
    const said = chat.problem && createWords(german, ['de']).problem(chat.problem).detail;
    expect(said).toBe(german.problems?.['api.room_not_found']?.detail);
  });

  it('does so with a message that was not taken, and with a change', async () => {
    const chat = open({ say: () => Promise.reject(SLOW) });
    chat.say('Hello');
    await vi.waitFor(() => expect(chat.book.pending[0]?.problem).toMatchObject({ code: 'api.chat_slow' }), {
      timeout: 9000,
    });
    chat.remove('m1');
    await vi.waitFor(() => expect(chat.problem).toMatchObject({ code: 'api.room_not_found' }), { timeout: 9000 });
  });
});
