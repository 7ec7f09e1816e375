/** `<gridcast-admin-worker-wait>`: why archives or renderings do not get on, where the server knows it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ApiClient } from '../api-client.ts';
import { Poller } from '../controllers/poller.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';
import { checkDetail, checkName } from '../util/check-words.ts';
import './notice.ts';

const REFRESH_MS = 5000;

const WORDS = {
  archives: { title: 'archiveWait.title', kept: 'archiveWait.kept' },
  renders: { title: 'renderWait.title', kept: 'renderWait.kept' },
} as const;

/** Stands beside what is awaited. Asks `/readyz` every 5 s, and shows nothing while all is well. */
@customElement('gridcast-admin-worker-wait')
export class GridcastAdminWorkerWait extends LitElement {
  static override styles = [
    inherited,
    css`
      /* Where it stands, nothing takes no room. */
      :host {
        display: contents;
      }
    `,
  ];

  @property({ attribute: false }) api!: ApiClient;
  /** What is awaited, as the server calls it. */
  @property() what: 'archives' | 'renders' = 'archives';
  readonly #words = new WordsUser<AdminKey>(this);
  readonly #health = new Poller(
    this,
    () => REFRESH_MS,
    (signal) => this.api.health(signal),
  );

  override render(): TemplateResult | typeof nothing {
    const { redis, [this.what]: attended } = this.#health.value ?? {};
    const { words } = this.#words;
    const reason =
      redis?.ok === false
        ? `${checkName('redis', words)}: ${checkDetail(redis, words)}`
        : attended?.ok === false && checkDetail(attended, words);
    if (reason === undefined || reason === false) return nothing;
    const { title, kept } = WORDS[this.what];
    return html`<gridcast-notice tone="warning" heading=${words.say(title)}>
      ${reason} ${words.say(kept)}
    </gridcast-notice>`;
  }
}
