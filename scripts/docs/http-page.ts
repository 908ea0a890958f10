import type { endpoints } from '../../src/contract/http/endpoints.ts';
import { openApiDocument } from '../../src/contract/http/open-api.ts';
import type { Language } from '../../src/kernel/text.ts';
import { spoken } from '../../src/words/phrases.ts';
import { messages } from '../../src/words/messages.ts';
import { endpointsInChinese } from '../../src/words/reference.ts';
import { schemaRows, valueOf, type Json } from './schema-rows.ts';
import { tableOf } from './table-of.ts';

const referenceWords = messages('reference');

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Json }>>;
}
interface Operation {
  readonly operationId: keyof typeof endpoints;
  readonly summary: string;
  readonly parameters: readonly { name: string; in: 'path' | 'query'; required: boolean; schema: Json }[];
  readonly security: readonly unknown[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

const answersOf = (responses: Operation['responses'], language: Language): string => {
  const [status = '', { content = {} } = {}] = Object.entries(responses)[0] ?? [];
  const kinds = Object.entries(content).map(([type, { schema }]) =>
    type === 'application/json' ? valueOf(schema, language) : `\`${type}\``,
  );
  return `${status} ${kinds.length === 0 ? spoken(referenceWords, language).nothing : kinds.join(language === 'en' ? ', ' : '、')}`;
};

const operationPart = (
  method: string,
  path: string,
  operation: Operation,
  components: Readonly<Record<string, Json>>,
  language: Language,
): string[] => {
  const words = spoken(referenceWords, language);
  const resolved = (schema: Json): Json =>
    schema.$ref === undefined ? schema : (components[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  const taken = operation.parameters.map((each) => [
    `\`${each.name}\``,
    words[each.in],
    valueOf(each.schema, language),
    each.required ? words.yes : '',
  ]);
  const [[type, body] = []] = Object.entries(operation.requestBody?.content ?? {});
  const ofBody =
    type === 'application/octet-stream'
      ? [[words.file, words.body, `\`${type}\``, words.yes]]
      : body === undefined
        ? []
        : schemaRows(resolved(body.schema), language).map((row) => [
            `\`${row.path}\``,
            words.body,
            row.value,
            row.needed && row.byDefault === undefined ? words.yes : '',
          ]);
  const rows = [...taken, ...ofBody];
  const said = language === 'en' ? operation.summary : endpointsInChinese[operation.operationId];
  const open =
    operation.security.length === 0 ? (language === 'en' ? ` (${words.open})` : `（${words.open}）`) : '';
  const stop = language === 'en' ? '. ' : '。';
  const colon = language === 'en' ? ': ' : '：';
  return [
    `## ${method.toUpperCase()} ${path}`,
    `${said}${open}${stop}${words.answers}${colon}${answersOf(operation.responses, language)}`,
    ...(rows.length === 0 ? [] : [tableOf([words.takes, words.where, words.value, words.needed], rows)]),
  ];
};

/** Every endpoint with what it takes and answers, from the OpenAPI document. */
export const httpPage = (language: Language): string => {
  const words = spoken(referenceWords, language);
  const document = openApiDocument() as unknown as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Json> };
  };
  const parts = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operationPart(method, path, operation, document.components.schemas, language),
    ),
  );
  return [`# ${words.http}`, words.httpAbout, words.made, ...parts].join('\n\n');
};
