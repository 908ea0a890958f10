import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { endpoints } from '../contract/http/endpoints.ts';
import { languages } from '../kernel/text.ts';
import { type Catalogue, catalogues } from '../words/catalogues.ts';
import { partsOf } from '../words/message-parts.ts';
import { isSimple } from '../words/messages.ts';
import { pageFont } from './page-font.config.ts';

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
const built = (node: unknown): unknown => {
  if (typeof node === 'string') {
    const parts = isSimple(node) ? [] : partsOf(node);
    return parts.every((part) => typeof part === 'string') ? node : parts;
  }
  return node;
};

type Section = Readonly<Record<string, unknown>>;

/** Every message of a section with its id, `rule>message` for one within a table. */
const listed = (section: Section): (readonly [id: string, message: unknown])[] =>
  Object.entries(section).flatMap(([key, node]) =>
    typeof node === 'string' || Array.isArray(node)
      ? [[key, built(node)] as const]
      : listed(node as Section).map(([id, message]) => [`${key}>${id}`, message] as const),
  );

/** Each file of the page brings the messages along that it says: `messages('page-plan')` is a module of both catalogues. */
const messagesWhereSaid = (): Plugin => ({
  name: 'messages-where-said',
  enforce: 'pre',
  resolveId: { filter: { id: /^messages:/ }, handler: (id) => `\0${id}` },
  load: {
    filter: { id: /\0messages:|src[\\/]words[\\/](?:catalogues|message-parts)\.ts$/ },
    handler: (id) => {
      const section = /\0messages:(.*)/.exec(id)?.[1] as keyof Catalogue | undefined;
      if (section === undefined) return 'export const catalogues = {}, partsOf = undefined;';
      const columns = languages.map(
        (language) => [language, new Map(listed(catalogues[language][section]))] as const,
      );
      const ids = [...(columns[0]?.[1].keys() ?? [])];
      const said = columns.map(([language, column]) => [language, ids.map((each) => column.get(each))]);
      const code = `import { messages } from ${JSON.stringify(fileURLToPath(new URL('../words/messages.ts', import.meta.url)))};
        export const said = messages('', ${JSON.stringify(ids.join('|'))}, ${JSON.stringify(Object.fromEntries(said))});`;
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
          ],
        },
      },
    },
  },
});
