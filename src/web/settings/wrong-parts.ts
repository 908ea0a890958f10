import { modelDocuments } from '../../contract/models/model-documents.ts';
import { problemOfIssue } from '../../contract/parse-document.ts';
import type { ModelName } from '../../contract/http/model-name.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { Part } from './fields/model-shape.ts';

/** What a model's schema finds wrong in it, each with its path, as it will be found when it is saved. */
export const wrongParts = (name: ModelName, part: Part): readonly Problem[] => {
  const parsed = modelDocuments[name].safeParse(part, { reportInput: true });
  return parsed.success ? [] : parsed.error.issues.map((issue) => problemOfIssue(issue, part));
};
