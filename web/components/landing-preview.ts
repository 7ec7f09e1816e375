/** The picture on the landing page: what a program looks like, drawn. */
import { html, type TemplateResult } from 'lit';

/** For the eye only. */
export const landingPreview: TemplateResult = html`<div class="preview" aria-hidden="true">
  <div class="tile one"><i></i><b>Aiko</b></div>
  <div class="tile two"><i></i><b>Björn</b></div>
  <div class="tile three"><i></i><b>Chidi</b></div>
  <div class="tile four"><i></i><b>Dalia</b></div>
  <span class="on-air">REC</span>
  <span class="clock">2031-05-14 &nbsp;14:03:27.480 +02:00</span>
</div>`;
