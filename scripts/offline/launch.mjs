// Started by a double click on Huawu.cmd, Huawu.command or huawu.sh: the web app in a browser, its data beside the
// folder's start file or where data-folder.txt or HUAWU_WORKSPACE says. With arguments: that command.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const told = join(home, 'data-folder.txt');
const toldFolder = existsSync(told)
  ? readFileSync(told, 'utf8')
      .replace(/^\uFEFF/, '')
      .trim()
  : '';

// A relative path is one from the start file, not from wherever the program was started.
process.env.HUAWU_WORKSPACE ||= resolve(home, toldFolder || 'data');
if (process.argv.length === 2) process.argv.push('start', '--browser');
await import('./node_modules/huawu/lib/cli/main.js');
