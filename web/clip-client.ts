/** The clips of a room over HTTP, for its hosts. */
import type { Clip } from '../src/client/types.ts';
import { ApiClient } from './api-client.ts';

/** Every method rejects with ApiError. */
export class ClipClient extends ApiClient {
  /** Newest first. */
  async clips(room: string): Promise<readonly Clip[]> {
    return (await this.client.rooms.clips(room)).items;
  }

  /** Resolves when it is there. @param last seconds; with an empty title it has that of the room */
  makeClip(room: string, last: number, title: string): Promise<Clip> {
    return this.client.rooms.createClip(room, { last, ...(title !== '' && { title }) });
  }

  removeClip(room: string, clip: string): Promise<void> {
    return this.client.rooms.removeClip(room, clip);
  }

  /** An address that downloads it without a header, and when that ends; for so many seconds, or less. */
  clipLink(room: string, clip: string, ttl: number): Promise<{ readonly url: string; readonly expires: string }> {
    return this.client.rooms.clipLink(room, clip, ttl);
  }
}
