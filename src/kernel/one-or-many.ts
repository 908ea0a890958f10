/** The English words that go with a number: `oneOrMany(1, 'is', 'are')` → 'is'. Chinese needs none. */
export const oneOrMany = (count: number, one: string, many: string): string => (count === 1 ? one : many);
