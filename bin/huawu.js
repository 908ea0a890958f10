#!/usr/bin/env node
// Runs the command line on the Node that the project brings along, whatever Node started this file.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findNode, keepingCompiled, prepare } from '../scripts/prepare.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiled = fileURLToPath(new URL('../lib/cli/main.js', import.meta.url));
const main = existsSync(compiled) ? compiled : fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

await prepare(root, { app: false });
const child = spawn(findNode(root), [main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: keepingCompiled(process.env),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    // A terminal interrupts both: a second one would end at once what is ending in order.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
// npm and npx die of a signal without passing it on: what they leave behind would serve on unseen.
if (process.env.npm_command !== undefined && process.platform !== 'win32') {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 500);
  child.on('close', () => clearInterval(watch));
}
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
