/** The chat of one room over HTTP. */
import type { ChatEntry } from '../src/protocol/chat.ts';
import { ApiClient, problemToError } from './api-client.ts';
import type { ChatChange, SavedFormat } from './controllers/chat-desk.ts';
import type { ChatAnswer, ChatServer } from './controllers/http-chat.ts';
import type { NamedBlob } from './util/save-file.ts';

/** Every method rejects with ApiError. */
export class ChatClient extends ApiClient implements ChatServer {
  readonly #room: string;
  readonly #path: string;
  readonly #me: string;

  /**
   * @param me a secret of this browser: whoever knows it may change what was written with it
   * @param identity as of `ApiClient`
   */
  constructor(server: string, token: string, room: string, me: string, identity?: string) {
    super(server, token, identity);
    this.#room = `/api/rooms/${encodeURIComponent(room)}`;
    this.#path = `${this.#room}/chat`;
    this.#me = me;
  }

  changes(after: number, waitS: number, signal: AbortSignal, rules?: string): Promise<ChatAnswer> {
    const query = { after: String(after), wait: String(waitS), ...(rules !== undefined && { rules }) };
    return this.json('GET', this.#path, { query, signal });
  }

  async before(id: string, limit: number): Promise<readonly ChatEntry[]> {
    const query = new URLSearchParams({ before: id, limit: String(limit) });
    return (await this.json<ChatAnswer>('GET', `${this.#path}?${query.toString()}`)).entries;
  }

  /** All that is kept for everybody, for those in the room. */
  async export(format: SavedFormat): Promise<NamedBlob> {
    const response = await this.fetch('GET', `${this.#path}/export?format=${format}`, {});
    if (!response.ok) throw problemToError(await response.json().catch(() => undefined), response.status);
    const blob = await response.blob();
    const name = /filename="?([^";]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    return { name: name ?? 'chat.txt', blob };
  }

  /** For hosts: changes the chat for everybody. */
  change(chat: ChatChange): Promise<void> {
    return this.empty('PATCH', this.#room, { body: { chat } });
  }

  say(message: { key: string; text: string; replyTo?: string; name: string }): Promise<ChatEntry> {
    return this.json('POST', this.#path, { body: { ...message, me: this.#me } });
  }

  edit(id: string, text: string): Promise<ChatEntry> {
    return this.json('PATCH', `${this.#path}/${encodeURIComponent(id)}`, { body: { text, me: this.#me } });
  }

  remove(id: string): Promise<ChatEntry> {
    return this.json('POST', `${this.#path}/${encodeURIComponent(id)}/delete`, { body: { me: this.#me } });
  }
}
