import { parentPort, workerData } from 'node:worker_threads';
import type { ReviewDocument } from '../../contract/review.js';
import { type FrozenRecord, type MadePack, PackFailed, type PackKind, type PackMaker } from './pack.js';

/** The thread in which one pack is made, so that nobody waits for it: it is given texts, and gives bytes back. */

export interface Ordered {
  readonly kind: PackKind;
  /** JSON of the document. */
  readonly document: string;
  readonly sha256: string;
  /** JSON of the records, by the key of their figure. */
  readonly records: readonly (readonly [figure: string, records: string])[];
}

export type Delivered =
  | (MadePack & { readonly isMade: true })
  | { readonly isMade: false; readonly part: string | null; readonly message: string };

/** Each with the libraries that it needs: a thread loads those of its pack alone. */
const MAKERS: Readonly<Record<PackKind, () => Promise<PackMaker>>> = {
  pdf: async () => {
    const { pdfOf } = await import('./pdf.js');
    return async (input) => {
      const { bytes, tagged, by } = await pdfOf(input);
      return { bytes, note: `${tagged ? 'tagged' : 'not tagged'}, by ${by}` };
    };
  },
  pptx: async () => {
    const { pptxPack } = await import('./pptx.js');
    return async (input) => ({ bytes: await pptxPack(input), note: null });
  },
  xlsx: async () => {
    const { workbookOf } = await import('./xlsx.js');
    return async (input) => ({ bytes: await workbookOf(input), note: null });
  },
  md: async () => {
    const { markdownOf } = await import('./markdown.js');
    return async (input) => ({ bytes: await markdownOf(input), note: null });
  },
};

const made = async ({ kind, document, sha256, records }: Ordered): Promise<Delivered> => {
  try {
    const make = await MAKERS[kind]();
    const pack = await make({
      document: JSON.parse(document) as ReviewDocument,
      sha256,
      records: new Map(records.map(([figure, text]) => [figure, JSON.parse(text) as FrozenRecord[]])),
    });
    return { isMade: true, ...pack };
  } catch (error) {
    return {
      isMade: false,
      part: error instanceof PackFailed ? error.part : null,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
};

parentPort?.postMessage(await made(workerData as Ordered));
