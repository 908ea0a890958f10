import { createContext, useContext } from 'react';
import { isWordKey, useSpeech, type PlainKey } from '../../words/words.tsx';

/** What a field may name: keys with what they are called. */
export type Choices = Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>>;

/** What stands around the fields of a form: what they may name, and the money of the line. */
export interface Surroundings {
  readonly choices: Choices;
  readonly currency: string | undefined;
}

export const SurroundingsContext = createContext<Surroundings>({ choices: {}, currency: undefined });

export const useSurroundings = (): Surroundings => useContext(SurroundingsContext);

/** A field by its name, and that of the field which it stands in: `from` is one thing in a window, another in an indicator. */
interface FieldName {
  readonly name: string;
  readonly within: string;
}

/** Words of a field; its key where nobody has given it any. */
export const useFieldWords = () => {
  const { say } = useSpeech();
  const words = (key: string): string | undefined => (isWordKey(key) ? say(key as PlainKey) : undefined);
  const fieldWords = (kind: string, { name, within }: FieldName): string | undefined =>
    words(`${kind}.${within}.${name}`) ?? words(`${kind}.${name}`);
  return {
    nameOf: (name: string, within = ''): string => fieldWords('part-of', { name, within }) ?? name,
    meaningOf: (field: FieldName): string | undefined => fieldWords('means', field),
    /** What one more of a list is called: "Add a tier". */
    addOf: ({ name }: FieldName): string => words(`add-to.${name}`) ?? say('models.add'),
  };
};
