/** The languages that documents are written in: a folder each, with the same pages. */
export const folders = ['zh', 'en'] as const;
export type Folder = (typeof folders)[number];

interface Part {
  readonly title: Readonly<Record<Folder, string>>;
  /** Pages below the language's folder, in the order in which they are read; without `.md`. */
  readonly pages: readonly string[];
}

/** What there is to read, in its order: the site's sidebar, the list on its first page, and llms.txt are made of it. */
export const parts: readonly Part[] = [
  {
    title: { zh: '入门', en: 'Begin' },
    pages: ['start', 'pages'],
  },
  {
    title: { zh: '教程', en: 'Tutorials' },
    pages: ['tutorials/own-line', 'tutorials/peak-week', 'tutorials/roster', 'tutorials/monitoring-report'],
  },
  {
    title: { zh: '操作指南', en: 'How to' },
    pages: [
      'how-to/live-feeds',
      'how-to/the-day',
      'how-to/run',
      'how-to/team',
      'how-to/privacy',
      'how-to/offline',
      'how-to/container',
      'how-to/plans',
      'how-to/months',
      'how-to/own-model',
      'how-to/causes',
      'how-to/topics',
      'how-to/back-up',
      'how-to/upgrade',
      'how-to/library',
    ],
  },
  {
    title: { zh: '参考', en: 'Reference' },
    pages: [
      'reference/commands',
      'reference/data-formats',
      'reference/columns',
      'reference/models',
      'reference/http',
      'reference/library-api',
      'reference/glossary',
    ],
  },
  {
    title: { zh: '原理', en: 'Explanation' },
    pages: [
      'explanation/formulas',
      'explanation/staffing',
      'explanation/rostering',
      'explanation/diversion',
      'explanation/monitoring',
      'explanation/security',
    ],
  },
];
