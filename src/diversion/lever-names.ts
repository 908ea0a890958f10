/** What can mend a peak, in the order in which it is shown. */
export const leverNames = [
  'prompts',
  'callbacks',
  'overtime',
  'later-start',
  'smart-voice',
  'direct-answer',
] as const;
export type LeverName = (typeof leverNames)[number];
