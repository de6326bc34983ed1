import { coverageSteps } from '../../contract/review-coverage.js';
import { PROVISIONAL } from '../../contract/review-provisional.js';
import type { ReviewCell, ReviewDrawing, ReviewTable } from '../../contract/review.js';

/** What a drawing shows, as a table: where no picture is, and beside it where there is one. */

const words = (text: string): ReviewCell => ({ text, value: null, unit: null, figure: null, impact: null });
const NONE = words('–');

type Columns = ReviewTable['columns'];
const said = (title: string): Columns[number] => ({ title, kind: 'text', unit: null });
const SCENARIOS = { AC: 'AC, realised', FC: 'FC, forecast' } as const;

const laidOut = (drawing: ReviewDrawing): { columns: Columns; rows: ReviewCell[][] } => {
  const drawn = (title: string): Columns[number] => ({ title, kind: 'number', unit: drawing.unit });
  switch (drawing.kind) {
    case 'profile':
      return {
        columns: [said('Period'), said('Scenario'), drawn('Realised or forecast'), drawn('PL, planned'), drawn('ΔPL')],
        rows: drawing.columns.map(({ label, scenario, value, planned, variance, isProvisional }) => [
          ...[words(label), words(`${SCENARIOS[scenario]}${isProvisional ? `, ${PROVISIONAL.word}` : ''}`)],
          ...[value, planned, variance],
        ]),
      };
    case 'ranking':
      return {
        columns: [said('What'), drawn('Value'), { title: 'Share', kind: 'number', unit: null }, said('Note')],
        rows: drawing.bars.map(({ label, value, share, note }) => [words(label), value, share, words(note)]),
      };
    case 'coverage':
      return {
        columns: [said('Step'), drawn('Reaches it'), drawn('Goes no further'), said('What is missing')],
        rows: coverageSteps(drawing).map(({ label, value, lost, lacks }) => [
          ...[words(label), value],
          ...[lost ?? NONE, words(lacks ?? '')],
        ]),
      };
    case 'xmr': {
      const { limits, target } = drawing;
      const lines: [string, ReviewCell | null][] = [
        ['Mean', limits && limits.centre],
        ['Lower limit', limits && limits.lower],
        ['Upper limit', limits && limits.upper],
        ['Target', target],
      ];
      return {
        columns: [said('Period'), drawn('Value'), said('Signal')],
        rows: [
          ...drawing.points.map(({ label, value, isSignal }) => [words(label), value, words(isSignal ? 'signal' : '')]),
          ...lines.flatMap(([label, cell]) => (cell === null ? [] : [[words(label), cell, words('')]])),
        ],
      };
    }
  }
};

/** The table of a drawing; its title is the message. */
export const tableOfDrawing = (drawing: ReviewDrawing): ReviewTable => {
  const { columns, rows } = laidOut(drawing);
  return { id: drawing.id, title: drawing.message, columns, rows, total: rows.length, note: drawing.about };
};
