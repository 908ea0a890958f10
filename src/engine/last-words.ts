/** What the last word of a process on its standard error says of why it was ended. */
export const lastWords = { time: 'ended: time', memory: 'ended: memory' } as const;
