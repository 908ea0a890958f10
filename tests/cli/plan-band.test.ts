import { describe, expect, it } from 'vitest';
import { planRequestSchema } from '../../src/contract/http/job-requests.ts';
import { runCommand } from '../support/run-command.ts';

describe('a band to plan for', () => {
  it.each([
    ['hot', true],
    ['warm', true],
    ['cold', false],
    ['dead', false],
  ])('%s is allowed in the terminal as it is over HTTP: %s', async (band, isAllowed) => {
    expect(planRequestSchema.safeParse({ week: '2026-W48', seed: 1, band }).success).toBe(isAllowed);
    const { err } = await runCommand([
      'plan',
      '--band',
      band,
      '--workspace',
      '/no/such/folder',
      '--lang',
      'en',
    ]);
    expect(err.includes('hot, warm')).toBe(!isAllowed);
  });
});
