import { createRequire } from 'node:module';
import type Library from 'pptxgenjs';

/** The library that writes presentations, by the names that it has here. */

export type Deck = Library.default;
export type Writer = Library.default.Slide;
export type TableCell = Library.default.TableCell;
export type TableCellLook = Library.default.TableCellProps;
export type TextLook = Library.default.TextPropsOptions;

/** Its file for `import` is no module to Node but by a guess at its syntax. */
export const Presentation = createRequire(import.meta.url)('pptxgenjs') as new () => Deck;
