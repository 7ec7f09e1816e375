/** How an admin deletes a recording: into the trash, or for good where there is none. */
import type { AdminClient } from '../admin-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';

/** What it needs of the page around it. */
export interface DeletionHost {
  readonly api: AdminClient;
  readonly words: Words<AdminKey>;
  readonly dates: Intl.DateTimeFormat;
  readonly confirm: GridcastConfirmDialog;
}

/** Asks whether it is meant so. What was agreed to, to be run; undefined: to keep it. Rejects with ApiError. */
export async function askToDelete(
  recording: RecordingInfo,
  { api, words, dates, confirm }: DeletionHost,
): Promise<(() => Promise<unknown>) | undefined> {
  const { id, title, startedAt, duration, size } = recording;
  const { say, locale } = words;
  const clips = await clipsStay(api, words, recording);
  const { days } = await api.trash({ limit: 1 });
  const about = { date: dates.format(new Date(startedAt)), length: formatDuration(duration) };
  const forGood =
    size === undefined
      ? say('adminRecordings.deleteAll', about)
      : say('adminRecordings.deleteAllSize', { ...about, size: formatBytes(size, locale) });
  const agreed = await confirm.ask({
    heading: say('adminRecordings.deleteTitle', { title }),
    text: (days === 0 ? forGood : say('adminTrash.deleteText', { ...about, count: days })) + clips,
    action: say('adminRecordings.deleteDo'),
  });
  if (!agreed) return undefined;
  return days === 0 ? () => api.deleteRecording(id) : () => api.trashRecording(id);
}

/** What to add to the question: that clips of it are the room's. Empty where there are none. Rejects with ApiError. */
export async function clipsStay(
  api: Pick<AdminClient, 'clipsOf'>,
  { say }: Words<AdminKey>,
  recording: Parameters<AdminClient['clipsOf']>[0],
): Promise<string> {
  const count = await api.clipsOf(recording);
  return count === 0 ? '' : ` ${say('adminRecordings.clipsStay', { count })}`;
}
