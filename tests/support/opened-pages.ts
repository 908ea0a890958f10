import type { Page } from 'playwright-core';

/** Pages that tests of this process have opened. */
export const openedPages = new Set<Page>();
