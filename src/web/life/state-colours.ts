/** Colours of the tags of a plan's states. */
export const stateColours = {
  draft: 'default',
  proposed: 'blue',
  approved: 'cyan',
  published: 'green',
  superseded: 'orange',
} as const;
