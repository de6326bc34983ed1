import { parentPort, workerData } from 'node:worker_threads';
import type { ReviewDocument } from '../../contract/review.js';
import { type FrozenRecord, type MadeKind, type MadePack, PackFailed, type PackMaker } from './pack.js';

/** The thread in which one pack is made, so that nobody waits for it: it is given texts, and gives bytes back. */

export interface Ordered {
  readonly kind: MadeKind;
  /** JSON of the document. */
  readonly document: string;
  readonly sha256: string;
  /** The browser that prints a PDF; null or left out: a library does. */
  readonly chromium?: string | null;
  /** JSON of the records, by the key of their figure. */
  readonly records: readonly (readonly [figure: string, records: string])[];
}

export type Delivered =
  | (MadePack & { readonly isMade: true })
  | { readonly isMade: false; readonly part: string | null; readonly message: string };

const PLAIN = { note: null, problem: null } as const;

/** Each with the libraries that it needs: a thread loads those of its pack alone. */
const MAKERS: Readonly<Record<MadeKind, (chromium: string | null) => Promise<PackMaker>>> = {
  pdf: async (chromium) => {
    const { pdfOf } = await import('./pdf.js');
    return async (input) => {
      const { bytes, tagged, by, problem } = await pdfOf(input, chromium);
      return { bytes, note: `${tagged ? 'tagged' : 'not tagged'}, by ${by}`, problem };
    };
  },
  pptx: async () => {
    const { pptxPack } = await import('./pptx.js');
    return async (input) => ({ bytes: await pptxPack(input), ...PLAIN });
  },
  xlsx: async () => {
    const { workbookOf } = await import('./xlsx.js');
    return async (input) => ({ bytes: await workbookOf(input), ...PLAIN });
  },
  md: async () => {
    const { markdownOf } = await import('./markdown.js');
    return async (input) => ({ bytes: await markdownOf(input), ...PLAIN });
  },
  html: async () => {
    const { printPage } = await import('./html.js');
    return ({ document, sha256 }) =>
      Promise.resolve({ bytes: Buffer.from(printPage(document, sha256), 'utf8'), ...PLAIN });
  },
};

const made = async ({ kind, document, sha256, chromium = null, records }: Ordered): Promise<Delivered> => {
  try {
    const make = await MAKERS[kind](chromium);
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
