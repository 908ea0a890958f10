import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

/**
 * A part of a message: text; [name], the value as it is; [name, style], a figure; [name, options, 'plural' or 'select'], a
 * choice by the value; 0, the figure that a plural is chosen by.
 */
export type Part =
  | string
  | 0
  | readonly [name: string]
  | readonly [name: string, style: string]
  | readonly [name: string, options: Readonly<Record<string, readonly Part[]>>, choice: 'plural' | 'select'];

/** A message of ICU MessageFormat in parts. The page is built with the parts, and without the parser. */
export const partsOf = (message: string): readonly Part[] => parts(parse(message, { ignoreTag: true }));

const parts = (elements: readonly MessageFormatElement[]): readonly Part[] =>
  elements.map((element): Part => {
    switch (element.type) {
      case TYPE.literal:
        return element.value;
      case TYPE.argument:
        return [element.value];
      case TYPE.pound:
        return 0;
      case TYPE.number:
      case TYPE.date:
        if (typeof element.style === 'string') return [element.value, element.style];
        break;
      case TYPE.plural:
      case TYPE.select: {
        const options = Object.entries(element.options).map(([name, { value }]) => [name, parts(value)]);
        return [
          element.value,
          Object.fromEntries(options) as Readonly<Record<string, readonly Part[]>>,
          element.type === TYPE.plural ? 'plural' : 'select',
        ];
      }
    }
    throw new Error(`no message can have this: ${JSON.stringify(element)}`);
  });
