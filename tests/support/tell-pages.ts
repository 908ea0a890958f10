import { afterEach } from 'vitest';
import { openedPages } from './opened-pages.ts';

const longest = 1500;

/** A browser test that fails says what its pages showed, with its first error: where only that is kept, it is seen there. */
afterEach(async ({ task }) => {
  const [error] = task.result?.state === 'fail' ? (task.result.errors ?? []) : [];
  for (const page of openedPages) {
    if (page.isClosed()) openedPages.delete(page);
    else if (error !== undefined) {
      const shown = await page
        .locator('body')
        .innerText({ timeout: 5000 })
        .catch(() => '');
      const told = `\nShown at ${page.url()}: ${shown.replaceAll(/\s+/g, ' ').slice(0, longest)}`;
      error.message += told;
      error.stack = `${error.message}\n${error.stack ?? ''}`;
    }
  }
});
