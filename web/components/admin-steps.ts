/** `<gridcast-admin-steps>`: how the archive of a recording is made, step by step, and what its jobs have said. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RecordingInfo, RecordingStep } from '../api-types.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { stepWords } from '../util/recording-words.ts';
import { archiveReason } from './admin-notices.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import { icons } from './icons.ts';

const STATES = { waiting: 'steps.waiting', done: 'steps.done', ready: 'steps.done', failed: 'steps.failed' } as const;

/** Shows nothing where the server tells nothing of it. */
@customElement('gridcast-admin-steps')
export class GridcastAdminSteps extends LitElement {
  static override styles = [
    inherited,
    surfaces,
    adminSectionStyles,
    css`
      .sign {
        display: grid;
        flex: none;
        width: 24px;
        height: 24px;
        place-items: center;
        color: var(--gc-muted);
      }
      .sign svg {
        width: 20px;
        height: 20px;
      }
      .sign .spinner {
        width: 18px;
        height: 18px;
        border-width: 2px;
      }
      .done .sign,
      .ready .sign {
        color: var(--gc-accent);
      }
      li > small:last-child {
        margin-left: auto;
        text-align: right;
      }
      .failed .sign {
        color: var(--gc-danger);
      }
      summary {
        width: fit-content;
        border-radius: 4px;
        color: var(--gc-accent);
        font-weight: 600;
        cursor: pointer;
      }
      pre {
        max-height: 18rem;
        margin: 0.6rem 0 0;
        padding: 0.8rem;
        overflow: auto;
        border-radius: var(--gc-radius-small);
        background: var(--gc-bg);
        font:
          0.82rem/1.5 ui-monospace,
          monospace;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];

  @property({ attribute: false }) recording!: RecordingInfo;
  readonly #words = new WordsUser<AdminKey>(this);

  override render(): TemplateResult | typeof nothing {
    const { steps = [], log = [] } = this.recording;
    if (steps.length === 0 && log.length === 0) return nothing;
    const { say } = this.#words.words;
    return html`<section class="card-section" aria-labelledby="steps">
      <h2 id="steps">${say('steps.title')}</h2>
      <ul class="rows">
        ${steps.map((step) => this.#step(step))}
      </ul>
      ${
        log.length === 0
          ? nothing
          : html`<details>
              <summary>${say('steps.log')}</summary>
              <pre tabindex="0" lang="en" aria-label=${say('steps.logName')}>${log.join('\n')}</pre>
            </details>`
      }
    </section>`;
  }

  #step(step: RecordingStep): TemplateResult {
    const { name, state, progress = 0, attempts = 0 } = step;
    const { words } = this.#words;
    const what = stepWords(name, words);
    const percent = words.say('steps.percent', { percent: Math.round(progress * 100) });
    const said = state === 'active' ? percent : words.say(STATES[state]);
    return html`<li class=${state}>
      <span class="sign">
        ${
          state === 'active'
            ? html`<span class="spinner"></span>`
            : { waiting: icons.clock, done: icons.check, ready: icons.check, failed: icons.warning }[state]
        }
      </span>
      <div class="grow">
        <b>${what}</b>
        ${
          state === 'active'
            ? html`<progress max="1" .value=${progress} aria-label=${what}>${percent}</progress>`
            : nothing
        }
        ${state === 'done' ? nothing : this.#reason(step)}
      </div>
      <small>${attempts > 1 ? words.say('steps.attempt', { state: said, number: attempts }) : said}</small>
    </li>`;
  }

  #reason(step: RecordingStep): TemplateResult | typeof nothing {
    const reason = archiveReason(this.#words.words, step);
    return reason === nothing ? nothing : html`<small class="bad">${reason}</small>`;
  }
}
