import type { ReviewSummary } from '../../../server/contract/review.js';
import { fetchFile } from '../../lib/http';

/** What is handed out of a review. */
export const PACKS = [
  { id: 'pdf', word: 'PDF', about: 'pages to read and print' },
  { id: 'pptx', word: 'PowerPoint', about: 'slides with notes' },
  { id: 'xlsx', word: 'Excel', about: 'figures, definitions, records' },
  { id: 'md', word: 'Markdown', about: 'plain text' },
] as const;
export type Pack = (typeof PACKS)[number]['id'];

/** Whether a PDF has tags, which readers of screens need: the server says which it could make. */
const PDF_KIND = 'x-pack-note';

/**
 * Fetches a pack and hands it to the browser as a file.
 * @returns what was made, in a sentence
 * @throws ApiError that names the section that could not be printed
 */
export async function downloadPack({ id, code }: Pick<ReviewSummary, 'id' | 'code'>, pack: Pack): Promise<string> {
  const { blob, name, headers } = await fetchFile(`/reviews/${encodeURIComponent(id)}/pack.${pack}`);
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name ?? `${code}.${pack}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  const kind = headers.get(PDF_KIND);
  const tags =
    pack !== 'pdf' || kind === null
      ? ''
      : kind.startsWith('not tagged')
        ? ' It has no tags: screen readers are better served by this page.'
        : ' It is tagged for screen readers.';
  return `${link.download} is made.${tags}`;
}
