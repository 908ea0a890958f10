/** Tones of the tags of a plan's states. */
export const stateTones = {
  draft: 'plain',
  proposed: 'notice',
  approved: 'notice',
  published: 'good',
  superseded: 'warning',
} as const;
