/** `<gridcast-room-layout-panel>`: a host's view of the program to be: preview, arrangement, and what is written over it. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { handsOn } from '../controllers/focus-heir.ts';
import { screenTakesOver, setScreenTakesOver } from '../controllers/layout-changes.ts';
import type { HostDesk } from '../controllers/host-desk.ts';
import { type Preview, previewOf } from '../controllers/program-preview.ts';
import type { RoomFacts } from '../controllers/room-facts.ts';
import { tileRows } from '../controllers/tile-rows.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import './annotation-form.ts';
import { icons } from './icons.ts';
import './layout-form.ts';
import './notice.ts';
import './program-preview.ts';
import { layoutPanelStyles } from './room-layout-panel-styles.ts';

type Tab = 'layout' | 'annotation';
const TABS = [
  ['layout', 'layout.tabLayout'],
  ['annotation', 'layout.tabAnnotation'],
] as const;

/** Sends `gridcast-close` when its button is pressed. */
@customElement('gridcast-room-layout-panel')
export class GridcastRoomLayoutPanel extends LitElement {
  static override styles = [inherited, buttons, surfaces, panelParts, layoutPanelStyles];

  @property({ attribute: false }) desk!: HostDesk;
  @property({ attribute: false }) facts!: RoomFacts;
  /** Renewed by the owner whenever one of them changed. */
  @property({ type: Number }) revision = 0;
  @state() private tab: Tab = 'layout';
  readonly #words = new WordsUser(this);
  #loaded = false;

  override updated(changed: PropertyValues): void {
    const body = this.renderRoot.querySelector('.body');
    if (changed.has('tab') && body) body.scrollTop = 0;
  }

  override willUpdate(_changed: PropertyValues<this>): void {
    if (this.#loaded) return;
    this.#loaded = true;
    void this.desk.images.load();
  }

  /** Goes to the tab that is open. */
  begin(): void {
    this.renderRoot.querySelector<HTMLElement>('[role=tab][tabindex="0"]')?.focus();
  }

  override render(): TemplateResult {
    const { program } = this.facts;
    const waiting = html`<p class="hint waiting">${this.#words.say('layout.waiting')}</p>`;
    // One template for both: the tabs stay when there is something to show, and with them the focus.
    return html`${this.#head()} ${program ? this.#main(program) : waiting}`;
  }

  #main(program: NonNullable<RoomFacts['program']>): TemplateResult {
    const { speaking, roster } = this.facts;
    const rows = tileRows(roster);
    const preview = previewOf(this.desk.layout.preview, { rows, speaking }, program);
    return html`${this.#preview(preview)}
      <div class="body" role="tabpanel" id="tabpanel" aria-labelledby="tab-${this.tab}" tabindex="0">
        ${
          this.tab === 'layout'
            ? html`<gridcast-layout-form
                .editor=${this.desk.layout}
                .revision=${this.revision}
                .rows=${rows}
                .speaker=${speaking.speaker}
                .preview=${preview}
              ></gridcast-layout-form>`
            : html`<gridcast-annotation-form
                .editor=${this.desk.annotation}
                .images=${this.desk.images}
                .revision=${this.revision}
              ></gridcast-annotation-form>`
        }
      </div>
      ${this.#foot()}`;
  }

