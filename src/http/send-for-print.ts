import type { Response } from 'express';

/** What a report's page may load: its own styles, and nothing that runs. */
const withoutScript =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Shows a page that is made to be printed, instead of having it saved first; saved, it bears its name. */
export const sendForPrint = (response: Response, name: string, page: Uint8Array): void => {
  response.set('Content-Security-Policy', withoutScript);
  response.set('Content-Disposition', `inline; filename="${name}"`);
  response.type('html').send(Buffer.from(page));
};
