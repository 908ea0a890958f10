import { createHash } from 'node:crypto';
import type { Response } from 'express';
import type { Language } from '../kernel/text.ts';
import { escapeHtml } from '../render/html.ts';
import { reportWords } from '../render/words.ts';

/** All that runs on a report's page: its button prints it. */
const script = "document.querySelector('.print-now').addEventListener('click',()=>window.print())";
const scriptHash = createHash('sha256').update(script).digest('base64');

/** What a report's page may load: its own styles, and nothing that runs but its button. */
const ownStyles = `default-src 'none'; script-src 'sha256-${scriptHash}'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** On the screen alone: paper has no button. */
const style =
  '.print-now{position:fixed;top:12px;right:12px;font:inherit;padding:4px 16px;border:1px solid #1d5f8a;border-radius:6px;background:#1d5f8a;color:#fff;cursor:pointer}@media print{.print-now{display:none}}';

/** Shows a page that is made to be printed, with a button that does, instead of having it saved first; saved, it bears its name. */
export const sendForPrint = (
  response: Response,
  name: string,
  page: Uint8Array,
  language: Language,
): void => {
  const button = `<button type="button" class="print-now">${escapeHtml(reportWords(language).printNow)}</button>`;
  const shown = new TextDecoder()
    .decode(page)
    .replace('</head>', () => `<style>${style}</style></head>`)
    .replace('</body>', () => `${button}<script>${script}</script></body>`);
  response.set('Content-Security-Policy', ownStyles);
  response.set('Content-Disposition', `inline; filename="${name}"`);
  response.type('html').send(Buffer.from(shown));
};
