/** Kinds of file as a planner names them; which sort of monitoring or channel file it is shows from its columns. */
export const fileKinds = [
  'traffic',
  'calls',
  'monitoring',
  'operators',
  'presence',
  'channels',
  'prompts',
  'events',
  'causes',
  'topics',
  'forecasts',
  'leave',
  'requests',
  'roster',
] as const;
export type FileKind = (typeof fileKinds)[number];

/** Kinds of record that there is a template of: what monitoring and channel files hold has one each. */
export const templateKinds = [
  'traffic',
  'calls',
  'test-calls',
  'results',
  'hotlines',
  'operators',
  'presence',
  'channels',
  'channel-volumes',
  'prompts',
  'events',
  'causes',
  'topics',
  'forecasts',
  'leave',
  'requests',
  'roster',
] as const;
export type TemplateKind = (typeof templateKinds)[number];

export const templateFormats = ['xlsx', 'csv'] as const;
export type TemplateFormat = (typeof templateFormats)[number];
