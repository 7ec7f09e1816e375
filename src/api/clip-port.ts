/** What the API needs of clips; met structurally, so that nothing below imports the API. */
import type { ClipRequest } from '../recorder/clips/clip-range.ts';
import type { ClipFile, ClipView } from '../recorder/clips/clips.ts';
import type { Moderator } from './moderation-port.ts';

/** Clips. Methods throw or reject with BadRequestError, NotFoundError, ConflictError, LimitError or UnavailableError. */
export interface ClipControl {
  /** Resolves when the clip is there, and the room is told of it. */
  make(roomId: string, request: ClipRequest, by: Moderator, title?: string): Promise<ClipView>;
  /** Newest first. */
  list(roomId: string): readonly ClipView[];
  file(roomId: string, id: string): ClipFile;
  remove(roomId: string, id: string, by: Moderator): Promise<void>;
}
