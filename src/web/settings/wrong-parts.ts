import { settlePairs } from '../../contract/models/check-pairs.ts';
import { modelDocuments } from '../../contract/models/model-documents.ts';
import { problemOfIssue } from '../../contract/parse-document.ts';
import type { ModelName } from '../../contract/http/model-name.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { Part } from './fields/model-shape.ts';

/** What is wrong in a model beside what is stored of it, each with its path, as it will be found when it is saved. */
export const wrongParts = (name: ModelName, part: Part, standing?: unknown): readonly Problem[] => {
  const { document, problems } = settlePairs(part, standing);
  const parsed = modelDocuments[name].safeParse(document, { reportInput: true });
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => problemOfIssue(issue, part));
  return [...wrong, ...problems];
};
