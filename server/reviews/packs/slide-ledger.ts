import type { ReviewCell, ReviewDocument, ReviewTable } from '../../contract/review.js';
import { figureNameIn } from '../../contract/named-figure.js';

/** The figures of the ledger with every digit: what all hand-outs of the review have in common. */
export function ledgerSection(document: ReviewDocument): ReviewDocument['sections'][number] {
  const cell = (text: string, more: Partial<ReviewCell> = {}): ReviewCell => ({
    ...{ text, value: null, unit: null, figure: null, impact: null },
    ...more,
  });
  const column = (title: string, kind: 'text' | 'number' = 'text') => ({ title, kind, unit: null });
  const nameOf = figureNameIn(document);
  const rows = document.headline.flatMap((key) => {
    const figure = document.figures[key];
    if (figure === undefined) return [];
    const { text, full, records, formula } = figure;
    return [
      [
        cell(nameOf(key), { figure: key }),
        ...[text, full].map((each) => cell(each)),
        cell(formula.version),
        cell(String(records.count)),
        cell(records.sha256?.slice(0, 12) ?? '–'),
      ],
    ];
  });
  const table: ReviewTable = {
    id: 'headline-figures',
    title: 'Figures of the ledger',
    columns: [
      column('Figure'),
      column('As printed', 'number'),
      column('In full', 'number'),
      column('Formula'),
      column('Records', 'number'),
      column('SHA-256 of the records'),
    ],
    rows,
    total: rows.length,
    note: null,
  };
  return {
    id: 'appendix',
    title: 'These are the figures of the ledger, to the last digit',
    about: `${document.review.organisation} · ${document.review.periodName}`,
    sentences: [],
    tables: rows.length === 0 ? [] : [table],
    drawings: [],
  };
}
