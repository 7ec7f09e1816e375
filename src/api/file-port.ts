/** What the API needs of the files of rooms. Methods reject with NotFoundError `room_not_found` or `file_not_found`, too. */
import type { EventPerson } from '../events/event.ts';
import type { StoredFile } from '../files/file-store.ts';
import type { FileListing } from '../files/room-files.ts';
import type { TusAnswer, TusRequest } from '../files/tus-door.ts';
import type { FileView } from '../protocol/files.ts';

/** The files. */
export interface FileControl {
  /** @param asker whose unfinished files are in the list, too */
  list(room: string, asker: string | undefined): Promise<FileListing>;
  find(room: string, id: string): Promise<FileView>;
  stored(room: string, id: string): Promise<StoredFile>;
  /** @throws NotFoundError `file_incomplete` */
  content(room: string, id: string): Promise<{ readonly path: string; readonly file: Required<StoredFile> }>;
  remove(room: string, id: string, actor: EventPerson): Promise<void>;
  /** @throws as `TusDoor.handle` */
  upload(request: TusRequest): Promise<TusAnswer>;
}
