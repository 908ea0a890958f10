import { Alert, Button } from 'antd';
import { useMemo, useState } from 'react';
import type { ModelName } from '../../contract/http/model-name.ts';
import { changesBetween, mergeEdits, pathKey } from '../../kernel/merge-edits.ts';
import { allChosen, MergeTable, type Choices, type TheirChange } from '../together/merge-table.tsx';
import { useSpeech } from '../words/words.tsx';
import { filledShape, isShare, shapeAt, useFieldWords } from './fields/model-shape.ts';
import { shapeOf } from './fields/shape-of.ts';
import { type ModelMeanwhile, percentOf } from './use-models.ts';

const keyOf = (name: ModelName, path: readonly string[]): string => `${name} ${pathKey(path)}`;

/** Models with both sides' changes in them; where both changed one place, as it was chosen. */
const mergedModels = (
  meanwhile: readonly ModelMeanwhile[],
  choices: Choices,
): ReadonlyMap<ModelName, unknown> =>
  new Map(
    meanwhile.map(({ name, ...sides }) => {
      const taken = mergeEdits(sides)
        .collisions.map(({ path }) => path)
        .filter((path) => choices.get(keyOf(name, path)) === 'theirs');
      return [name, mergeEdits(sides, new Set(taken.map(pathKey))).value];
    }),
  );

const shown = 60;

/** A value of a model on one line, a share in percent as its form has it. */
export const lineOf = (name: ModelName, path: readonly string[], value: unknown): string => {
  const shape = typeof value === 'number' ? shapeAt(shapeOf(name), path) : undefined;
  if (typeof value === 'number' && shape !== undefined && isShare(filledShape(shape).shape))
    return `${percentOf(value)}%`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > shown ? `${text.slice(0, shown - 1)}…` : text;
};

/** What others changed in models, what of it collides with the reader's edits, and one button that keeps both. */
export const MergeModels = ({
  meanwhile,
  save,
}: {
  readonly meanwhile: readonly ModelMeanwhile[];
  readonly save: (merged: ReadonlyMap<ModelName, unknown>) => void;
}) => {
  const { say } = useSpeech();
  const { nameOf } = useFieldWords();
  const [choices, choose] = useState<Choices>(new Map());
  const changes = useMemo(() => {
    return meanwhile.flatMap(({ name, ...sides }): TheirChange[] => {
      const said = (path: readonly string[], value: unknown): string =>
        value === undefined ? say('together.notThere') : lineOf(name, path, value);
      const place = (path: readonly string[]) => ({
        key: keyOf(name, path),
        where: [say(`model.${name}`), ...path.map((part) => nameOf(part))].join(' › '),
      });
      const { collisions } = mergeEdits(sides);
      const asked = collisions.map(({ path, base, mine, theirs }) => ({
        ...place(path),
        was: said(path, base),
        theirs: said(path, theirs),
        mine: said(path, mine),
      }));
      const known = new Set(asked.map(({ key }) => key));
      const taken = changesBetween(sides.base, sides.theirs).map(({ path, before, after }) => ({
        ...place(path),
        was: said(path, before),
        theirs: said(path, after),
      }));
      return [...asked, ...taken.filter(({ key }) => !known.has(key))];
    });
  }, [meanwhile, say, nameOf]);
  return (
    <Alert
      type="warning"
      role="alert"
      showIcon
      title={say('together.changed')}
      description={
        <>
          <MergeTable changes={changes} choices={choices} choose={choose} />
          <Button
            type="primary"
            disabled={!allChosen(changes, choices)}
            onClick={() => save(mergedModels(meanwhile, choices))}
          >
            {say('together.save')}
          </Button>
        </>
      }
    />
  );
};
