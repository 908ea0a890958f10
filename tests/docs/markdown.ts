import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every page that a reader of the repository meets, from its root. */
export const allPages: readonly string[] = [
  ...globSync('*.md', { cwd: root }),
  ...globSync('docs/**/*.md', { cwd: root }),
].toSorted();

export const textOf = (page: string): string => readFileSync(`${root}${page}`, 'utf8');

/** A page without what stands in fences. */
export const withoutCode = (text: string): string => text.replaceAll(/^```[^]*?^```$/gm, '');

export interface Heading {
  readonly level: number;
  readonly title: string;
}

export const headingsOf = (text: string): Heading[] =>
  [...withoutCode(text).matchAll(/^(#+) (.+)$/gm)].map(([, marks = '', title = '']) => ({
    level: marks.length,
    title: title.replaceAll('`', ''),
  }));

/** The anchor of a heading as code forges make it. */
const forgeAnchor = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

/** The anchor of a heading as the site makes it. */
const siteAnchor = (title: string): string =>
  title
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .replaceAll(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toLowerCase();

/** Anchors of a page that hold in the repository and on the site. */
export const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    headingsOf(text)
      .map(({ title }) => title)
      .filter((title) => forgeAnchor(title) === siteAnchor(title))
      .map(siteAnchor),
  );

/** Links and pictures of a page that lead to a file, with their anchors. */
export const linksOf = (text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, to = '']) => to);
