// Builds the documents in docs/ as a site in build/site, with llms.txt, its full text and the OpenAPI document beside it.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
