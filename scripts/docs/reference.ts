// The reference pages of docs/ in both languages, made from what the program is: commands from their help, columns from
// the records, models and HTTP from their schemas. `npm run docs:reference` writes them; a test holds them to it.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Language } from '../../src/kernel/text.ts';
import { columnsPage } from './columns-page.ts';
import { commandsPage } from './commands-page.ts';
import { httpPage } from './http-page.ts';
import { modelsPage } from './models-page.ts';

const folders: Readonly<Record<Language, string>> = { 'zh-CN': 'zh', en: 'en' };

const makers: Readonly<Record<string, (language: Language) => string | Promise<string>>> = {
  commands: commandsPage,
  columns: columnsPage,
  models: modelsPage,
  http: httpPage,
};

/** Every generated page: its place below docs/ and its text. */
export const referencePages = async (): Promise<ReadonlyMap<string, string>> => {
  const pages = new Map<string, string>();
  for (const language of ['zh-CN', 'en'] as const)
    for (const [name, make] of Object.entries(makers))
      pages.set(`${folders[language]}/reference/${name}.md`, `${(await make(language)).trimEnd()}\n`);
  return pages;
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [page, text] of await referencePages())
    writeFileSync(fileURLToPath(new URL(`../../docs/${page}`, import.meta.url)), text);
