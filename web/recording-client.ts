/** The REST API for admins and for who has made the room of a recording: looking at it, playing, downloading and sharing it. */
import { ApiError } from './api-client.ts';
import type { RecordingInfo } from './api-types.ts';
import { InviteClient } from './invite-client.ts';
import type { ShareInfo } from './recording-types.ts';

/** Every method rejects with ApiError. */
export class RecordingClient extends InviteClient {
  /** With its steps and the newest lines of its log. */
  recording(id: string, signal?: AbortSignal): Promise<RecordingInfo> {
    return this.client.recordings.get(id, { signal });
  }

  /** Gives it another title. */
  async renameRecording(id: string, title: string): Promise<void> {
    await this.client.recordings.rename(id, title);
  }

  /** A file of the archive as it is; undefined when the archive has none of this name. */
  async file(id: string, name: string, signal?: AbortSignal): Promise<Blob | undefined> {
    try {
      return await (await this.client.recordings.file(id, name, { signal })).blob();
    } catch (error) {
      if (error instanceof ApiError && (error.status === 404 || error.status === 409)) return undefined;
      throw error;
    }
  }

  /** An address of one file that needs no header, to be used within `ttl` seconds. */
  async fileLink(id: string, name: string, ttl?: number): Promise<string> {
    return (await this.client.recordings.link(id, { name, ttl })).url;
  }

  /** An address of everything in one archive, to be used within a minute. */
  bundleLink(id: string): Promise<string> {
    return this.fileLink(id, 'bundle.zip');
  }

  /** The address of a playlist that grows while the recording does, good for hours. */
  async hlsLink(id: string): Promise<string> {
    return (await this.client.recordings.hlsLink(id)).url;
  }

  async shares(id: string, signal?: AbortSignal): Promise<readonly ShareInfo[]> {
    return (await this.client.recordings.shares(id, { signal })).items;
  }

  /** @param order.ttl seconds. */
  share(id: string, order: { readonly ttl: number; readonly watchPage: boolean }): Promise<ShareInfo> {
    return this.client.recordings.share(id, order);
  }

  unshare(id: string, share: string): Promise<void> {
    return this.client.recordings.unshare(id, share);
  }
}
