import type { z } from 'zod';
import { parseJsonDocument } from '../contract/parse-document.ts';
import { readInputText } from './input-file.ts';

/** A JSON file that the user named, validated. */
export const readJsonInput = async <Schema extends z.ZodType>(
  schema: Schema,
  file: string,
): Promise<z.output<Schema>> => parseJsonDocument(schema, await readInputText(file), file);
