import type { z } from 'zod';

/** Gives a schema the name under which the OpenAPI document lists it. */
export const named = <Schema extends z.ZodType>(id: string, schema: Schema): Schema => schema.meta({ id });
