/** One file as a row: shared, or on its way. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FileView } from '../../src/protocol/files.ts';
import type { UploadQueue, UploadView } from '../controllers/upload-queue.ts';
import type { Words } from '../i18n/words.ts';
import { extensionOf, previewKind } from '../util/file-words.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { icons } from './icons.ts';

/** What can be done with a shared file. */
export interface FileActs {
  readonly open: (file: FileView) => void;
  readonly download: (file: FileView) => void;
  /** Undefined for whoever may not. */
  readonly remove?: ((file: FileView) => void) | undefined;
  readonly copy?: (text: string) => void;
}

/** A file that everybody in the room has. */
export function fileRow(file: FileView, own: boolean, words: Words, acts: FileActs): TemplateResult {
  const { name, size, by, sha256, expires } = file;
  const who = own ? words.say('files.you') : by.name;
  return html`<div class="file" data-file=${file.id}>
    ${sign(name)}
    <div class="words">
      <span class="name" title=${name}>${name}</span>
      <span class="facts" dir="auto">${words.say('files.by', { size: formatBytes(size, words.locale), name: who })}</span>
    </div>
    <div class="does">
      ${previewKind(file.type) === undefined ? nothing : tool(icons.eye, words.say('files.open', { name }), () => acts.open(file))}
      ${tool(icons.download, words.say('files.download', { name }), () => acts.download(file))}
      ${acts.remove ? tool(icons.trash, words.say('files.delete', { name }), () => acts.remove?.(file)) : nothing}
    </div>
    ${acts.copy && sha256 !== undefined ? checksum(name, sha256, words, acts.copy) : nothing}
    ${
      acts.copy && expires !== undefined
        ? html`<p class="wide facts">
            ${words.say('files.expires', { date: new Date(expires).toLocaleDateString(words.dateLocale) })}
          </p>`
        : nothing
    }
  </div>`;
}

/** A file that this page sends. */
export function uploadRow(upload: UploadView, words: Words, queue: UploadQueue): TemplateResult {
  const { key, name, size, sent, state, problem } = upload;
  const percent = size === 0 ? 100 : Math.floor((sent / size) * 100);
  const over = state === 'paused' || state === 'failed' || state === 'retrying';
  return html`<div class="file ${over ? 'over' : ''}" data-state=${state}>
    ${sign(name)}
    <div class="words">
      <span class="name" title=${name}>${name}</span>
      <span class="facts">${figures(upload, words)}</span>
    </div>
    <div class="does">
      ${
        state === 'sending' || state === 'waiting' || state === 'retrying'
          ? tool(icons.pause, words.say('files.pause', { name }), () => queue.pause(key))
          : nothing
      }
      ${state === 'paused' ? tool(icons.play, words.say('files.resume', { name }), () => queue.resume(key)) : nothing}
      ${state === 'failed' ? tool(icons.retry, words.say('files.again', { name }), () => queue.resume(key)) : nothing}
      ${tool(
        icons.close,
        words.say(state === 'done' ? 'files.dismiss' : 'files.cancel', { name }),
        () => void queue.cancel(key),
      )}
    </div>
    ${
      state === 'done'
        ? nothing
        : html`<progress
            class="wide"
            max=${Math.max(1, size)}
            .value=${size === 0 ? 1 : sent}
            aria-label=${words.say('files.progress', { name, percent })}
          ></progress>`
    }
    ${problem === undefined ? nothing : html`<p class="wide error" role="alert">${words.say('files.failed', { reason: words.problem(problem).detail })}</p>`}
  </div>`;
}

/** A square with the kind of a file. */
export function sign(name: string): TemplateResult {
  const kind = extensionOf(name);
  return html`<span class="sign" aria-hidden="true">${kind === '' ? icons.file : kind}</span>`;
}

function checksum(name: string, sum: string, words: Words, copy: (text: string) => void): TemplateResult {
  return html`<p class="wide sum">
    <span>${words.say('files.checksum')}</span>
    <code title=${sum}>${sum}</code>
    ${tool(icons.copy, words.say('files.copySum', { name }), () => copy(sum))}
  </p>`;
}

function figures({ size, sent, state, pace }: UploadView, words: Words): string {
  const bytes = (much: number): string => formatBytes(much, words.locale);
  switch (state) {
    case 'waiting':
    case 'paused':
    case 'retrying':
    case 'done':
      return words.say(`files.${state}`);
    case 'failed':
      return words.say('files.sent', { sent: bytes(sent), size: bytes(size) });
    case 'sending': {
      if (sent >= size) return words.say('files.checking');
      const { rate, leftS } = pace;
      const parts = [words.say('files.sent', { sent: bytes(sent), size: bytes(size) })];
      if (rate !== undefined) parts.push(words.say('files.rate', { rate: bytes(rate) }));
      if (leftS !== undefined) parts.push(words.say('files.left', { time: formatDuration(leftS) }));
      return parts.join(' · ');
    }
  }
}

function tool(icon: TemplateResult, word: string, act: () => void): TemplateResult {
  return html`<button class="tool" type="button" aria-label=${word} title=${word} @click=${act}>${icon}</button>`;
}
