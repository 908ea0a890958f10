import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { katex } from '@mdit/plugin-katex';
import { defineConfig, type DefaultTheme } from 'vitepress';
import { parts, type Folder } from './pages.ts';

const docs = fileURLToPath(new URL('..', import.meta.url));

const titleOf = (file: string): string =>
  /^# (.+)$/m.exec(readFileSync(`${docs}${file}`, 'utf8'))?.[1] ?? file;

const sidebarOf = (folder: Folder): DefaultTheme.SidebarItem[] =>
  parts.map(({ title, pages }) => ({
    text: title[folder],
    items: pages.map((page) => ({ text: titleOf(`${folder}/${page}.md`), link: `/${folder}/${page}` })),
  }));

const developersSidebar = (): DefaultTheme.SidebarItem[] => {
  const item = (file: string) => ({ text: titleOf(file), link: `/${file.replace(/(?:README)?\.md$/, '')}` });
  return [
    { text: 'For developers', items: globSync('developers/*.md', { cwd: docs }).toSorted().map(item) },
    { text: 'Decisions', items: globSync('developers/decisions/*.md', { cwd: docs }).toSorted().map(item) },
  ];
};

/** Chinese by the words that the browser's own dictionary knows, all else by letters and figures: for the search. */
const searchWords = (text: string): string[] =>
  Array.from(new Intl.Segmenter('zh', { granularity: 'word' }).segment(text.toLowerCase()))
    .filter((part) => part.isWordLike === true)
    .map((part) => part.segment);

/** What leads out of the documents, into the sources, is a name without a link: the site stands by itself. */
const leadsOut = (path: string, href: string): boolean =>
  href.startsWith('.') && !new URL(href, `file:///docs/${path}`).pathname.startsWith('/docs/');

export default defineConfig({
  title: 'Huawu 话务',
  srcDir: '.',
  outDir: '../build/site',
  cacheDir: '../.cache/site',
  srcExclude: ['public/**'],
  rewrites: { 'README.md': 'index.md', ':folder/README.md': ':folder/index.md' },
  cleanUrls: false,
  lastUpdated: false,
  locales: {
    zh: {
      label: '中文',
      lang: 'zh-CN',
      link: '/zh/',
      themeConfig: {
        outline: { level: [2, 3], label: '本页目录' },
        docFooter: { prev: '上一页', next: '下一页' },
        darkModeSwitchLabel: '配色',
        lightModeSwitchTitle: '改为浅色',
        darkModeSwitchTitle: '改为深色',
        sidebarMenuLabel: '目录',
        returnToTopLabel: '回到顶部',
        langMenuLabel: '语言',
        skipToContentLabel: '跳到正文',
      },
    },
    en: { label: 'English', lang: 'en', link: '/en/' },
  },
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/icon.svg' }]],
  markdown: {
    config: (md) => {
      md.use(katex);
      md.core.ruler.push('leads-out', ({ tokens, env }) => {
        for (const { children } of tokens) {
          let open = false;
          for (const token of children ?? []) {
            const href = token.type === 'link_open' ? String(token.attrGet('href')) : '';
            // A folder's README is its first page.
            if (/(?:^|\/)README\.md$/.test(href) && !leadsOut(String(env.relativePath ?? ''), href))
              token.attrSet('href', href.replace(/README\.md$/, ''));
            // What lies in public/ stands at the site's root.
            if (href.includes('/public/')) token.attrSet('href', href.replace('/public/', '/'));
            else if (href !== '' && leadsOut(String(env.relativePath ?? ''), href)) {
              open = true;
              Object.assign(token, { tag: 'span', attrs: null });
            } else if (token.type === 'link_close' && open) {
              open = false;
              token.tag = 'span';
            }
          }
        }
      });
    },
  },
  themeConfig: {
    sidebar: { '/zh/': sidebarOf('zh'), '/en/': sidebarOf('en'), '/developers/': developersSidebar() },
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        miniSearch: { options: { tokenize: searchWords }, searchOptions: { combineWith: 'AND' } },
        locales: {
          zh: {
            translations: {
              button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
              modal: {
                displayDetails: '显示详情',
                resetButtonTitle: '清除',
                backButtonTitle: '返回',
                noResultsText: '没有找到',
                footer: { selectText: '打开', navigateText: '上下选择', closeText: '关闭' },
              },
            },
          },
        },
      },
    },
  },
});
