// Runs every command of the tutorials, in their order, on a demo made for it, and holds what they print to what the pages
// show: `npm run docs:try`. Takes some minutes a language; `npm test` runs the pages that need no demo.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folders, parts } from '../../docs/.vitepress/pages.ts';
import { shownCommands } from '../../tests/docs/command-lines.ts';
import { root } from '../../tests/docs/markdown.ts';
import { faultsOf, runsByItself } from '../../tests/docs/run-commands.ts';

const tutorials = parts.flatMap(({ pages }) => pages).filter((page) => page.startsWith('tutorials/'));

for (const language of folders) {
  const folder = mkdtempSync(join(tmpdir(), 'huawu-pages-'));
  copyFileSync(`${root}docs/public/example/traffic.csv`, join(folder, 'traffic.csv'));
  for (const page of tutorials)
    for (const command of shownCommands(`docs/${language}/${page}.md`).filter(runsByItself)) {
      const started = Date.now();
      const faults = faultsOf(folder, command);
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(
        `${faults.length === 0 ? 'ok' : 'FAILED'}  ${seconds} s  huawu ${command.words.join(' ')}\n`,
      );
      for (const fault of faults) process.stdout.write(`        ${fault}\n`);
      if (faults.length > 0) process.exitCode = 1;
    }
  rmSync(folder, { recursive: true });
}
