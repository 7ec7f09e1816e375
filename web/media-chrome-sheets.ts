/** Builds media-chrome so that it works under a policy without inline styles: its style elements become sheets. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const HELPER = JSON.stringify(fileURLToPath(new URL('./util/adopted-styles.ts', import.meta.url)));
const FILLS = [
  'this.shadowRoot.setHTMLUnsafe ? this.shadowRoot.setHTMLUnsafe(html) : this.shadowRoot.innerHTML = html',
  'this.shadowRoot.innerHTML = this.constructor.getTemplateHTML(attrs)',
] as const;
const RULES = [
  ['function getCSSRule(styleParent, predicate) {', 'return findRule(styleParent, predicate);'],
  ['function insertCSSRule(styleParent, selectorText) {', 'return insertRule(styleParent, selectorText);'],
] as const;

/** Fails the build when a version of media-chrome is written otherwise. */
export function mediaChromeSheets(): Plugin {
  return {
    name: 'gridcast-media-chrome-sheets',
    enforce: 'pre',
    transform(code, id) {
      const file = id.split('/media-chrome/dist/')[1];
      if (file === undefined) return undefined;
      if (file === 'utils/element-utils.js') {
        if (!RULES.every(([head]) => code.includes(head))) this.error('media-chrome sets its rules in another way now');
        const changed = RULES.reduce((text, [head, body]) => text.replace(head, `${head}\n  ${body}`), code);
        return { code: `import { findRule, insertRule } from ${HELPER};\n${changed}`, map: null };
      }
      if (!code.includes('<style') || !code.includes('attachShadow')) return undefined;
      const [long, short] = FILLS;
      const changed = code
        .replace(long, 'fillRoot(this.shadowRoot, html)')
        .replace(short, 'fillRoot(this.shadowRoot, this.constructor.getTemplateHTML(attrs))');
      if (changed === code) this.error(`media-chrome fills the root of ${file} in another way now`);
      return { code: `import { fillRoot } from ${HELPER};\n${changed}`, map: null };
    },
  };
}
