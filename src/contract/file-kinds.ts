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
