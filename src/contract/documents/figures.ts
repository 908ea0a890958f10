import { z } from 'zod';

/** A rate whose base is 0 is null. */
export const rate = z.number().nullable();
export const numbers = z.array(z.number());
export const rates = z.array(rate);

/** Temperature band: from `hotFrom` up, from `warmFrom` up, above 0, 0. */
export const band = z.enum(['hot', 'warm', 'cold', 'dead']);
