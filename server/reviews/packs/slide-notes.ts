import { counted } from '../../contract/format.js';
import type { ReviewDocument, ReviewDrawing } from '../../contract/review.js';
import { figureNameIn } from '../../contract/named-figure.js';
import { nullSentence } from '../../contract/null-words.js';
import { tableOfDrawing } from './drawing-table.js';
import { headerOf } from './slide-tables.js';
import { oneLine, told } from './slide-text.js';

/** What is said of a slide to those who speak and those who do not see it. */

/** Where a figure comes from: its full value, how it is made, and what it was made of. */
function citation(key: string, document: ReviewDocument): string[] {
  const { figures } = document;
  if (!Object.hasOwn(figures, key)) return [];
  const { text, full, nullReason, formula, inputs, quality, records } = figures[key]!;
  return [
    `${figureNameIn(document)(key)}: ${full}, printed as ${text}`,
    ...(nullReason === null ? [] : [nullSentence(nullReason)]),
    `Formula: ${formula.text} [${formula.expression}], version ${formula.version}`,
    ...(inputs.length === 0 ? [] : [`From: ${inputs.map(({ label, text: value }) => `${label} ${value}`).join('; ')}`]),
    `${records.title}: ${counted(records.count, 'record')}${records.sha256 === null ? '' : `, SHA-256 ${records.sha256}`}`,
    ...quality,
    `Trace: ${key}`,
  ].map(oneLine);
}

/** Paragraphs of the notes of a slide. */
export function notesOf(keys: readonly string[], about: string, document: ReviewDocument): string[] {
  const cited = keys.map((key) => citation(key, document)).filter(({ length }) => length > 0);
  return [
    oneLine(about),
    ...(cited.length === 0 ? [] : ['', 'Where the figures come from']),
    ...cited.flatMap((lines) => ['', ...lines]),
  ];
}

/** A picture in words: what it says, of whom, and all its values. */
export function describedDrawing(drawing: ReviewDrawing, document: ReviewDocument): string {
  const { columns, rows } = tableOfDrawing(drawing);
  const headers = columns.map(headerOf);
  const values = rows.map((row) => {
    const [first, ...others] = row.map(({ text }, at) => ({ header: headers[at]!, text: oneLine(text) }));
    return `${first!.text}: ${others
      .filter(({ text }) => text !== '')
      .map(({ header, text }) => `${header} ${text}`)
      .join(', ')}`;
  });
  return [told(drawing.message, document), told(drawing.about, document), values.join('; ')]
    .filter((text) => text !== '')
    .map((text) => text.replace(/\.$/, ''))
    .join('. ');
}
