import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A folder of the product itself: the models that workspaces start from, the demo's data, the built page. */
export const productFolder = (name: 'models' | 'data' | 'public'): string =>
  fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The product's version, as its package says. */
export const productVersion = (): string => {
  const about = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return about.version;
};
