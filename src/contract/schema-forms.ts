/** Forms that texts of models, requests and settings have; what they are called is in `src/words/contract.ts`. */
const schemaForms = [
  'clock-time',
  'lower-case-key',
  'country-code',
  'currency-code',
  'plain-name',
  'local-time',
  'date',
  'week',
  'shift-cycle',
  'hotline-key',
  'network-addresses',
  'openid-scopes',
  'smtp-address',
  'factor-or-calls',
  'both-ends',
] as const;
export type SchemaForm = (typeof schemaForms)[number];

/** What a schema's own check is to say of a text that has not the form. */
export const formError = (form: SchemaForm): { readonly error: SchemaForm } => ({ error: form });

export const isSchemaForm = (text: string): text is SchemaForm =>
  (schemaForms as readonly string[]).includes(text);
