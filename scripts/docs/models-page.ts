import { z } from 'zod';
import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import type { Language } from '../../src/kernel/text.ts';
import { spoken } from '../../src/words/phrases.ts';
import { messages, type Messages } from '../../src/words/messages.ts';
import { schemaRows, type Json, type SchemaRow } from './schema-rows.ts';
import { tableOf } from './table-of.ts';

const modelPartWords = messages('page-model-part');

/** What the form on the page calls a part. */
const meaningOf = (name: string, language: Language): string => {
  const key = `part-of.${name}`;
  const words =
    key in modelPartWords ? modelPartWords[key as keyof Messages<'page-model-part'>][language] : '';
  return typeof words === 'string' ? words : '';
};

/** Every part of every file under models/, from its schema. */
export const modelsPage = (language: Language): string => {
  const words = spoken(messages('reference'), language);
  const absent = ({ needed, byDefault }: SchemaRow): string =>
    byDefault !== undefined ? `\`${JSON.stringify(byDefault)}\`` : needed ? words.must : words.mayLack;
  const parts = Object.entries(modelSchemas).flatMap(([name, schema]) => {
    const json = z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as Json;
    const rows = schemaRows(json, language).map((row) => [
      `\`${row.path}\``,
      meaningOf(row.name, language),
      row.value,
      absent(row),
    ]);
    return [
      `## ${messages('reference-model-titles')[name as keyof typeof modelSchemas][language]}`,
      tableOf([words.part, words.meaning, words.value, words.absent], rows),
    ];
  });
  return [`# ${words.models}`, words.modelsAbout, words.made, ...parts].join('\n\n');
};
