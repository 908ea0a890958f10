import { createHash } from 'node:crypto';
import { globSync, mkdirSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import subsetFont from 'subset-font';
import { defineConfig, type Plugin } from 'vite';
import { endpoints } from '../contract/http/endpoints.ts';
import { type Language, languages } from '../kernel/text.ts';
import { type Catalogue, catalogues } from '../words/catalogues.ts';
import { partsOf } from '../words/message-parts.ts';
import { isSimple, takesValues, type Written } from '../words/messages.ts';

/**
 * Two helpers of Ant Design write a <style> without the page's nonce, which the policy then blocks. Where no
 * nonce is given, take the one that the page was served with.
 */
const nonceForInjectedStyles = (): Plugin => ({
  name: 'nonce-for-injected-styles',
  transform: {
    filter: { id: /@rc-component[\\/]util[\\/].*dynamicCSS\.js$/ },
    handler: (code) => {
      if (!code.includes('csp?.nonce')) throw new Error('dynamicCSS.js no longer has csp?.nonce');
      return code.replaceAll(
        /(?<![.\w])csp\?\.nonce/g,
        '(csp?.nonce ?? document.querySelector("script[nonce]")?.nonce)',
      );
    },
  },
});

/** Of the endpoints the page needs methods and paths: what they take and answer is checked by the server. */
const endpointsWithoutSchemas = (): Plugin => ({
  name: 'endpoints-without-schemas',
  load: {
    filter: { id: /src[\\/]contract[\\/]http[\\/]endpoints\.ts$/ },
    handler: () => {
      const named = Object.entries(endpoints).map(([name, { method, path }]) => `${name} ${method} ${path}`);
      return `const listed = ${JSON.stringify(named.join('|'))}.split('|').map((each) => each.split(' '));
        export const endpoints = Object.fromEntries(listed.map(([name, method, path]) => [name, { method, path }]));`;
    },
  },
});

/** Messages as the page takes them: those with values parsed, so that it comes without the parser. */
const built = (node: Written): Written => {
  if (typeof node !== 'string') return node;
  const parts = isSimple(node) ? [] : partsOf(node);
  return parts.every((part) => typeof part === 'string') ? node : parts;
};

type Section = Readonly<Record<string, unknown>>;

/** Every message of a section with its id, `rule>message` for one within a table. */
const listed = (section: Section): (readonly [id: string, message: Written])[] =>
  Object.entries(section).flatMap(([key, node]) =>
    typeof node === 'string' || Array.isArray(node)
      ? [[key, built(node as Written)] as const]
      : listed(node as Section).map(([id, message]) => [`${key}>${id}`, message] as const),
  );

const columnOf = (section: string, language: Language): ReadonlyMap<string, Written> =>
  new Map(listed(catalogues[language][section as keyof Catalogue]));

/** What a section says in one language, in the order of its ids. */
const wordsModule = (section: string, language: Language): string => {
  const [first] = languages;
  const words = columnOf(section, language);
  const column = [...columnOf(section, first).keys()].map((id) => words.get(id));
  return `export const column = ${JSON.stringify(column)};`;
};

const loadWordsFile = fileURLToPath(new URL('words/load-words.ts', import.meta.url));

/** The ids of a section, which of them take values in some language, and where the words of each language are. */
const messagesModule = (section: string): string => {
  const columns = languages.map((language) => columnOf(section, language));
  const ids = [...(columns[0]?.keys() ?? [])];
  const valued = ids.map((id) => Number(columns.some((column) => takesValues(column.get(id) ?? ''))));
  const here = inEveryLanguage.includes(section);
  const imports = languages.map((language, i) =>
    here ? `import { column as column${i}_ } from 'words:${section}/${language}';` : '',
  );
  const loads = languages.map((language, i) =>
    here ? `() => ({ column: column${i}_ })` : `() => import('words:${section}/${language}')`,
  );
  return `${imports.join('')}
    import { builtMessages } from ${JSON.stringify(loadWordsFile)};
    export const said = builtMessages(${JSON.stringify(ids.join('|'))}, '${valued.join('')}', [${loads.join()}], ${here});`;
};

/** What the page takes in every language at once: names of languages, what is written into settings or read from there. */
const inEveryLanguage: readonly string[] = [
  'cycle-letters',
  'cycle-names',
  'new-in-models',
  'page-languages',
];

/**
 * Each file of the page brings the messages along that it says: `messages('page-plan')` is a module with the section's ids.
 * What they say in a language is a module of its own, which the page loads with the languages that it shows.
 */
const messagesWhereSaid = (): Plugin => ({
  name: 'messages-where-said',
  enforce: 'pre',
  resolveId: { filter: { id: /^(?:messages|words):/ }, handler: (id) => `\0${id}` },
  load: {
    filter: { id: /\0(?:messages|words):|src[\\/]words[\\/](?:catalogues|message-parts)\.ts$/ },
    handler: (id) => {
      const [, kind, section = '', language] = /\0(\w+):([\w-]+)\/?(.*)/.exec(id) ?? [];
      if (kind === undefined) return 'export const catalogues = {}, partsOf = undefined;';
      const code = kind === 'words' ? wordsModule(section, language as Language) : messagesModule(section);
      return { code, moduleSideEffects: false };
    },
  },
  transform: {
    // messages.ts itself says how it is called.
    filter: { id: /src[\\/](?:words|web|render)[\\/].*(?<![\\/]messages)\.tsx?$/, code: /\bmessages\('/ },
    handler: (code) => {
      const said = [
        ...new Set([...code.matchAll(/\bmessages\('([\w-]+)'\)/g)].map(([, section = '']) => section)),
      ];
      const imports = said.map((section, i) => `import { said as said${i}_ } from 'messages:${section}';`);
      const changed = code.replaceAll(
        /\bmessages\('([\w-]+)'\)/g,
        (_, section: string) => `said${said.indexOf(section)}_`,
      );
      return `${imports.join('')}${changed}`;
    },
  },
});

/** What the bundler knows of a module. */
interface Modules {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null;
}

const firstModules = ['main.tsx', 'plan/plan-page.tsx'].map((file) =>
  fileURLToPath(new URL(file, import.meta.url)),
);
const first = new Set<string>();

/** Everything that stands before the first page, by what its modules import at once. */
const fillFirst = (ids: readonly string[], modules: Modules): void => {
  for (const id of ids)
    if (!first.has(id)) {
      first.add(id);
      fillFirst(modules.getModuleInfo(id)?.importedIds ?? [], modules);
    }
};

/** In which file the words of a section in a language come. */
const wordsFile = (id: string, modules: Modules): string | null => {
  fillFirst(firstModules, modules);
  const [, section = '', language = ''] = /\0words:([\w-]+)\/(.*)/.exec(id) ?? [];
  if (inEveryLanguage.includes(section)) return null;
  return `words-${language}${first.has(`\0messages:${section}`) ? '' : '-later'}`;
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const font = dirname(
  createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'),
);

/** Where the page's words stand, names of holidays and of the line that everybody begins with among them. */
const sources = ['src/**/*.{ts,tsx,json}', 'models/*.json', 'data/demo.json'];

const charactersOf = (texts: readonly string[]): string[] =>
  [...new Set(texts.join(''))].filter((character) => (character.codePointAt(0) ?? 0) > 0x7f).sort();

/** Chinese; quotation marks and dashes, which are as wide here as a Chinese character, stand behind the machine's own. */
const families = { 'Huawu Words': /[^\0-\u2e7f]/, 'Huawu Marks': /[\0-\u2e7f]/ };

const pieces = (): Piece[] =>
  [
    ...readFileSync(join(font, 'index.css'), 'utf8').matchAll(
      /url\(\.\/(files\/[^)]+)\)[^}]*unicode-range: ([^;]+);/g,
    ),
  ].map(([, file = '', range = '']) => {
    const spans = range.split(',').map((span) =>
      span
        .trim()
        .slice(2)
        .split('-')
        .map((point) => Number.parseInt(point, 16)),
    );
    return {
      file: join(font, file),
      has: (character) => {
        const point = character.codePointAt(0) ?? 0;
        return spans.some(([from = 0, to = from]) => point >= from && point <= to);
      },
    };
  });

const hex = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16)}`;

/** Of each piece the characters of the page's words alone, in one weight: some 170 kB instead of 700. */
const writeWordFont = async (folder: string, characters: readonly string[]): Promise<void> => {
  const faces: string[] = [];
  for (const [family, its] of Object.entries(families))
    for (const { file, has } of pieces()) {
      const mine = characters.filter((character) => its.test(character) && has(character));
      if (mine.length === 0) continue;
      const subset = await subsetFont(readFileSync(file), mine.join(''), {
        targetFormat: 'woff2',
        variationAxes: { wght: 400 },
      });
      const name = `words-${faces.length + 1}.woff2`;
      writeFileSync(join(folder, name), subset);
      faces.push(
        `@font-face{font-family:'${family}';font-weight:400;font-display:swap;src:url(./${name}) format('woff2');unicode-range:${mine.map(hex).join()}}`,
      );
    }
  writeFileSync(join(folder, 'words.css'), faces.join('\n'));
};

/**
 * `virtual:page-font.css`: the font of the page's own words for machines without Chinese, cut down when the page is
 * built. What is in no table, such as names out of files, comes from the whole font, a piece at a time.
 */
const pageFont = (): Plugin => ({
  name: 'page-font',
  resolveId: {
    filter: { id: /^virtual:page-font\.css$/ },
    handler: async () => {
      const texts = globSync(sources, { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
      const characters = charactersOf(texts);
      const key = createHash('sha256')
        .update(characters.join('') + String(Object.entries(families)))
        .digest('hex')
        .slice(0, 16);
      const folder = join(root, 'node_modules', '.huawu-page-font', key);
      if (!existsSync(folder)) {
        const made = `${folder}.${process.pid}`;
        mkdirSync(made, { recursive: true });
        await writeWordFont(made, characters);
        if (existsSync(folder)) rmSync(made, { recursive: true });
        else renameSync(made, folder);
      }
      return join(folder, 'words.css');
    },
  },
});

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  base: '/',
  // The page does not ship what only the terminal says.
  resolve: {
    alias: [
      { find: /^\.\/doors\.ts$/, replacement: fileURLToPath(new URL('words/no-doors.ts', import.meta.url)) },
    ],
  },
  plugins: [react(), pageFont(), nonceForInjectedStyles(), endpointsWithoutSchemas(), messagesWhereSaid()],
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: fileURLToPath(new URL('../../public/app', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // Two files stand before the first page: the frame around every page, and the plan with all that it needs at once.
        codeSplitting: {
          groups: [
            { name: 'frame', tags: ['$initial'], priority: 1 },
            { name: 'plan-page', test: /[\\/]plan[\\/]plan-page\.tsx$/ },
            // Two files of words a language: what those two say, and what everything else does.
            { name: wordsFile, test: /\0words:/ },
          ],
        },
      },
    },
  },
});

/** A piece of the font: its file and the characters that it has. */
interface Piece {
  readonly file: string;
  readonly has: (character: string) => boolean;
}
