import { templateColumns } from '../../src/ingest/columns/headings.ts';
import { recordKindNames } from '../../src/kernel/records.ts';
import { messages, type Messages } from '../../src/words/messages.ts';
import { fieldWords, templateExamples } from '../../src/words/record-kinds.ts';
import type { Language } from '../../src/kernel/text.ts';
import { spoken } from '../../src/words/phrases.ts';
import { tableOf } from './table-of.ts';

/** Every kind of file and its columns, from the records that ingest makes of them. */
export const columnsPage = (language: Language): string => {
  const words = spoken(messages('reference'), language);
  const parts = recordKindNames.flatMap((kind) => {
    const examples: Readonly<Record<string, readonly unknown[]>> = templateExamples[kind];
    const said = (value: unknown): string => {
      if (typeof value === 'object' && value !== null) return String(Reflect.get(value, language));
      return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
    };
    const rows = templateColumns(kind).map(({ field, chinese, type, required, most }) => {
      // Every column of a kind has its name, and some a remark.
      const name = fieldWords[`field.${field}` as keyof typeof fieldWords][language];
      const note = messages('template-notes')[field as keyof Messages<'template-notes'>]?.[language];
      const limit = most === undefined ? undefined : `${messages('template').most[language]} ${most}`;
      return [
        `\`${field}\``,
        ...(language === 'en' ? [] : [chinese === field ? '' : chinese]),
        [name, note].filter(Boolean).join(language === 'en' ? '; ' : '；'),
        required === true ? words.yes : '',
        [messages('written-as')[type][language], limit].filter(Boolean).join(language === 'en' ? ', ' : '，'),
        said(examples[field]?.find((value) => value !== null)),
      ];
    });
    const heads = [
      words.column,
      ...(language === 'en' ? [] : [words.chinese]),
      words.meaning,
      words.needed,
      words.written,
      words.example,
    ];
    const title = messages('template-titles')[kind][language];
    return [`## ${title.charAt(0).toUpperCase()}${title.slice(1)} (\`${kind}\`)`, tableOf(heads, rows)];
  });
  return [`# ${words.columns}`, words.columnsAbout, words.made, ...parts].join('\n\n');
};
