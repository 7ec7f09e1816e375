/** Where an admin names a moment of a recording that runs. */
import { html, type TemplateResult } from 'lit';
import type { AdminClient } from '../admin-client.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import { icons } from './icons.ts';

/** What it needs of the page around it. */
export interface MarkerHost {
  readonly words: Words<AdminKey>;
  readonly api: AdminClient;
  readonly busy: boolean;
  act(request: () => Promise<unknown>): void;
}

/** @param label what the field is called; @param id of the recording */
export function markerForm(id: string, label: string, host: MarkerHost, enabled = true): TemplateResult {
  const { say } = host.words;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = String(new FormData(form).get('label') ?? '').trim();
    host.act(async () => {
      await host.api.markRecording(id, name);
      form.reset();
    });
  };
  return html`<form class="marker" @submit=${submit}>
    <input
      type="text"
      name="label"
      required
      maxlength="100"
      autocomplete="off"
      placeholder=${say('adminRecording.markerHint')}
      aria-label=${label}
    />
    <button class="button" ?disabled=${!enabled} aria-disabled=${host.busy ? 'true' : 'false'}>${icons.flag} ${say('adminRecording.markerSet')}</button>
  </form>`;
}
