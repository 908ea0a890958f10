import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { endpoints } from '../contract/http/endpoints.ts';
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
  plugins: [react(), pageFont(), nonceForInjectedStyles(), endpointsWithoutSchemas()],
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
