/** The REST API for the page of contacts. */
import type { ContactPerson } from '../src/protocol/contacts.ts';
import { ApiClient } from './api-client.ts';
import type { Page } from './api-types.ts';
import type { CallInfo, SessionInfo } from './contacts-types.ts';

/** Rows of one page of either list. */
const PAGE = '50';

/** Every method rejects with ApiError. */
export class ContactsClient extends ApiClient {
  /** Works without a token. */
  session(): Promise<SessionInfo> {
    return this.json('GET', '/api/session');
  }

  /** People whose name has these words, by name. */
  people(words: string, cursor?: string): Promise<Page<ContactPerson>> {
    const query = new URLSearchParams({ q: words, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    return this.json('GET', `/api/directory?${query.toString()}`);
  }

  /** One's own calls, newest first. */
  calls(missed: boolean, cursor?: string): Promise<Page<CallInfo>> {
    const query = new URLSearchParams({
      limit: PAGE,
      ...(missed && { missed: '1' }),
      ...(cursor !== undefined && { cursor }),
    });
    return this.json('GET', `/api/calls?${query.toString()}`);
  }
}
