// Run by scripts/offline/try.mjs with the folder's own Node, as another user, in a network of which only the loopback is
// there: what a person without network would do with the unpacked folder. Its path is the first argument.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [home, scratch] = process.argv.slice(2);
const start = join(home, 'huawu.sh');
const bin = join(scratch, 'bin');
const opened = join(scratch, 'opened.txt');
/** Nothing is found on this path but a browser that notes what it is asked to open. */
const env = { PATH: bin, HOME: join(scratch, 'nobody'), LANG: 'C.UTF-8' };

const check = async (what, body) => {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  try {
    const more = await body();
    process.stdout.write(`ok  ${seconds()} s  ${what}${more === undefined ? '' : `: ${more}`}\n`);
  } catch (error) {
    process.stdout.write(`FAILED  ${seconds()} s  ${what}: ${error.message}\n`);
    process.exitCode = 1;
  }
};
const claim = (holds, said) => {
  if (!holds) throw new Error(said);
};
const huawu = (...args) => {
  const { status, stdout, stderr, error } = spawnSync(start, args, { cwd: scratch, env, encoding: 'utf8' });
  claim(status === 0, `huawu ${args.join(' ')}: ${error?.message ?? status}\n${stdout}${stderr}`);
  return stdout;
};
const until = async (holds, millis = 120_000) => {
  const end = Date.now() + millis;
  while (!holds()) {
    claim(Date.now() < end, 'nothing happened');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/** Calls of six weeks by half-hour, as a switchboard would export them. */
const ownCalls = () => {
  const rows = ['queue,start,offered,answered,abandoned,handle_seconds_total'];
  for (let slot = 0; slot < 42 * 48; slot += 1) {
    const at = new Date(Date.UTC(2026, 9, 5) + slot * 1_800_000);
    const hour = at.getUTCHours();
    const busy = hour >= 8 && hour < 20 ? 30 - Math.abs(hour - 11) : 3;
    const offered = Math.round(busy * ([0, 6].includes(at.getUTCDay()) ? 0.5 : 1) + (slot % 5));
    const abandoned = Math.floor(offered / 20);
    const answered = offered - abandoned;
    rows.push(`main,${at.toISOString().slice(0, 19)},${offered},${answered},${abandoned},${answered * 240}`);
  }
  return `${rows.join('\n')}\n`;
};

mkdirSync(bin, { recursive: true });
writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > '${opened}'\n`, { mode: 0o755 });

await check('no network', () => {
  const names = Object.keys(networkInterfaces());
  claim(
    names.every((name) => name === 'lo'),
    names.join(' '),
  );
  claim(process.getuid() !== 0, 'this is root');
  return `loopback only, user ${process.getuid()}`;
});

await check('the demo is planned', () => {
  const plan = huawu('start', '--once', '--lang', 'en');
  claim(/connection rate/i.test(plan), plan);
  claim(
    existsSync(join(home, 'data', 'settings.json')) || existsSync(join(home, 'data', 'models')),
    'no data',
  );
  return `${join(home, 'data')} beside the start file`;
});

await check('a file of one’s own, a plan, reports', () => {
  const workspace = ['--workspace', join(scratch, 'own line 热线')];
  writeFileSync(join(scratch, 'calls.csv'), ownCalls());
  huawu('init', '--timezone', 'Asia/Shanghai', '--country', 'CN', ...workspace);
  huawu('ingest', 'traffic', join(scratch, 'calls.csv'), ...workspace);
  huawu('plan', ...workspace);
  const sizes = ['week.html', 'week.xlsx', 'week.zip'].map((name) => {
    huawu('report', '--plan', 'latest', '--out', join(scratch, name), ...workspace);
    return `${name} ${Math.round(statSync(join(scratch, name)).size / 1000)} kB`;
  });
  claim(/<html/i.test(readFileSync(join(scratch, 'week.html'), 'utf8')), 'no page');
  return sizes.join(', ');
});

await check('data where data-folder.txt says', () => {
  writeFileSync(join(home, 'data-folder.txt'), '\uFEFFelsewhere\r\n');
  huawu('init', '--timezone', 'Asia/Shanghai', '--country', 'CN');
  claim(existsSync(join(home, 'elsewhere', 'models')), 'not there');
  writeFileSync(join(home, 'data-folder.txt'), '');
});

await check('a double click opens the page in a browser; a second one the same server', async () => {
  const open = () => spawn(start, [], { cwd: '/', env, stdio: ['ignore', 'ignore', 'inherit'] });
  const server = open();
  await until(() => existsSync(opened) && readFileSync(opened, 'utf8') !== '');
  const file = readFileSync(opened, 'utf8');
  claim((statSync(file).mode & 0o077) === 0, `others may read ${file}`);
  const [, address = ''] = /url=([^"]+)/.exec(readFileSync(new URL(pathToFileURL(file)), 'utf8')) ?? [];
  const { origin } = new URL(address);
  const letIn = await fetch(address, { redirect: 'manual' });
  const cookie = (letIn.headers.get('set-cookie') ?? '').split(';')[0];
  const page = await fetch(origin, { headers: { cookie } }).then((answer) => answer.text());
  const scripts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to]) => to);
  claim(scripts.length > 0 && !scripts.some((to) => /^(?:https?:)?\/\//.test(to)), scripts.join(' '));
  for (const to of scripts) {
    const { status } = await fetch(new URL(to, origin), { headers: { cookie } });
    claim(status === 200, `${to}: ${status}`);
  }
  const workspace = await fetch(`${origin}/api/v1/workspace`, { headers: { cookie } });
  claim(workspace.status === 200, `the workspace answers ${workspace.status}`);
  writeFileSync(opened, '');
  await new Promise((resolve) => open().once('exit', resolve));
  await until(() => readFileSync(opened, 'utf8') !== '', 10_000);
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  return `${origin}, ${scripts.length} files of the page`;
});
