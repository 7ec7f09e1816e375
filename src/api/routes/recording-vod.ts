/** Finished recordings as HLS. */
import { NotFoundError } from '../../errors.ts';
import { isVodFile, VOD_PLAYLIST } from '../../recorder/archive/vod-files.ts';
import type { ApiDeps } from '../deps.ts';
import { OWNERS } from '../own-recordings.ts';
import { admittedToHls, HLS_TICKET } from '../recording-ticket.ts';
import { type Route, route } from '../route.ts';
import { recordingHlsParams } from '../schemas.ts';
import { sendSource } from '../send-file.ts';

/** `/api/recordings/:recording/vod/*`. */
export function recordingVodRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/recordings/:recording/vod/*path',
      summary: 'Play a finished recording by HLS: `vod.m3u8`, and what it refers to',
      tag: 'recordings',
      access: 'special',
      accessNote: `${OWNERS}; or whoever has a link from \`hls-link\`, which has a ticket in its path`,
      params: recordingHlsParams,
      responses: {
        200: { description: 'The playlist, or media.', contentType: 'application/octet-stream' },
        206: { description: 'The requested range.', contentType: 'application/octet-stream' },
        304: { description: 'The client’s copy is current.' },
      },
      async handle(call) {
        const { ctx, params } = call;
        const asked = await admittedToHls(deps, call, params.recording, params.path);
        // What a playlist is called everywhere else.
        const file = asked.file === HLS_TICKET ? VOD_PLAYLIST : asked.file;
        if (!isVodFile(file)) {
          throw new NotFoundError(
            'no_such_media',
            'The recording has no such media; start with its playlist vod.m3u8.',
          );
        }
        const source = await deps.recordings.file(params.recording, file);
        const { contentType } = source;
        await sendSource(ctx, { source, contentType, cacheControl: 'private, max-age=3600, immutable' });
      },
    }),
  ];
}