  #head(): TemplateResult {
    const title = this.#words.say('layout.title');
    return html`<div class="top">
      <h2 class="visually-hidden">${title}</h2>
      <div class="tabs" role="tablist" aria-label=${title}>
        ${TABS.map(([tab, word]) => this.#tab(tab, this.#words.say(word)))}
      </div>
      <button class="tool large" type="button" aria-label=${this.#words.say('layout.close')} @click=${this.#close}>
        ${icons.close}
      </button>
    </div>`;
  }

  #tab(tab: Tab, word: string): TemplateResult {
    const selected = tab === this.tab;
    return html`<button
      type="button"
      role="tab"
      id="tab-${tab}"
      aria-selected=${selected ? 'true' : 'false'}
      aria-controls="tabpanel"
      tabindex=${selected ? '0' : '-1'}
      @click=${() => {
        this.tab = tab;
      }}
      @keydown=${this.#onTabKey}
    >
      ${word}
    </button>`;
  }

  #preview(preview: Preview): TemplateResult {
    const { layout, annotation, images } = this.desk;
    const ruled = preview.policy !== layout.preview.policy;
    return html`<div class="preview">
      <gridcast-program-preview
        .preview=${preview}
        .annotation=${annotation.value}
        .title=${this.facts.title}
        .logo=${images.logo.url}
        .background=${images.background.url}
        ?moving=${layout.preview.transition === 'animate'}
      ></gridcast-program-preview>
      <p class="caption">
        ${
          layout.dirty
            ? html`<span class="badge warn">${this.#words.say('layout.draft')}</span> ${this.#words.say('layout.draftHint')}`
            : html`<span class="badge good">${this.#words.say('layout.current')}</span>`
        }
        ${ruled && this.tab === 'layout' ? this.#ruled(preview) : nothing}
      </p>
    </div>`;
  }

  /** Else a host would choose and choose, and see nothing change. */
  #ruled({ policy }: Preview): TemplateResult {
    const { layout } = this.desk;
    const screen = policy === 'presentation' && screenTakesOver(layout.draft);
    const lift = (): void => layout.change(screen ? setScreenTakesOver(layout.draft, false) : { rules: [] });
    const shown = this.#words.say(`policy.${policy}`);
    return html`<span class="hint">
        ${this.#words.say(screen ? 'layout.ruledByScreen' : 'layout.ruled', { policy: shown })}
      </span>
      <button class="button small" type="button" @click=${lift}>
        ${this.#words.say('layout.overrule', { policy: this.#words.say(`policy.${layout.draft.policy}`) })}
      </button>`;
  }

  #foot(): TemplateResult | typeof nothing {
    const { layout } = this.desk;
    const { problem, dirty, mayUndo, elsewhere, faults, busy } = layout;
    // A button that is off for a moment would lose the focus.
    const idle = (): boolean => !layout.busy;
    if (!problem && !dirty && !mayUndo) return nothing;
    return html`<div class="foot">
      ${
        problem
          ? html`<gridcast-notice tone="error" heading=${this.#words.say('layout.failed')}>
              ${this.#words.words.problem(problem).detail}
            </gridcast-notice>`
          : nothing
      }
      ${elsewhere ? html`<p class="hint">${this.#words.say('layout.elsewhere')}</p>` : nothing}
      <div class="actions">
        ${
          dirty
            ? html`<button
                  class="button primary"
                  type="button"
                  ?disabled=${faults.size > 0}
                  aria-disabled=${busy ? 'true' : 'false'}
                  @click=${() => idle() && void layout.apply()}
                  ${handsOn()}
                >
                  ${this.#words.say(busy ? 'layout.applying' : 'layout.apply')}
                </button>
                <button
                  class="button"
                  type="button"
                  aria-disabled=${busy ? 'true' : 'false'}
                  @click=${() => idle() && layout.discard()}
                  ${handsOn()}
                >
                  ${this.#words.say('layout.discard')}
                </button>
                <span class="hint">${this.#words.say(faults.size > 0 ? 'layout.faulty' : 'layout.notApplied')}</span>`
            : html`<span class="hint" role="status">${this.#words.say('layout.applied')}</span>
                <button
                  class="button small"
                  type="button"
                  aria-disabled=${busy ? 'true' : 'false'}
                  @click=${() => idle() && void layout.undo()}
                  ${handsOn()}
                >
                  ${this.#words.say('layout.undo')}
                </button>`
        }
      </div>
    </div>`;
  }

  readonly #onTabKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = TABS.findIndex(([tab]) => tab === this.tab);
    this.tab = TABS.at((at + step) % TABS.length)?.[0] ?? 'layout';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${this.tab}`)?.focus());
  };

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('gridcast-close'));
  };
}
