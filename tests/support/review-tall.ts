import type { ReviewCell } from '../../server/contract/review.js';
import { sentence, sha256, table, words } from './review-blocks.js';
import { drawings } from './review-drawings.js';
import { sampleReview, type SampleReview } from './review-document.js';

/** Words that each stand once in all of a document: what a page loses is found by its number. */
class Numbered {
  private last = 0;
  /** @param between them: a space, or a line end */
  next(count: number, between = ' '): string {
    return Array.from({ length: count }, () => `<${(this.last += 1)}>`).join(between);
  }
  get all(): string[] {
    return Array.from({ length: this.last }, (_, at) => `<${at + 1}>`);
  }
}

/**
 * A frozen review whose texts, rows and tables are taller than a page.
 *
 * @returns with the words `<1>`, `<2>` … that every pack has to hold, each once
 */
export const tallReview = (): SampleReview & { readonly marks: readonly string[] } => {
  const { document, records } = sampleReview(1);
  const marks = new Numbered();
  const row = (...texts: string[]): ReviewCell[] => texts.map(words);
  const columns = ['Code', 'What was agreed', 'Why'];
  const changed = {
    ...document,
    frozen: { ...document.frozen!, reason: marks.next(150, '\n') },
    cover: { ...document.cover, recommendations: [1, 2, 3].map(() => marks.next(60)) },
    // With a cover of its own: else that would have the message of the headline once more.
    sections: document.sections
      .filter(({ id }) => id === 'cover' || id === 'headline')
      .map((section) =>
        section.id === 'cover'
          ? section
          : {
              ...section,
              title: `A long message ${marks.next(90)}`,
              about: `Meridian Group ${marks.next(60)}`,
              sentences: [sentence('tall', marks.next(110, '\n')), sentence('wide', marks.next(400))],
              drawings: [drawings.profile()],
              tables: [
                table(
                  'few',
                  'Few rows, each a third of a page',
                  columns,
                  [1, 2, 3, 4].map(() => row('A', marks.next(220), '')),
                ),
                table('row', 'A row of several pages', columns, [
                  row('B', marks.next(8), marks.next(5)),
                  row('C', marks.next(1500), marks.next(120, '\n')),
                  row('D', marks.next(8), marks.next(5)),
                ]),
                table('first', 'A first row of a page', columns, [
                  row('E', marks.next(130, '\n'), marks.next(2)),
                  row('F', marks.next(4), marks.next(2)),
                ]),
                table(
                  'word',
                  `A title of a table ${marks.next(40)}`,
                  ['Word'],
                  [row('x'.repeat(2500)), row(marks.next(3))],
                ),
              ],
            },
      ),
  };
  return { document: changed, sha256: sha256(changed), records, marks: marks.all };
};
