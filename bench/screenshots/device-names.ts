/** The names of the devices in the pictures. */

/** Runs in a page before its own scripts: Chromium names its made-up devices after files. */
export const DEVICE_NAMES = `{
  const names = { videoinput: 'Desk camera', audioinput: 'Desk microphone', audiooutput: 'Loudspeakers' };
  const { mediaDevices } = navigator;
  const enumerate = mediaDevices.enumerateDevices.bind(mediaDevices);
  mediaDevices.enumerateDevices = async () =>
    (await enumerate()).map(({ kind, deviceId, groupId, label }) => ({
      kind, deviceId, groupId, label: label === '' ? '' : names[kind],
    }));
}`;
