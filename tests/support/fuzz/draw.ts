import type { Random } from '../../../src/kernel/random.ts';

/** A whole number from 0 to below `end`. */
export const below = (random: Random, end: number): number => Math.floor(random.uniform() * end);

export const chance = (random: Random, share: number): boolean => random.uniform() < share;

export const oneOf = <Item>(random: Random, items: readonly Item[]): Item =>
  items[below(random, items.length)] as Item;
