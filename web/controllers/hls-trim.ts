/** Takes away what lies behind the picture on the screen, at a moment at which nothing else goes with it. */
import Hls from 'hls.js';
import { BUFFER_KINDS, type BufferKind, removalsAfter } from './hls-back-buffer.ts';

/**
 * In place of hls.js's own `backBufferLength`, which removes whenever a segment begins to be shown. When such a removal ends between
 * the loading of a part and its appending, hls.js (1.7.4) forgets the segment of that part, and loads nothing until the playlist has
 * no parts of it any more: one picture for some 2.6 s, once in a minute or two. Behind the newest part there is half a second in
 * which nothing is loaded; whole segments are not forgotten.
 */
export function trimBackBuffer(hls: Hls, video: HTMLVideoElement): void {
  const buffers = new Map<BufferKind, SourceBuffer>();
  hls.on(Hls.Events.BUFFER_CREATED, (_event, { tracks }) => {
    buffers.clear();
    for (const kind of BUFFER_KINDS) {
      const buffer = tracks[kind]?.buffer;
      if (buffer) buffers.set(kind, buffer);
    }
  });
  hls.on(Hls.Events.FRAG_BUFFERED, (_event, { frag, part }) => {
    const filled = [...buffers].filter(([, { buffered }]) => buffered.length > 0);
    const removals = removalsAfter({
      playlist: frag.type,
      partEndS: part?.end,
      listedEndS: hls.latestLevelDetails?.partEnd,
      shownS: video.currentTime,
      begins: Object.fromEntries(filled.map(([kind, { buffered }]) => [kind, buffered.start(0)])),
    });
    for (const { kind, untilS } of removals) {
      hls.trigger(Hls.Events.BUFFER_FLUSHING, { startOffset: 0, endOffset: untilS, type: kind });
    }
  });
}
