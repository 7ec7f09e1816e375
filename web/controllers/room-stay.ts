/** Somebody's stay in a room: the session, and what they do as its host. */
import { ApiClient } from '../api-client.ts';
import { browserFeatures } from '../capture/devices.ts';
import { ChatClient } from '../chat-client.ts';
import { FileClient } from '../file-client.ts';
import type { Words } from '../i18n/words.ts';
import { chime } from '../media/chime.ts';
import { socketUrl } from '../util/links.ts';
import { mediaWays } from '../util/media-ways.ts';
import { saveFile } from '../util/save-file.ts';
import { ChatNotices } from './chat-notices.ts';
import { fileWays } from './file-ways.ts';
import { HostDesk } from './host-desk.ts';
import { RoomSession, type RoomSessionOptions } from './room-session.ts';
import type { ChatSurroundings } from './socket-chat.ts';

/** Who comes in where, and with what. */
export interface RoomStayOptions
  extends Pick<RoomSessionOptions, 'token' | 'name' | 'identity' | 'consent' | 'context' | 'canvas' | 'media'> {
  /** Origin. */
  readonly server: string;
  readonly room: string;
  readonly words: () => Words;
  /** Shows the chat, for whoever came by a notification. */
  openChat(): void;
  /** Something is to be drawn anew. */
  changed(): void;
  /** The session is another than before. */
  onSession(stay: RoomStay): void;
}

/** Begins with `session.start()`. */
export class RoomStay {
  readonly session: RoomSession;
  readonly desk: HostDesk;

  constructor(options: RoomStayOptions) {
    const { server, room, token, name, identity, consent, context, canvas, media } = options;
    this.session = new RoomSession({
      url: socketUrl(server, room),
      token,
      name,
      identity,
      consent,
      context,
      canvas,
      media,
      ways: mediaWays(browserFeatures(), location.search),
      chat: chatSurroundings(options),
      files: fileWays(new FileClient(server, token, room, identity)),
      changed: () => options.onSession(this),
    });
    this.desk = new HostDesk(
      new ApiClient(server, token, identity),
      room,
      () => options.changed(),
      () => chime(context, 'knock'),
    );
  }

  close(): void {
    this.session.close();
    this.desk.close();
  }
}

function chatSurroundings({
  server,
  room,
  token,
  identity,
  words,
  openChat,
  changed,
}: RoomStayOptions): ChatSurroundings {
  const client = new ChatClient(server, token, room, '', identity);
  return {
    notices: new ChatNotices({ words, open: openChat, changed }),
    save: async (format) => saveFile(await client.export(format)),
    change: (change) => client.change(change),
  };
}
