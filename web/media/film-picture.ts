/** The picture of a film as a media track. */

const CANVAS_FRAMES_PER_SECOND = 30;
/** Longest side of a canvas in pixels: larger pictures would only be scaled down again before they are sent. */
const LONGEST_SIDE = 1920;

/** A track that shows what an element shows, until `close`. */
export interface FilmPicture {
  readonly track: MediaStreamTrack;
  close(): void;
}

/** Captures a playing or paused element that has a picture; undefined when the browser gives no track. */
export function captureFilm(element: HTMLVideoElement): FilmPicture | undefined {
  return typeof element.captureStream === 'function' ? captureElement(element) : captureCanvas(element);
}

function captureElement(element: HTMLVideoElement): FilmPicture | undefined {
  const stream = element.captureStream?.();
  // The sound takes another way, where its volume can be set.
  for (const sound of stream?.getAudioTracks() ?? []) sound.stop();
  const track = stream?.getVideoTracks()[0];
  if (!track) return undefined;
  track.contentHint = 'motion';
  return { track, close: () => track.stop() };
}

/** For browsers whose elements cannot be captured: each picture is drawn once more. */
function captureCanvas(element: HTMLVideoElement): FilmPicture | undefined {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false });
  const track = canvas.captureStream(CANVAS_FRAMES_PER_SECOND).getVideoTracks()[0];
  if (!context || !track) return undefined;
  let request = 0;
  let timer = 0;
  const draw = (): void => {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(element.videoWidth, element.videoHeight));
    const [width, height] = [Math.round(element.videoWidth * scale), Math.round(element.videoHeight * scale)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.drawImage(element, 0, 0, width, height);
  };
  const follow = (): void => {
    draw();
    request = element.requestVideoFrameCallback(follow);
  };
  // A hidden page is shown no pictures, but may draw them: of timers, pages that are heard have enough.
  const onVisibility = (): void => {
    window.clearInterval(timer);
    timer = document.hidden ? window.setInterval(draw, 1000 / CANVAS_FRAMES_PER_SECOND) : 0;
  };
  follow();
  onVisibility();
  document.addEventListener('visibilitychange', onVisibility);
  return {
    track,
    close: () => {
      element.cancelVideoFrameCallback(request);
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      track.stop();
    },
  };
}
