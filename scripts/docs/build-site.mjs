// Builds the documents in docs/ as a site in build/site, with llms.txt, its full text and the OpenAPI document beside it.
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vitepress';
import { folders, parts } from '../../docs/.vitepress/pages.ts';
import { openApiDocument } from '../../src/contract/http/open-api.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const site = `${root}build/site`;

const textOf = (page) => readFileSync(`${root}docs/${page}.md`, 'utf8');
const titleOf = (page) => /^# (.+)$/m.exec(textOf(page))?.[1] ?? page;

/** What a program that reads texts finds here: a line a page, by llmstxt.org. */
const listForPrograms = () =>
  [
    `# Huawu 话务`,
    `> ${/^# .+\n+(.+)$/m.exec(textOf('en/README'))?.[1] ?? ''}`,
    ...folders.flatMap((folder) =>
      parts.flatMap(({ title, pages }) => [
        `## ${title[folder]} (${folder})`,
        pages.map((page) => `- [${titleOf(`${folder}/${page}`)}](${folder}/${page}.md)`).join('\n'),
      ]),
    ),
  ].join('\n\n');

/** Every page of a language as one text. */
const fullText = () =>
  folders
    .flatMap((folder) =>
      parts.flatMap(({ pages }) => pages.map((page) => textOf(`${folder}/${page}`).trim())),
    )
    .join('\n\n---\n\n');

await build(`${root}docs`);
for (const folder of folders)
  for (const page of parts.flatMap(({ pages }) => pages)) {
    mkdirSync(`${site}/${folder}/${page}`.replace(/\/[^/]*$/, ''), { recursive: true });
    copyFileSync(`${root}docs/${folder}/${page}.md`, `${site}/${folder}/${page}.md`);
  }
copyFileSync(`${root}public/icon.svg`, `${site}/icon.svg`);
writeFileSync(`${site}/llms.txt`, `${listForPrograms()}\n`);
writeFileSync(`${site}/llms-full.txt`, `${fullText()}\n`);
writeFileSync(`${site}/openapi.json`, JSON.stringify(openApiDocument(), undefined, 1));

/** Places that a built page links to or shows, and that are not there. */
const missingFrom = (page) =>
  [
    ...readFileSync(`${site}/${page}`, 'utf8').matchAll(
      / (?:href|src)="(?!https?:|mailto:|data:|#)([^"#?]+)/g,
    ),
  ]
    .map(([, to]) => (to.startsWith('/') ? to.slice(1) : posix.join(posix.dirname(page), to)))
    .map((to) => (to === '' || to.endsWith('/') ? `${to}index.html` : to))
    .filter((to) => !existsSync(`${site}/${decodeURIComponent(to)}`))
    .map((to) => `${page} -> ${to}`);

const missing = globSync('**/*.html', { cwd: site }).flatMap(missingFrom);
for (const each of new Set(missing)) process.stderr.write(`not there: ${each}\n`);
if (missing.length > 0) process.exitCode = 1;
