import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { madeOnce } from './shared-workspace.ts';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
];

/** Files of a tar archive: enough of the format for what the browser's package ships. */
const unpackTar = async (tar: Uint8Array, folder: string): Promise<void> => {
  const decoder = new TextDecoder();
  const field = (at: number, length: number): string =>
    decoder
      .decode(tar.subarray(at, at + length))
      .replace(/\0[^]*$/, '')
      .trim();
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const name = field(at, 100);
    const size = Number.parseInt(field(at + 124, 12), 8) || 0;
    if (tar[at + 156] === 0x30 || tar[at + 156] === 0) {
      const file = join(folder, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, tar.subarray(at + 512, at + 512 + size), { mode: 0o755 });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
};

/** Unpacks the browser that comes as an npm package, and the libraries that a bare system lacks. */
const unpackBrowser = async (folder: string): Promise<void> => {
  await mkdir(folder);
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  let root = dirname(entry);
  while (!existsSync(join(root, 'bin'))) root = dirname(root);
  // The package unpacks into the temporary folder and takes any browser that it finds there.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    const libraries = brotliDecompressSync(readFileSync(join(root, 'bin', 'al2023.tar.br')));
    await unpackTar(libraries, join(folder, 'libraries'));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
};

/** The packaged browser, unpacked once a run. */
const packagedBrowser = async (beside: string): Promise<{ path: string; libraries: string }> => {
  const folder = await madeOnce('browser', unpackBrowser, join(beside, 'browser'));
  return { path: join(folder, 'chromium'), libraries: join(folder, 'libraries', 'lib') };
};

export interface RunningBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** What the browser is told beside its environment, such as which fonts there are. */
type BrowserEnvironment = Readonly<Record<string, string>>;

const launch = async (folder: string, told: BrowserEnvironment): Promise<Browser> => {
  const failures: string[] = [];
  if (process.platform === 'linux' && process.arch === 'x64') {
    try {
      const { path, libraries } = await packagedBrowser(folder);
      const env = { ...process.env, TMPDIR: folder, LD_LIBRARY_PATH: libraries, ...told };
      return await chromium.launch({ executablePath: path, args: flags, env });
    } catch (error) {
      failures.push(`packaged: ${String(error)}`);
    }
  }
  for (const path of [process.env.HUAWU_TEST_BROWSER, ...systemBrowsers]) {
    if (path === undefined || !existsSync(path)) continue;
    try {
      return await chromium.launch({ executablePath: path, args: flags, env: { ...process.env, ...told } });
    } catch (error) {
      failures.push(`${path}: ${String(error)}`);
    }
  }
  throw new Error(
    `No browser could be started, so the page cannot be tested. Install Chromium or name one in HUAWU_TEST_BROWSER.\n${failures.join('\n')}`,
  );
};

/** A real browser: the packaged one, else a system's; throws loudly when there is none. */
export const startBrowser = async (told: BrowserEnvironment = {}): Promise<RunningBrowser> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-browser-'));
  try {
    const browser = await launch(folder, told);
    return {
      browser,
      close: async () => {
        await browser.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};
