// Runs every command that the documents print, page by page, on a demo made for it, and holds what they print to what the
// pages show: `npm run docs:try`. Takes some minutes a language; `npm run docs:try -- en how-to/plans` tries one of them.
// `--renew` writes lines whose figures alone have changed into the pages; the sentences around them are read by hand.
// `npm test` runs the pages that need no demo.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folders, parts, type Folder } from '../../docs/.vitepress/pages.ts';
import { shownCommands, type ShownCommand } from '../../tests/docs/command-lines.ts';
import { root, textOf } from '../../tests/docs/markdown.ts';
import { runsByItself, tryShown, type OutdatedLine } from '../../tests/docs/run-commands.ts';
import { startPostgres, type PostgresServer } from '../../tests/support/postgres-server.ts';
import { standsUp, type Running } from './stands-up.ts';

const asked = process.argv.slice(2).filter((word) => word !== '--renew');
const renews = process.argv.includes('--renew');
const isAsked = (name: string): boolean => asked.includes(name);
const languages = folders.filter((folder) => isAsked(folder) || !folders.some(isAsked));
const pages = parts.flatMap((part) => part.pages).filter((page) => !page.startsWith('reference/commands'));
const tutorials = pages.filter((page) => page === 'start' || page.startsWith('tutorials/'));
const others = pages.filter((page) => !tutorials.includes(page));
const only = asked.filter((name) => pages.includes(name));

/** Commands with a word that stands for something of the reader's own. */
const isOfTheReaders = ({ words }: ShownCommand): boolean =>
  words.some((word) => word === '…' || word === 'FILE' || word === 'ID' || word.startsWith('ID@'));

/** What a page names and cannot be everywhere: databases of its own, an address for the whole machine. */
const standIns = async (database: PostgresServer): Promise<Readonly<Record<string, string>>> => ({
  'postgres://huawu:PASSWORD@db.example:5432/huawu': await database.makeDatabase(
    `moved${String(Date.now())}`,
  ),
  'postgres://huawu:change-me@127.0.0.1:5432/huawu': await database.makeDatabase(`team${String(Date.now())}`),
  '0.0.0.0': '127.0.0.1',
  // The last tutorial plans the week before the one that the demo begins with.
  '2026-11-24T10:30': '2026-11-17T10:30',
});

const shownOn = (language: Folder, page: string): ShownCommand[] =>
  shownCommands(`docs/${language}/${page}.md`).filter((command) => !isOfTheReaders(command));

/** Servers and workers that a page has started: they go on while its other commands are typed. */
const running: Running[] = [];

/** Another server of a workspace takes the place of the one before. */
const stopThoseLike = async (words: readonly string[]): Promise<string[]> => {
  const place = words[words.indexOf('--workspace') + 1] ?? '';
  const before = running.findIndex(
    (each) => words[0] === 'serve' && each.words[0] === 'serve' && each.words.includes(place),
  );
  return before < 0 ? [] : ((await running.splice(before, 1)[0]?.stop()) ?? []);
};

const start = async (folder: string, words: readonly string[]): Promise<string[]> => {
  const faults = await stopThoseLike(words);
  const started = await standsUp(folder, words);
  if (typeof started === 'string') return [...faults, started];
  running.push(started);
  return faults;
};

const stopAll = async (): Promise<void> => {
  for (const each of running.splice(0))
    for (const fault of await each.stop()) {
      process.stdout.write(`FAILED  ${fault}\n`);
      process.exitCode = 1;
    }
};

/** Commands by which a page has invited people. */
const invited: ShownCommand[] = [];

/** A page that begins the same workspace once more shows another way to the same people: what was made before it goes. */
const makeRoom = async (folder: string, words: readonly string[]): Promise<boolean> => {
  const place = words[words.indexOf('--workspace') + 1];
  if (words[0] !== 'init' || place === undefined) return false;
  await stopAll();
  const before = existsSync(join(folder, place));
  rmSync(join(folder, place), { recursive: true, force: true });
  return before;
};

/** Puts what is printed now in the place of what the page shows. */
const renew = (page: string, outdated: readonly OutdatedLine[]): void => {
  const file = `${root}docs/${page}.md`;
  const before = readFileSync(file, 'utf8');
  const after = outdated.reduce(
    (text, { shown, printed }) => (printed === undefined ? text : text.replace(`${shown}\n`, `${printed}\n`)),
    before,
  );
  if (after !== before) writeFileSync(file, after);
};

const tryCommand = async (
  folder: string,
  page: string,
  command: ShownCommand,
  instead: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const started = Date.now();
  const typed = { ...command, words: command.words.map((word) => instead[word] ?? word) };
  const again = await makeRoom(folder, typed.words);
  const { faults, outdated } = runsByItself(typed)
    ? tryShown(folder, typed)
    : { faults: await start(folder, typed.words), outdated: [] };
  if (again) for (const person of invited) tryShown(folder, person);
  if (typed.words[1] === 'add-user') invited.push(typed);
  if (renews) renew(page, outdated);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${faults.length === 0 ? 'ok' : 'FAILED'}  ${seconds} s  huawu ${command.words.join(' ')}\n`,
  );
  for (const fault of faults) process.stdout.write(`        ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
};

/** Files that pages name: the example, the queueing model that data-formats shows. */
const layOut = (folder: string, language: Folder): void => {
  cpSync(`${root}docs/public/example/traffic.csv`, join(folder, 'traffic.csv'));
  const blocks = textOf(`docs/${language}/reference/data-formats.md`).matchAll(/^```json\n([^]*?)^```/gm);
  const model = Array.from(blocks, ([, text = '']) => text).find((text) => text.includes('"pools"')) ?? '';
  for (const name of ['model', 'm-design', 'n-design']) writeFileSync(join(folder, `${name}.json`), model);
};

/** The tutorials follow one another; any other page is tried in a copy of what they leave, or starts with a workspace. */
const tryLanguage = async (language: Folder, database: PostgresServer): Promise<void> => {
  const made = mkdtempSync(join(tmpdir(), 'huawu-pages-'));
  const whole = join(made, 'whole');
  cpSync(`${root}docs/public/example`, whole, { recursive: true });
  layOut(whole, language);
  try {
    const first = only.length === 0 ? tutorials : ['start', 'tutorials/own-line'];
    for (const page of first)
      for (const command of shownOn(language, page)) await tryCommand(whole, `${language}/${page}`, command);
    for (const page of only.length === 0 ? others : only) {
      const commands = shownOn(language, page);
      if (commands.length === 0) continue;
      process.stdout.write(`${language}/${page}\n`);
      const folder = join(made, page.replace('/', '-'));
      if (commands[0]?.words[0] === 'init') cpSync(`${root}docs/public/example`, folder, { recursive: true });
      else cpSync(whole, folder, { recursive: true });
      const instead = await standIns(database);
      for (const command of commands) await tryCommand(folder, `${language}/${page}`, command, instead);
      await stopAll();
      invited.length = 0;
      rmSync(folder, { recursive: true });
    }
  } finally {
    await stopAll();
    rmSync(made, { recursive: true });
  }
};

const database = await startPostgres();
if (database === undefined) throw new Error('no PostgreSQL');
try {
  for (const language of languages) await tryLanguage(language, database);
} finally {
  await database.close();
}
