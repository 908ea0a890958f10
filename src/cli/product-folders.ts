import { fileURLToPath } from 'node:url';

/** A folder of the product itself: the models that workspaces start from, the demo's data, the built page. */
export const productFolder = (name: 'models' | 'data' | 'public'): string =>
  fileURLToPath(new URL(`../../${name}`, import.meta.url));
